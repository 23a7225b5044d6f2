import { expect, test } from "vitest";
import { corpus, playCategory, SETS } from "./corpus.ts";
import { KEPT } from "./kept.ts";

test("the corpus has 310 categories, each with a name of its own", () => {
  const counts = Object.fromEntries(SETS.map((name) => [name, corpus[name].length]));
  expect(counts).toEqual({
    phone: 48,
    email: 36,
    code: 30,
    recovery: 8,
    headers: 44,
    bodies: 46,
    cookies: 34,
    paths: 24,
    "tenant answers": 40,
  });
  const names = SETS.flatMap((name) => corpus[name].map((category) => `${name}: ${category.name}`));
  expect(new Set(names).size).toBe(310);
});

test.each(KEPT)("what was accepted once is refused: $category of $set, seed $seed", async ({ set, category, seed }) => {
  const { failures, refused } = await playCategory(set, category, { runs: 24, seed });
  expect(failures).toEqual([]);
  expect(refused).toBeGreaterThan(0);
});
