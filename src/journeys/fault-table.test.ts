import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const SRC = new URL("../", import.meta.url);
const table = readFileSync(new URL("../docs/faults.md", SRC), "utf8");

/** A row of the table: its id, and the tests it names by file and title. */
type Row = { id: string; proofs: { file: string; title: string }[] };

function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| (F\d+) \|(.*)\|$/gm)].map(([, id = "", cells = ""]) => ({
    id,
    proofs: [...cells.matchAll(/`(\S+\.test\.tsx?)` "([^"]+)"/g)].map(([, file = "", title = ""]) => ({ file, title })),
  }));
}

/** Tells whether a file has a test of this very title, also one that is run for each row of a list. */
function hasTest({ file, title }: { file: string; title: string }): boolean {
  const path = new URL(file, SRC);
  if (!existsSync(path)) return false;
  const literal = title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<!describe)\(\s*"${literal}",\s*(?:async )?\(`).test(readFileSync(path, "utf8"));
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
      proofs.filter((proof) => !hasTest(proof)).map((proof) => [id, proof]),
    );
    expect(missing).toEqual([]);
  });

  test("is linked from the README", () => {
    expect(readFileSync(new URL("../README.md", SRC), "utf8")).toContain("](docs/faults.md)");
  });

  test("would not be believed of a test that there is not, or of a chapter", () => {
    const file = "bff/lost-answers.test.ts";
    expect(hasTest({ file, title: "the list tells that it was done" })).toBe(true);
    expect(hasTest({ file, title: "the list tells that it was not done" })).toBe(false);
    expect(hasTest({ file, title: "the answer to a removal is lost" })).toBe(false);
    expect(hasTest({ file: "bff/no-such.test.ts", title: "the list tells that it was done" })).toBe(false);
  });
});
