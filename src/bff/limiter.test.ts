import { describe, expect, test, vi } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createLimiter, createMemoryLimiter, type Limit, type Limiter } from "./limiter.ts";

const START = Date.UTC(2026, 0, 15, 9, 0, 0);
const MINUTE = 60_000;
const THREE = { points: 3, windowSeconds: 600 };

/** Takes one point of one key. */
const takeOne = (limiter: Limiter, key: string, limit: Limit = THREE) => limiter.take([{ key, limit }]);
/** Takes one point of each key: three are in each, and `paid` ones stop where they are ahead. */
const takeEach = (limiter: Limiter, keys: string, paid = "") =>
  limiter.take(
    [...keys].map((key) => ({ key, limit: THREE, ...(paid.includes(key) ? { stopsWhenPaid: true as const } : {}) })),
  );

/** Takes so many points at once and counts those that were given. */
async function takenOf(limiter: Limiter, key: string, times: number): Promise<number> {
  const all = await Promise.all(Array.from({ length: times }, () => takeOne(limiter, key)));
  return all.filter(({ refused }) => refused === null).length;
}

describe("a limiter in memory", () => {
  test("gives as many points as there are, also to a thousand who ask at once, and says when there are more", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    expect(await takenOf(limiter, "a", 1000)).toBe(3);
    expect(await takeOne(limiter, "a")).toEqual({ counts: [], refused: { at: 0, retryAt: START + 10 * MINUTE } });
    expect(await takenOf(limiter, "b", 4)).toBe(3);
  });

  test("begins a key's time with its first point and anew when it is over, by the clock it is handed", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    await takeOne(limiter, "a");
    await clock.advance(9 * MINUTE);
    expect(await takenOf(limiter, "a", 3)).toBe(2);
    await clock.advance(MINUTE);
    expect(await takenOf(limiter, "a", 9)).toBe(3);
  });

  test("begins anew also where the time is shorter than what lies between two clearings", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    const one = { points: 1, windowSeconds: 10 };
    expect(await takeOne(limiter, "a", one)).toMatchObject({ refused: null });
    await clock.advance(10_000);
    expect(await takeOne(limiter, "a", one)).toEqual({ counts: [1], refused: null });
  });

  test("keeps no count that has ended, so that its memory is bounded by what is asked for in a while", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    await takenOf(limiter, "a", 3);
    await clock.advance(11 * MINUTE);
    const cleared = vi.spyOn(Map.prototype, "delete");
    await takeOne(limiter, "b");
    expect(cleared.mock.calls).toEqual([["a"]]);
    cleared.mockRestore();
    expect(await takeOne(limiter, "a")).toEqual({ counts: [1], refused: null });
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

  test("sets no timer: ten thousand people would each have some", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    await takeEach(createMemoryLimiter(createManualClock(START)), "abc");
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
  });
});

describe("several counts that are asked for together", () => {
  test("give one point each, in their order", async () => {
    const limiter = createMemoryLimiter(createManualClock(START));
    await takenOf(limiter, "b", 2);
    expect(await takeEach(limiter, "abc")).toEqual({ counts: [1, 3, 1], refused: null });
  });

  test("give all or none: the first that has no more is named, and the others are as they were", async () => {
    const clock = createManualClock(START);
    const limiter = createMemoryLimiter(clock);
    await takenOf(limiter, "d", 3);
    await clock.advance(MINUTE);
    await takenOf(limiter, "c", 3);
    await clock.advance(MINUTE);
    const first = { at: 2, retryAt: START + 11 * MINUTE };
    for (let count = 0; count < 9; count += 1) {
      expect(await takeEach(limiter, "abcde")).toEqual({ counts: [], refused: first });
    }
    expect(await takeEach(limiter, "abe")).toEqual({ counts: [1, 1, 1], refused: null });
    await clock.advance(9 * MINUTE);
    expect(await takeEach(limiter, "abcde")).toEqual({ counts: [2, 2, 1, 1, 2], refused: null });
  });

  test("are one step: of a thousand who ask at once for what has no more, none is in the way of another", async () => {
    const limiter = createMemoryLimiter(createManualClock(START));
    await takenOf(limiter, "z", 3);
    const refused = Promise.all(Array.from({ length: 1000 }, () => takeEach(limiter, "az")));
    expect(await takenOf(limiter, "a", 1000)).toBe(3);
    expect(new Set((await refused).map((taken) => taken.refused?.at))).toEqual(new Set([1]));
  });

  test("end with one that is paid, where it says so, and leave the later ones as they were", async () => {
    const limiter = createMemoryLimiter(createManualClock(START));
    for (const key of "ab") await limiter.giveBack(key, THREE, { points: 2, floor: -2 });
    await takenOf(limiter, "d", 3);
    expect(await takeEach(limiter, "abcd", "b")).toEqual({ counts: [-1, -1], refused: null });
    expect(await takeEach(limiter, "bcd", "b")).toEqual({ counts: [0], refused: null });
    expect(await takeEach(limiter, "bcd", "b")).toEqual({
      counts: [],
      refused: { at: 2, retryAt: START + 10 * MINUTE },
    });
    expect(await takeEach(limiter, "bc", "b")).toEqual({ counts: [1, 1], refused: null });
  });
});

describe("a count that cannot be read", () => {
  const ODD: readonly unknown[] = ["1", "5", null, undefined, Number.NaN, 1.5, Number.POSITIVE_INFINITY, true, [1], {}];
  /** A limiter over a store that says what no type allows. */
  const over = (counts: unknown[], endsAt: unknown) =>
    createLimiter({
      addOneToEach: async () => ({ counts, endsAt: endsAt as number }),
      add: async () => counts[0] as number,
    });

  test.each(ODD)("is never taken for a yes: %j", async (count) => {
    await expect(takeEach(over([count], START), "a")).rejects.toThrow("could not be read");
    await expect(takeEach(over([1, count], START), "ab")).rejects.toThrow("could not be read");
    await expect(over([count], START).giveBack("a", THREE)).rejects.toThrow("could not be read");
    await expect(takeEach(over([1], count), "a")).rejects.toThrow("could not be read");
  });

  test("is one that is missing, or that is above its limit although it was given", async () => {
    await expect(takeEach(over([1], START), "ab")).rejects.toThrow("could not be read");
    await expect(takeEach(over([1], START), "ab", "a")).rejects.toThrow("could not be read");
    expect(await takeEach(over([0], START), "ab", "a")).toEqual({ counts: [0], refused: null });
    expect(await takeEach(over([1, 4], START), "ab")).toEqual({ counts: [], refused: { at: 1, retryAt: START } });
    expect(await takeEach(over([4, 1], START), "ab")).toEqual({ counts: [], refused: { at: 0, retryAt: START } });
  });

  test("is that of a store that does not answer", async () => {
    const away = () => Promise.reject(new Error("The store is away."));
    await expect(takeEach(createLimiter({ addOneToEach: away, add: away }), "a")).rejects.toThrow("away");
  });
});
