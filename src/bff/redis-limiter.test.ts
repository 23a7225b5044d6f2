import { describe, expect, test } from "vitest";
import type { RedisClient } from "./redis-client.ts";
import { createRedisLimiter } from "./redis-limiter.ts";

const NOW = Date.UTC(2026, 0, 15, 9, 0, 0);
const FIVE = { points: 5, windowSeconds: 600 };

/** A limiter over a Redis that answers its script with what the test says, as `npm run attacks` has a real one. */
function over(answer: () => unknown) {
  const scripts: unknown[] = [];
  const redis = {
    opened: Promise.resolve(),
    defineCommand() {},
    async rlflxIncr(asked: unknown) {
      scripts.push(asked);
      return answer();
    },
  };
  return { limiter: createRedisLimiter(redis as unknown as RedisClient, { now: () => NOW }), scripts };
}

describe("a limiter in Redis", () => {
  test("adds by one script with an end, and compares what comes back", async () => {
    const { limiter, scripts } = over(() => [5, 60_000]);
    expect(await limiter.take("key", FIVE)).toEqual({ taken: true, count: 5, retryAt: NOW + 60_000 });
    expect(scripts).toEqual([["limit:key", "1", "600", "0", "1"]]);
  });

  test("says no beyond the limit, also where the count comes as a text, and does not count that", async () => {
    for (const answer of [
      [6, 60_000],
      ["6", 60_000],
    ]) {
      const { limiter, scripts } = over(() => answer);
      expect(await limiter.take("key", FIVE)).toMatchObject({ taken: false, retryAt: NOW + 60_000 });
      expect(scripts.at(-1)).toEqual(["limit:key", "-1", "600", "0", "1"]);
    }
  });

  test.each([
    [[null, 60_000]],
    [[undefined, 60_000]],
    [["many", 60_000]],
    [[1, null]],
    [[1, "soon"]],
    [[[], 1]],
    [null],
    ["OK"],
  ])("takes nothing else for a yes: %j", async (answer) => {
    await expect(over(() => answer).limiter.take("key", FIVE)).rejects.toBeInstanceOf(Error);
  });

  test("rejects where Redis does, and counts nowhere else meanwhile", async () => {
    const { limiter } = over(() => {
      throw new Error("Connection is closed.");
    });
    for (let count = 0; count < 9; count += 1) await expect(limiter.take("key", FIVE)).rejects.toThrow("closed");
  });
});
