import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "../fixtures.ts";

const RESULTS = fileURLToPath(new URL("../../test-results/access/", import.meta.url));
const DOCUMENT = new URL("../../docs/accessibility.md", import.meta.url);

/** What a test of access has looked at. */
export interface Looked {
  /** The screens by their names, each once. */
  readonly screens: Iterable<string>;
  /** In which light each of them was seen: themes, sizes, settings. */
  readonly ways: readonly string[];
  /** What was counted on the way, such as `395 stops`. */
  readonly counted?: readonly string[];
}

/**
 * Writes down what a test has looked at, and fails it where docs/accessibility.md says something else. The document is
 * made of these notes by `node scripts/conformance.mjs`.
 */
export function lookedAt(title: string, { screens, ways, counted = [] }: Looked): void {
  const names = [...screens];
  const row = `| ${title} | ${String(names.length)} | ${ways.join("; ")} | ${counted.join("; ") || "–"} |`;
  mkdirSync(RESULTS, { recursive: true });
  const file = `${title.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 120)}.json`;
  writeFileSync(`${RESULTS}${file}`, JSON.stringify({ title, row, screens: names }));
  const rows = readFileSync(DOCUMENT, "utf8").split("\n");
  expect(rows, "docs/accessibility.md is older than this run: node scripts/conformance.mjs").toContain(row);
}

/** Prints the names of the screens, grouped by the step they belong to. */
export function printScreens(screens: Iterable<string>): void {
  const byStep = new Map<string, string[]>();
  for (const screen of screens) {
    const [step = "", name = ""] = screen.split(/: (.*)/s);
    byStep.set(step, [...(byStep.get(step) ?? []), name]);
  }
  const count = [...byStep.values()].reduce((sum, names) => sum + names.length, 0);
  console.log(`${String(count)} screens at ${String(byStep.size)} steps, each in light and in dark:`);
  for (const [step, names] of byStep) console.log(`  ${step} (${String(names.length)}): ${names.join("; ")}`);
}
