import { SWITCHED_OFF } from "./invariants.ts";
import { type Outcome, runSchedule } from "./run-schedule.ts";
import { printSchedule, type Schedule } from "./schedule.ts";
import { shrink } from "./shrink.ts";
import { createTally } from "./tally.ts";

/** What a campaign came to, in words that can be printed. */
export type Campaign = { readonly passed: number; readonly failed: number; readonly report: string };

/** Shrinking runs a schedule again and again; after this many, the rest are told as they are. */
const MOST_SHRUNK = 12;

/** Runs schedules one after the other and reports what broke, each failure as its smallest schedule, and a table. */
export async function runCampaign(schedules: readonly Schedule[]): Promise<Campaign> {
  const tally = createTally();
  const failures: string[] = [];
  const seen = new Map<string, number>();
  let failed = 0;
  for (const schedule of schedules) {
    const outcome = await runSchedule(schedule);
    tally.add(outcome);
    const broken = brokenOf(outcome);
    if (broken.length === 0) continue;
    failed += 1;
    const kind = broken[0]?.replaceAll(/\d+ /g, "") ?? "";
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    if (seen.get(kind) !== 1 && failures.length >= MOST_SHRUNK) continue;
    const smallest = outcome.violations.length > 0 ? await shrink(outcome, runSchedule) : schedule;
    failures.push([...broken, `  --replay '${printSchedule(smallest)}'`].join("\n"));
  }
  const off = Object.entries(SWITCHED_OFF).map(([name, why]) => `  not checked: ${name} (${why})`);
  const kinds = [...seen].map(([kind, count]) => `  ${count} × ${kind}`);
  const report = [...failures, tally.print(), ...kinds, ...off].join("\n");
  return { passed: schedules.length - failed, failed, report };
}

/** Returns what is wrong with a run: broken invariants, or a person who never got anywhere. */
export function brokenOf({ violations, ended, passed }: Outcome): readonly string[] {
  if (violations.length > 0 || ended !== "unfinished") return violations;
  return [`nobody gets through: ${passed.slice(-3).join(" > ")}`];
}
