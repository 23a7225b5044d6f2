// @vitest-environment jsdom
import { expect, it, vi } from "vitest";
import "../journeys/preload.ts";
import { brokenOf } from "./campaign.ts";
import { createChance } from "./chance.ts";
import { drawSchedule } from "./draw-schedule.ts";
import { runSchedule } from "./run-schedule.ts";
import { printSchedule } from "./schedule.ts";

vi.setConfig({ testTimeout: 300_000 });

const SEED = 1;
const BATCH = 30;
const chance = createChance(SEED);
const schedules = Array.from({ length: 300 }, () => drawSchedule(chance));

for (let first = 0; first < schedules.length; first += BATCH) {
  it(`nothing is lost, sent twice or claimed falsely in schedules ${first + 1} to ${first + BATCH} of seed ${SEED}`, async () => {
    const broken: string[] = [];
    for (const schedule of schedules.slice(first, first + BATCH)) {
      const found = brokenOf(await runSchedule(schedule));
      if (found.length > 0) broken.push(`${found.join("; ")} --replay '${printSchedule(schedule)}'`);
    }
    expect(broken).toEqual([]);
  });
}
