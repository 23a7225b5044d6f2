import { describe, expect, test } from "vitest";
import type { RedisClient } from "./redis-client.ts";
import { createRedisLimiter } from "./redis-limiter.ts";

const NOW = Date.UTC(2026, 0, 15, 9, 0, 0);
const FIVE = { points: 5, windowSeconds: 600 };
const NINE = { points: 9, windowSeconds: 3_600 };
const ASKED = [
  { key: "near", limit: FIVE },
  { key: "wide", limit: NINE, stopsWhenPaid: true as const },
  { key: "wider", limit: NINE },
];
const ONE = [{ key: "key", limit: FIVE }];

/** A limiter over a Redis that answers its scripts with what the test says, as `npm run attacks` has a real one. */
function over(answer: () => unknown) {
  const defined: string[] = [];
  const scripts: unknown[] = [];
  const redis = {
    opened: Promise.resolve(),
    defineCommand: (name: string, { lua }: { lua: string }) => void defined.push(name, lua),
    async takeAllOrNone(...asked: unknown[]) {
      scripts.push(asked);
      return answer();
    },
    async rlflxIncr(asked: unknown) {
      scripts.push(asked);
      return answer();
    },
  };
  // No more of a client than the limiter uses.
  const limiter = createRedisLimiter(redis as unknown as RedisClient, { now: () => NOW });
  return { limiter, scripts, defined };
}

describe("a limiter in Redis", () => {
  test("adds by one script with an end, and compares what comes back", async () => {
    const { limiter, scripts } = over(() => [60_000, 5]);
    expect(await limiter.take(ONE)).toEqual({ counts: [5], refused: null });
    expect(scripts).toEqual([[1, "{limit}:key", 5, 600_000, 0]]);
  });

  test("takes of all that is asked for by one script, whose keys are in one slot of a cluster", async () => {
    const { limiter, scripts } = over(() => [60_000, 5, 9, 1]);
    expect(await limiter.take(ASKED)).toEqual({ counts: [5, 9, 1], refused: null });
    const keys = ["{limit}:near", "{limit}:wide", "{limit}:wider"];
    expect(scripts).toEqual([[3, ...keys, 5, 600_000, 0, 9, 3_600_000, 1, 9, 3_600_000, 0]]);
  });

  test("looks at all counts before it adds to one, so that a refusal leaves nothing to undo", async () => {
    const { limiter, scripts, defined } = over(() => [60_000, 3, 10]);
    const lua = defined[defined.indexOf("takeAllOrNone") + 1];
    expect(lua).toMatch(/'GET'.* if counts\[at\] > .* then return .*'INCR'/s);
    expect(lua?.match(/'(?:GET|INCR)'/g)).toEqual(["'GET'", "'INCR'"]);
    expect(await limiter.take(ASKED)).toEqual({ counts: [], refused: { at: 1, retryAt: NOW + 60_000 } });
    expect(scripts).toHaveLength(1);
  });

  test("ends with a count that is paid where it says so, and with no other", async () => {
    expect(await over(() => [60_000, 3, 0]).limiter.take(ASKED)).toEqual({ counts: [3, 0], refused: null });
    await expect(over(() => [60_000, 3, 1]).limiter.take(ASKED)).rejects.toThrow("could not be read");
    await expect(over(() => [60_000, 0]).limiter.take(ASKED)).rejects.toThrow("could not be read");
  });

  test("says no beyond the limit, also where the count comes as a text, and does not count that", async () => {
    const { limiter, scripts } = over(() => [60_000, 6]);
    expect(await limiter.take(ONE)).toEqual({ counts: [], refused: { at: 0, retryAt: NOW + 60_000 } });
    expect(scripts).toHaveLength(1);
    await expect(over(() => [60_000, "6"]).limiter.take(ONE)).rejects.toThrow("could not be read");
  });

  test("gives back by one script with an end, to no fewer than the floor", async () => {
    const { limiter, scripts } = over(() => [-1, 60_000]);
    await limiter.giveBack("key", FIVE, { points: 4 });
    expect(scripts).toEqual([
      ["{limit}:key", "-4", "600", "0", "1"],
      ["{limit}:key", "1", "600", "0", "1"],
    ]);
  });

  test.each([
    [[60_000, null]],
    [[60_000, undefined]],
    [[60_000, "many"]],
    [[60_000]],
    [[null, 1]],
    [["soon", 1]],
    [[1, []]],
    [[]],
    [null],
    ["OK"],
  ])("takes nothing else for a yes: %j", async (answer) => {
    await expect(over(() => answer).limiter.take(ONE)).rejects.toBeInstanceOf(Error);
  });

  test("rejects where Redis does, and counts nowhere else meanwhile", async () => {
    const { limiter } = over(() => {
      throw new Error("Connection is closed.");
    });
    for (let count = 0; count < 9; count += 1) await expect(limiter.take(ONE)).rejects.toThrow("closed");
  });
});
