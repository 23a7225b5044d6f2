// @vitest-environment jsdom
import { expect, it } from "vitest";
import "../journeys/preload.ts";
import { brokenOf } from "./campaign.ts";
import { createChance } from "./chance.ts";
import { createDrawing } from "./draw-schedule.ts";
import { runSchedule } from "./run-schedule.ts";
import { printSchedule } from "./schedule.ts";

const SEED = 1;
const SCHEDULES = 300;
const BATCH = 30;
const schedules = Array.from({ length: SCHEDULES }, createDrawing(createChance(SEED)));
process.stdout.write(`Fault schedules: ${SCHEDULES} of seed ${SEED}.\n`);

for (let first = 0; first < SCHEDULES; first += BATCH) {
  it(`nothing is lost, sent twice or claimed falsely in schedules ${first + 1} to ${first + BATCH} of seed ${SEED}`, async () => {
    const broken: string[] = [];
    for (const schedule of schedules.slice(first, first + BATCH)) {
      const found = brokenOf(await runSchedule(schedule));
      if (found.length > 0) broken.push(`${found.join("; ")} --replay '${printSchedule(schedule)}'`);
    }
    expect(broken).toEqual([]);
  });
}
