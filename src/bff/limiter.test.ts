import { describe, expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createLimiter, createMemoryLimiter } from "./limiter.ts";

const START = Date.UTC(2026, 0, 15, 9, 0, 0);
const MINUTE = 60_000;
const THREE = { points: 3, windowSeconds: 600 };

/** Takes so many points at once and counts those that were given. */
async function takenOf(limiter: ReturnType<typeof createMemoryLimiter>, key: string, times: number): Promise<number> {
  const all = await Promise.all(Array.from({ length: times }, () => limiter.take(key, THREE)));
  return all.filter(({ taken }) => taken).length;
}

describe("a limiter in memory", () => {
  test("gives as many points as there are, also to a thousand who ask at once, and says when there are more", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    expect(await takenOf(limiter, "a", 1000)).toBe(3);
    expect(await limiter.take("a", THREE)).toEqual({ taken: false, count: 3, retryAt: START + 10 * MINUTE });
    expect(await takenOf(limiter, "b", 4)).toBe(3);
  });

  test("begins a key's time with its first point and anew when it is over, by the clock it is handed", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    await limiter.take("a", THREE);
    await clock.advance(9 * MINUTE);
    expect(await takenOf(limiter, "a", 3)).toBe(2);
    await clock.advance(MINUTE);
    expect(await takenOf(limiter, "a", 9)).toBe(3);
  });

  test("begins anew also where the time is shorter than what lies between two clearings", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    const one = { points: 1, windowSeconds: 10 };
    expect(await limiter.take("a", one)).toMatchObject({ taken: true });
    await clock.advance(10_000);
    expect(await limiter.take("a", one)).toMatchObject({ taken: true, count: 1 });
  });

  test("keeps no count that has ended, so that its memory is bounded by what is asked for in a while", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    await takenOf(limiter, "a", 3);
    await clock.advance(11 * MINUTE);
    await limiter.take("b", THREE);
    expect(await limiter.take("a", THREE)).toMatchObject({ taken: true, count: 1 });
  });

  test("does not count what it refuses, so that a point that is given back is there", async () => {
    const limiter = createMemoryLimiter(createManualClock(START));
    await takenOf(limiter, "a", 50);
    await limiter.giveBack("a", THREE);
    expect(await takenOf(limiter, "a", 5)).toBe(1);
  });

  test("gives no more back than was taken, or than its floor", async () => {
    const limiter = createMemoryLimiter(createManualClock(START));
    for (let count = 0; count < 5; count += 1) await limiter.giveBack("a", THREE);
    expect(await takenOf(limiter, "a", 50)).toBe(3);
    await limiter.giveBack("b", THREE, { points: 9, floor: -2 });
    expect(await takenOf(limiter, "b", 50)).toBe(5);
  });
});

describe("a count that cannot be read", () => {
  const ODD: readonly unknown[] = ["1", "5", null, undefined, Number.NaN, 1.5, Number.POSITIVE_INFINITY, true, [1], {}];

  test.each(ODD)("is never taken for a yes: %j", async (count) => {
    const limiter = createLimiter(async () => ({ count: count as number, endsAt: START }));
    await expect(limiter.take("a", THREE)).rejects.toThrow("could not be read");
    await expect(limiter.giveBack("a", THREE)).rejects.toThrow("could not be read");
    const ends = createLimiter(async () => ({ count: 1, endsAt: count as number }));
    await expect(ends.take("a", THREE)).rejects.toThrow("could not be read");
  });

  test("is that of a store that does not answer", async () => {
    const limiter = createLimiter(() => Promise.reject(new Error("The store is away.")));
    await expect(limiter.take("a", THREE)).rejects.toThrow("away");
  });
});
