import { describe, expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createMemoryLimiter } from "./limiter.ts";
import { takeInOrder } from "./take-in-order.ts";

const START = Date.UTC(2026, 0, 15, 9, 0, 0);
const TWO = { points: 2, windowSeconds: 600 };
const COUNTS = ["near", "far"].map((name) => ({ name, key: `${name} key`, limit: TWO }));

describe("counts that one is taken of", () => {
  test("are held until they are given back, which twice is no more than once", async () => {
    const limiter = createMemoryLimiter(createManualClock(START));
    const first = await takeInOrder(limiter, COUNTS);
    expect(first).toMatchObject({ refusedBy: null, counts: [1, 1] });
    await takeInOrder(limiter, COUNTS);
    await first.giveBack();
    await first.giveBack();
    expect((await takeInOrder(limiter, COUNTS)).counts).toEqual([2, 2]);
  });

  test("are named where they have no more, and a refusal holds nothing that could be given back", async () => {
    const limiter = createMemoryLimiter(createManualClock(START));
    await takeInOrder(limiter, COUNTS);
    await takeInOrder(limiter, COUNTS.slice(1));
    const refused = await takeInOrder(limiter, COUNTS);
    expect(refused).toMatchObject({ refusedBy: { name: "far", retryAt: START + 600_000 }, counts: [] });
    await refused.giveBack();
    expect((await takeInOrder(limiter, COUNTS)).refusedBy).toEqual({ name: "far", retryAt: START + 600_000 });
  });

  test("stay counted where they cannot be given back, and nobody is told of that", async () => {
    const limiter = createMemoryLimiter(createManualClock(START));
    const broken = () => {
      throw new Error("It is away.");
    };
    const { giveBack } = await takeInOrder({ ...limiter, giveBack: broken }, COUNTS);
    await expect(giveBack()).resolves.toBeUndefined();
    expect((await takeInOrder(limiter, COUNTS)).counts).toEqual([2, 2]);
  });
});
