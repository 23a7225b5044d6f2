import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hasTest, testsIn } from "./named-tests.ts";

const ROOT = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/security.md", ROOT), "utf8");

/** A row: its id, what holds, and the tests that prove it or why there is none. */
type Row = { id: string; holds: string; proof: string };

const rows = [...page.matchAll(/^\| ([AT]\d+) \| (.+) \| (.+) \|$/gm)].map(
  ([, id = "", holds = "", proof = ""]): Row => ({ id, holds, proof }),
);

/** A place for a test that nobody has named yet. */
const UNNAMED = "TO NAME";

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(2, "0")}`);
}

/** Says what is wrong with a row's proof; empty when nothing is. */
function complaints({ proof }: Pick<Row, "proof">): string[] {
  const missing = testsIn(proof).filter((named) => !hasTest(ROOT, named));
  const isReason = /^Why not: .{40,}/.test(proof);
  return [
    ...missing.map(({ file, title }) => `${file} has no "${title}"`),
    ...(testsIn(proof).length === 0 && !isReason ? ["neither a test nor a reason"] : []),
    ...(proof.includes(UNNAMED) ? ["a test is yet to be named"] : []),
  ];
}

describe("the page on security", () => {
  test("has each requirement from A01 to A66 and each threat from T01 to T40 once, in their order", () => {
    expect(rows.map(({ id }) => id)).toEqual([...numbered("A", 66), ...numbered("T", 40)]);
  });

  test("proves each row by tests that there are, or says why there is none", () => {
    const wrong = rows
      .map((row) => ({ id: row.id, complaints: complaints(row) }))
      .filter((row) => row.complaints.length);
    expect(wrong).toEqual([]);
  });

  test("says what holds in a sentence", () => {
    expect(rows.filter(({ holds }) => !/^[A-Z].{20,}\.$/.test(holds)).map(({ id }) => id)).toEqual([]);
  });

  test("names no command that there is not", () => {
    const { scripts } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8")) as { scripts: object };
    const named = [...page.matchAll(/`npm run ([\w:]+)`/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test("is linked from the README", () => {
    expect(readFileSync(new URL("README.md", ROOT), "utf8")).toContain("](docs/security.md)");
  });

  test("would not be believed of a test that there is not, of a place left open, or of a reason that is none", () => {
    const file = "src/bff/visits.test.ts";
    const title = "twice in one request is none";
    expect(complaints({ proof: `\`${file}\` "${title}"` })).toEqual([]);
    expect(complaints({ proof: `\`${file}\` "${title} at all"` })).toHaveLength(1);
    expect(complaints({ proof: `\`${file}\` "${title}"<br>${UNNAMED}` })).toHaveLength(1);
    expect(complaints({ proof: UNNAMED })).toHaveLength(2);
    expect(complaints({ proof: "Why not: later." })).toHaveLength(1);
  });
});
