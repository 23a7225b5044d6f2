import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hasTest, type NamedTest, testsIn } from "./named-tests.ts";

const SRC = new URL("../", import.meta.url);
const table = readFileSync(new URL("../docs/faults.md", SRC), "utf8");

/** A row of the table: its id, and the tests it names by file and title. */
type Row = { id: string; proofs: readonly NamedTest[] };

function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| (F\d+) \|(.*)\|$/gm)].map(([, id = "", cells = ""]) => ({
    id,
    proofs: testsIn(cells),
  }));
}

describe("the table of faults", () => {
  const rows = rowsOf(table);

  test("has each fault from F01 to F52 once", () => {
    const wanted = Array.from({ length: 52 }, (_, index) => `F${String(index + 1).padStart(2, "0")}`);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(wanted);
  });

  test("names at least one test for each fault, and only tests that there are", () => {
    expect(rows.filter(({ proofs }) => proofs.length === 0)).toEqual([]);
    const missing = rows.flatMap(({ id, proofs }) =>
      proofs.filter((proof) => !hasTest(SRC, proof)).map((proof) => [id, proof]),
    );
    expect(missing).toEqual([]);
  });

  test("is linked from the README", () => {
    expect(readFileSync(new URL("../README.md", SRC), "utf8")).toContain("](docs/faults.md)");
  });

  test("would not be believed of a test that there is not, or of a chapter", () => {
    const file = "bff/lost-answers.test.ts";
    expect(hasTest(SRC, { file, title: "the list tells that it was done" })).toBe(true);
    expect(hasTest(SRC, { file, title: "the list tells that it was not done" })).toBe(false);
    expect(hasTest(SRC, { file, title: "the answer to a removal is lost" })).toBe(false);
    expect(hasTest(SRC, { file: "bff/no-such.test.ts", title: "the list tells that it was done" })).toBe(false);
  });
});
