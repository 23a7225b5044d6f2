import { expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createDelay } from "./delay.ts";

test("each is done after the time, in the order in which they began to wait", async () => {
  const clock = createManualClock(0);
  const delay = createDelay(clock, 100);
  const done: string[] = [];
  delay(() => done.push("first"));
  await clock.advance(60);
  delay(() => done.push("second"));
  await clock.advance(39);
  expect(done).toEqual([]);
  await clock.advance(1);
  expect(done).toEqual(["first"]);
  await clock.advance(60);
  expect(done).toEqual(["first", "second"]);
  await clock.advance(1_000);
  delay(() => done.push("third"));
  await clock.advance(100);
  expect(done).toEqual(["first", "second", "third"]);
});

test("what was called off is not done, and keeps no timer for itself", async () => {
  const clock = createManualClock(0);
  let timers = 0;
  const delay = createDelay({ now: clock.now, wait: (ms) => ((timers += 1), clock.wait(ms)) }, 100);
  const done: number[] = [];
  for (let nth = 0; nth < 1_000; nth += 1) {
    const callOff = delay(() => done.push(nth));
    if (nth % 500 > 0) callOff();
    await clock.advance(1);
  }
  await clock.advance(1_000);
  expect(done).toEqual([0, 500]);
  expect(timers).toBeLessThan(25);
});
