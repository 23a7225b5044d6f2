import { judgeNumbers } from "./judge-numbers.ts";
import { sumUp, tableOf } from "./report.ts";

/** Failures beyond these are told by their number alone. */
const MOST_TOLD = 20;

/** Judges all numbers, prints what became of them, and returns the exit code. */
export async function main(): Promise<number> {
  const outcome = sumUp(await judgeNumbers());
  const { judged, failures } = outcome;
  console.log(tableOf(outcome));
  for (const failure of failures.slice(0, MOST_TOLD)) console.log(`✗ ${failure}`);
  console.log(`\n${judged.length - Math.min(judged.length, failures.length)} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}
