import { expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { drain } from "./drain.ts";

/** A node that notes what happens to it, and when. */
function node({ inWork = 0, answersAfterMs = 0 }: { inWork?: number; answersAfterMs?: number } = {}) {
  const clock = createManualClock(0);
  const told: [what: string, at: number][] = [];
  const note = (what: string) => told.push([what, clock.now()]);
  const state = { inWork };
  const leaving = {
    leave: () => void note("leaves"),
    async stopTaking() {
      note("takes nothing new");
      await clock.wait(answersAfterMs);
    },
    inWork: () => state.inWork,
    close: async () => void note("closes"),
  };
  return { clock, told, state, drained: drain(leaving, { clock, graceMs: 5_000 }) };
}

test("a node says that it leaves, serves on for its grace, takes nothing new, and lets go of its store last", async () => {
  const { clock, told, drained } = node({ answersAfterMs: 2_000 });
  await clock.advance(60_000);
  expect(told).toEqual([
    ["leaves", 0],
    ["takes nothing new", 5_000],
    ["closes", 7_000],
  ]);
  expect(await drained).toBe(true);
});

test("a send that its page no longer waits for is finished before the store goes", async () => {
  const { clock, told, state, drained } = node({ inWork: 1 });
  await clock.advance(5_000 + 29_000);
  expect(told.map(([what]) => what)).not.toContain("closes");
  state.inWork = 0;
  await clock.advance(1_000);
  expect(told.at(-1)).toEqual(["closes", 34_100]);
  expect(await drained).toBe(true);
});

test("what does not end holds a node for thirty-five seconds after its grace and no longer, and that is told", async () => {
  const working = node({ inWork: 1 });
  await working.clock.advance(60_000);
  expect(working.told.at(-1)).toEqual(["closes", 40_000]);
  expect(await working.drained).toBe(false);
  const connected = node({ answersAfterMs: 3_600_000 });
  await connected.clock.advance(60_000);
  expect(connected.told.at(-1)).toEqual(["closes", 40_000]);
});
