import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hasTest, testsIn } from "./named-tests.ts";

const ROOT = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/comparison.md", ROOT), "utf8");
const rows = [...page.matchAll(/^\| (?!What \| The best|---)(.+) \|$/gm)].map(([, cells = ""]) => cells.split(" | "));

describe("the comparison with others", () => {
  test("has the rows of all six groups, each with four cells", () => {
    expect(page.match(/^## /gm)).toHaveLength(6);
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((cells) => cells.length !== 4)).toEqual([]);
  });

  test("says what proves each row: a test that there is, or a file to look at, or that nothing does", () => {
    const unproven = rows.filter(([, , here = "", proof = ""]) => {
      const tests = testsIn(proof);
      if (tests.length > 0) return !tests.every((named) => hasTest(ROOT, named));
      const file = /^`([^`]+)`$/.exec(proof)?.[1];
      if (file !== undefined) return !existsSync(new URL(file, ROOT));
      // Where others are better and we have nothing, there is nothing to prove.
      return !(proof === "none" && here.includes("**Below**"));
    });
    expect(unproven.map(([what]) => what)).toEqual([]);
  });

  test("is linked from the README", () => {
    expect(readFileSync(new URL("README.md", ROOT), "utf8")).toContain("](docs/comparison.md)");
  });

  test("does not take a test for there that is not", () => {
    const file = "src/journeys/codes.test.tsx";
    expect(hasTest(ROOT, { file, title: "someone who clicks twice gets one text" })).toBe(true);
    expect(hasTest(ROOT, { file, title: "someone who clicks twice gets two texts" })).toBe(false);
  });
});
