import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const sheet = readFileSync(new URL("wizard.css", import.meta.url), "utf8");
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** A property that a host may set, and what it is without one. */
interface Property {
  readonly name: string;
  readonly light: string;
  readonly dark: string;
}

const NESTED = String.raw`(?:[^()]|\((?:[^()]|\([^()]*\))*\))*`;

/** Reads `var(--mfa-name, default)`. A default of its own names the sheet's inner properties, and hosts know the outer ones. */
function propertiesRead(css: string): Property[] {
  return [...css.matchAll(new RegExp(String.raw`var\((--mfa-[\w-]+)(?:,\s*(${NESTED}))?\)`, "g"))].map(
    ([, name = "", value = ""]) => {
      const [, light, dark] = /^light-dark\((.+), (.+)\)$/.exec(value) ?? [];
      const plain = value.replaceAll("var(--_", "var(--mfa-");
      return { name, light: light ?? plain, dark: dark ?? "the same" };
    },
  );
}

/** Reads the rows of the README's table; its second column is for people. */
function propertiesNamed(markdown: string): Property[] {
  const cell = (text: string) => text.replaceAll("`", "");
  return [...markdown.matchAll(/^\| `(--mfa-[\w-]+)` \|[^|]+\| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, name = "", light = "", dark = ""]) => ({ name, light: cell(light), dark: cell(dark) }),
  );
}

const byName = (properties: Property[]) => properties.toSorted((a, b) => a.name.localeCompare(b.name));

test("the README's table names every custom property that the sheet reads, with its defaults, and no other", () => {
  const read = propertiesRead(sheet);
  expect(read.length).toBeGreaterThan(10);
  expect(byName(propertiesNamed(readme))).toEqual(byName(read));
});

test("every default of a custom property stands in one place", () => {
  const names = propertiesRead(sheet).map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
