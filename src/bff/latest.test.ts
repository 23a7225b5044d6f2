import { expect, test } from "vitest";
import { createLatest } from "./latest.ts";

test("what is in use is kept however much passes by, and the rest is forgotten", () => {
  const latest = createLatest<number>(10);
  latest.set("in use", -1);
  for (let nth = 0; nth < 1_000; nth += 1) {
    latest.set(`passing ${nth}`, nth);
    expect(latest.get("in use")).toBe(-1);
  }
  const kept = Array.from({ length: 1_000 }, (_, nth) => latest.get(`passing ${nth}`)).filter(
    (value) => value !== undefined,
  );
  expect(kept).toContain(999);
  expect(kept.length).toBeLessThan(20);
});

test("a value that was put in anew is the one that is found", () => {
  const latest = createLatest<string>(2);
  latest.set("a", "first");
  latest.set("b", "second");
  latest.set("a", "third");
  expect(latest.get("a")).toBe("third");
  expect(latest.get("none")).toBeUndefined();
});
