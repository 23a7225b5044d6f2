// @vitest-environment jsdom
import { expect, it } from "vitest";
import "../journeys/preload.ts";
import { firstFailure, runCampaign } from "./campaign.ts";
import { createChance } from "./chance.ts";
import { createDrawing, singleFaults } from "./draw-schedule.ts";
import { runSchedule } from "./run-schedule.ts";
import { parseSchedule } from "./schedule.ts";

const { FAULTS_SCHEDULES = "300", FAULTS_SEED = "1", FAULTS_REPLAY, FAULTS_SINGLE, FAULTS_FIRST } = process.env;
const say = (text: string) => process.stdout.write(`${text}\n`);

it("the campaign finds nothing", async () => {
  if (FAULTS_REPLAY !== undefined) {
    const outcome = await runSchedule(parseSchedule(FAULTS_REPLAY));
    say(JSON.stringify(outcome, null, 2));
    say(`${outcome.violations.length === 0 ? "1 passed, 0" : "0 passed, 1"} failed`);
    expect(outcome.violations).toEqual([]);
    return;
  }
  const draw = createDrawing(createChance(Number(FAULTS_SEED)));
  const drawn = Array.from({ length: Number(FAULTS_SCHEDULES) }, draw);
  if (FAULTS_FIRST !== undefined) {
    say(JSON.stringify({ first: await firstFailure(drawn) }));
    return;
  }
  const started = process.hrtime.bigint();
  const { report, passed, failed } = await runCampaign(FAULTS_SINGLE === undefined ? drawn : singleFaults(), say);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  say(`${report}\nseed ${FAULTS_SEED}, ${seconds.toFixed(1)} s\n${passed} passed, ${failed} failed`);
  expect(failed).toBe(0);
});
