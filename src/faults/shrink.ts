import type { Outcome } from "./run-schedule.ts";
import type { Fault, Schedule } from "./schedule.ts";

/**
 * Returns the smallest schedule that still breaks what a failed one broke: faults go one by one, then the ones that are left
 * are moved to the front, as long as the same invariant does not hold.
 */
export async function shrink(failed: Outcome, run: (schedule: Schedule) => Promise<Outcome>): Promise<Schedule> {
  const broken = brokenIn(failed);
  const breaks = async (schedule: Schedule) => brokenIn(await run(schedule)) === broken;
  let { schedule } = failed;
  for (let index = 0; index < schedule.faults.length; ) {
    const smaller = { ...schedule, faults: schedule.faults.filter((_, at) => at !== index) };
    if (await breaks(smaller)) schedule = smaller;
    else index += 1;
  }
  for (const [index, fault] of schedule.faults.entries()) {
    for (let nth = 1; nth < fault.nth; nth += 1) {
      const earlier: Fault = { ...fault, nth };
      const simpler = { ...schedule, faults: schedule.faults.map((kept, at) => (at === index ? earlier : kept)) };
      if (!(await breaks(simpler))) continue;
      schedule = simpler;
      break;
    }
  }
  return schedule;
}

/** Numbers differ from run to run; the invariant and the sentence are what counts. */
function brokenIn({ violations }: Outcome): string | undefined {
  return violations[0]?.replaceAll(/\d+ /g, "");
}
