import { type Outcome, runSchedule } from "./run-schedule.ts";
import { printSchedule, type Schedule } from "./schedule.ts";
import { shrink } from "./shrink.ts";
import { createTally } from "./tally.ts";

/** What a campaign came to, in words that can be printed. */
export type Campaign = { readonly passed: number; readonly failed: number; readonly report: string };

/** Runs schedules until one fails, and returns its number, counted from 1, with what broke; null when none does. */
export async function firstFailure(schedules: readonly Schedule[]) {
  for (const [index, schedule] of schedules.entries()) {
    const broken = brokenOf(await runSchedule(schedule));
    if (broken.length > 0) return { number: index + 1, broken, replay: printSchedule(schedule) };
  }
  return null;
}

/** Shrinking runs a schedule again and again; after this many, the rest are told as they are. */
const MOST_SHRUNK = 12;

/** Runs schedules one after the other; tells of each failure at once, as its smallest schedule, and reports a table. */
export async function runCampaign(schedules: readonly Schedule[], tell: (text: string) => void): Promise<Campaign> {
  const tally = createTally();
  let told = 0;
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
    if (seen.get(kind) !== 1 && told >= MOST_SHRUNK) continue;
    const smallest = outcome.violations.length > 0 ? await shrink(outcome, runSchedule) : schedule;
    tell([...broken, `  --replay '${printSchedule(smallest)}'`].join("\n"));
    told += 1;
  }
  const kinds = [...seen].map(([kind, count]) => `  ${count} × ${kind}`);
  const report = [tally.print(), ...kinds].join("\n");
  return { passed: schedules.length - failed, failed, report };
}

/** Returns what is wrong with a run: broken invariants, or a person who never got anywhere. */
export function brokenOf({ violations, ended, passed }: Outcome): readonly string[] {
  if (violations.length > 0 || ended !== "unfinished") return violations;
  return [`nobody gets through: ${passed.slice(-3).join(" > ")}`];
}
