import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TRANSLATED_LOCALES } from "../../ui/messages/translation.ts";
import { LANGUAGES, LOOKS, looksAsked } from "./page-looks.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
const sheet = read("looks.css");

type Block = { readonly selector: string; readonly values: ReadonlyMap<string, string> };

/** Reads a sheet without nesting: each selector with its declarations. */
function blocksOf(css: string): Block[] {
  return [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = "", body = ""]) => ({
    selector: selector.trim(),
    values: new Map(
      body
        .split(";")
        .map((line) => line.split(":").map((part) => part.trim()))
        .flatMap(([name = "", value = ""]) => (name === "" ? [] : [[name, value] as const])),
    ),
  }));
}

const blocks = blocksOf(sheet);
const blockOf = (look: string) => blocks.find(({ selector }) => selector === `:root[data-look="${look}"]`);
const isForPanel = (name: string) => name.startsWith("--mfa-");

describe("the demo's looks", () => {
  it("are made of nothing but custom properties", () => {
    expect(blocks.map(({ selector }) => selector)).toEqual([':root[data-look="quiet"]', ':root[data-look="start-up"]']);
    const names = blocks.flatMap(({ values }) => [...values.keys()]);
    expect(names.filter((name) => !name.startsWith("--"))).toEqual([]);
    expect(sheet).not.toContain("@");
    expect(sheet).not.toContain("!important");
  });

  it("set properties that the panel reads", () => {
    const panel = read("../../ui/wizard.css");
    const set = blocks.flatMap(({ values }) => [...values.keys()]).filter(isForPanel);
    expect(set.length).toBeGreaterThan(10);
    expect(set.filter((name) => !panel.includes(`var(${name},`))).toEqual([]);
  });

  it("show the panel as it comes in the quiet one, whatever the bank's page sets", () => {
    const bank = blocksOf(read("../../app/account.css")).flatMap(({ values }) => [...values.keys()].filter(isForPanel));
    const quiet = [...(blockOf("quiet")?.values ?? [])].filter(([name]) => isForPanel(name));
    expect(bank.length).toBeGreaterThan(0);
    expect(Object.fromEntries(quiet)).toEqual(Object.fromEntries(bank.map((name) => [name, "initial"])));
  });

  it.each(["light", "dark"] as const)("can be read in the start-up’s, %s", (theme) => {
    const values = blockOf("start-up")?.values;
    const colour = (name: string) => inTheme(values?.get(name) ?? "", theme);
    // What WCAG 2.2 asks of text (1.4.3) and of the edge of a field (1.4.11).
    for (const [front, back, least] of [
      ["--text", "--card", 4.5],
      ["--text", "--ground", 4.5],
      ["--soft", "--card", 4.5],
      ["--soft", "--ground", 4.5],
      ["--text", "--mfa-warning", 4.5],
      ["--text", "--mfa-good", 4.5],
      ["--accent", "--card", 4.5],
      ["--mfa-on-accent", "--accent", 4.5],
      ["--mfa-danger", "--card", 4.5],
      ["--mfa-on-danger", "--mfa-danger", 4.5],
      ["--mfa-edge", "--mfa-field", 3],
      ["--mfa-edge", "--card", 3],
    ] as const) {
      expect(contrast(colour(front), colour(back)), `${front} on ${back}`).toBeGreaterThanOrEqual(least);
    }
  });
});

describe("what an address asks for", () => {
  it.each(Object.keys(LOOKS))("is the look %s", (look) => {
    expect(looksAsked(`?look=${look}`).look).toBe(look);
  });

  it("is the bank in English where it says nothing, or nothing that there is", () => {
    expect(looksAsked("")).toEqual({ look: "bank", lang: "en" });
    expect(looksAsked("?look=toString&lang=xx")).toEqual({ look: "bank", lang: "en" });
  });

  it.each(Object.keys(LANGUAGES))("is the language %s", (lang) => {
    expect(looksAsked(`?lang=${lang}`).lang).toBe(lang);
  });

  it("offers every language that the panel speaks", () => {
    expect(Object.keys(LANGUAGES).toSorted()).toEqual(["en", ...TRANSLATED_LOCALES].toSorted());
  });
});

function inTheme(value: string, theme: "light" | "dark"): string {
  const [, light = value, dark = value] = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value) ?? [];
  return theme === "light" ? light : dark;
}

/** The ratio of two colours' luminances, as WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  if (!/^#[\da-f]{6}$/.test(colour)) throw new Error(`"${colour}" is no colour.`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
