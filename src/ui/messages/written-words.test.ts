import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { parseSync } from "vite";

/*
 * Holds that every word a person reads or hears comes from the catalogue: it reads the components themselves, so that a
 * sentence on a screen that no test opens is found too.
 */

const UI = join(import.meta.dirname, "..");

/** What an assistive technology reads of an element besides its text. */
const SPOKEN = /^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|placeholder|title|alt)$/;

/** Returns the words that a component writes itself. */
function wordsIn(file: string, text: string): string[] {
  const found: string[] = [];
  const isWord = (value: unknown) => typeof value === "string" && /\p{L}/u.test(value);
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    const of = (name: string): unknown => Reflect.get(node, name);
    const inside = (name: string, of: unknown): unknown =>
      typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
    const value = of("value");
    if (of("type") === "JSXText" && isWord(value)) found.push(`${file}: ${String(value).trim()}`);
    if (
      of("type") === "JSXAttribute" &&
      SPOKEN.test(String(inside("name", of("name")))) &&
      isWord(inside("value", value))
    ) {
      found.push(`${file}: ${String(inside("value", value))}`);
    }
    if (of("type") === "CallExpression" && inside("name", of("callee")) === "say") {
      const [said]: unknown[] = Array.isArray(of("arguments")) ? (of("arguments") as unknown[]) : [];
      if (isWord(inside("value", said))) found.push(`${file}: ${String(inside("value", said))}`);
    }
    Object.values(node).forEach(visit);
  };
  visit(parseSync(file, text).program);
  return found;
}

const files = readdirSync(UI, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".tsx") && !name.endsWith(".test.tsx"))
  .map((name) => join(UI, name));

it("no component writes a word of its own", () => {
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap((file) => wordsIn(relative(UI, file), readFileSync(file, "utf8")))).toEqual([]);
});

it.each([
  ["<p>Hello</p>", "Hello"],
  ['<button aria-label="Close" />', "Close"],
  ['<input placeholder="Search" />', "Search"],
  ['say("Sent.")', "Sent."],
])("a word is seen in %s", (text, word) => {
  expect(wordsIn("planted.tsx", text)).toEqual([`planted.tsx: ${word}`]);
});
