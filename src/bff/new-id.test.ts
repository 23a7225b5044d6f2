import { expect, test } from "vitest";
import { newId } from "./sealing.ts";

const IDS = 100_000;

test("a hundred thousand session ids are all different, all as long, and no letter is more likely than another", () => {
  const ids = Array.from({ length: IDS }, newId);
  expect(new Set(ids).size).toBe(IDS);
  expect(ids.filter((id) => !/^[\w-]{43}$/.test(id))).toEqual([]);
  const counts = new Float64Array(128);
  // 43 letters carry 258 bits; the last one has two that are always 0, so it is left out of the count.
  for (const id of ids) {
    for (let place = 0; place < 42; place += 1) counts[id.charCodeAt(place)] = (counts[id.charCodeAt(place)] ?? 0) + 1;
  }
  const expected = (IDS * 42) / 64;
  const chiSquare = counts
    .filter((count) => count > 0)
    .reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(counts.filter((count) => count > 0)).toHaveLength(64);
  // 63 degrees of freedom: a fair source exceeds 124 once in 200,000 runs.
  expect(chiSquare).toBeLessThan(124);
});
