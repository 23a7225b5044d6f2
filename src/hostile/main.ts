import { parseArgs } from "node:util";
import { corpus, playSet, runsFor, SETS } from "./corpus.ts";
import { add, createTally } from "./tally.ts";
import { CASES } from "./volume.ts";

/** Failures beyond these are told by their number alone. */
const MOST_TOLD = 20;

/** Plays the corpus as often as the command line says, prints what came of each set, and returns the exit code. */
export async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { cases: { type: "string", default: String(CASES) }, seed: { type: "string", default: "1" } },
  });
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed) || seed < 0) {
    console.error("--cases takes a whole number from 1, --seed one from 0.");
    return 1;
  }
  let unhandled = 0;
  // What nobody catches would end a server: here it is counted and the campaign goes on.
  process.on("unhandledRejection", () => (unhandled += 1));
  process.on("uncaughtException", () => (unhandled += 1));
  const started = performance.now();
  const all = createTally("all");
  console.log(row(["Set", "categories", "cases", "refused", "benign", "controls", "failed"]));
  for (const name of SETS) {
    const tally = await playSet(name, { runs: runsFor(cases), seed });
    add(all, tally);
    console.log(row([name, corpus[name].length, ...countsOf(tally)]));
  }
  console.log(row(["all", SETS.reduce((sum, name) => sum + corpus[name].length, 0), ...countsOf(all)]));
  for (const failure of all.failures.slice(0, MOST_TOLD)) console.log(`✗ ${failure}`);
  console.log(`\nUnhandled rejections and exceptions  ${unhandled}`);
  console.log(`Time  ${((performance.now() - started) / 1000).toFixed(0)} s, seed ${seed}`);
  const failed = all.failed + unhandled;
  console.log(`\n${all.refused + all.benign + all.controls} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

const countsOf = ({ cases, refused, benign, controls, failed }: ReturnType<typeof createTally>) => [
  cases,
  refused,
  benign,
  controls,
  failed,
];

function row([first = "", ...rest]: readonly (string | number)[]): string {
  return String(first).padEnd(16) + rest.map((cell) => cell.toLocaleString("en-US").padStart(12)).join("");
}
