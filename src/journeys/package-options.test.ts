import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";

/*
 * Options and events are told in the sources alone, beside their types. Here they are read, and the README's tables made of them;
 * `UPDATE_OPTIONS=1 npx vitest run --project=all src/journeys/package-options.test.ts` writes the tables anew.
 */

const README = new URL("../../README.md", import.meta.url);
const BEGIN = "<!-- options:begin -->\n";
const END = "<!-- options:end -->";
const source = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const element = source("embed/element.tsx");

type Member = { readonly name: string; readonly type: string; readonly about: string };

/** Reads the members of a type of a source. Fails where one has no sentence of its own, or where nothing is found. */
function membersOf(text: string, opening: string): readonly Member[] {
  const [, rest = ""] = text.split(`${opening}\n`);
  const [body = ""] = rest.split("\n};");
  const member = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+readonly (\w+)\?: ([^\n]+);\n/g;
  const members = [...`${body}\n`.matchAll(member)].map(([, about = "", name = "", type = ""]) => ({
    name,
    type: type.replace(/ \| undefined$/, "").replace(/^\((\(.*)\)$/, "$1"),
    about: about.replaceAll(/\s*\n\s*\*?\s*/g, " ").trim(),
  }));
  expect(members.map(({ name }) => name)).toEqual([...body.matchAll(/^ {2}readonly (\w+)/gm)].map(([, name]) => name));
  expect(members.length, `nothing was read after ${opening}`).toBeGreaterThan(0);
  return members;
}

const options = membersOf(source("embed/react.tsx"), "export type MfaOptions = News & {");
const news = membersOf(source("ui/news.ts"), "export type News = {");
/** The attributes that stand for an option, and the events with the option that hears the same. */
const [, listed = ""] = /const ATTRIBUTES = \[([^\]]*)\]/.exec(element) ?? [];
const attributes = [...listed.matchAll(/"([\w-]+)"/g)].map(([, name = ""]) => name);
const events = [...element.matchAll(/(\w+): this\.#teller\("([\w-]+)"/g)].map(([, option = "", name = ""]) => ({
  option,
  name,
}));

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const cell = (code: string) => `\`${code.replaceAll("|", "\\|")}\``;
const row = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** What an event's detail is: what its option is called with, and null where that is nothing. */
const detailOf = (type: string) => /^\((?:\w+: (.*))?\) => void$/.exec(type)?.[1] ?? "null";

function tables(): string {
  return [
    row("Option", "Attribute", "Type", "What it does"),
    "|---|---|---|---|",
    ...options.map(({ name, type, about }) =>
      row(cell(name), attributes.includes(kebab(name)) ? cell(kebab(name)) : "", cell(type), about),
    ),
    "",
    row("Event", "Option", "`detail`", "What it says"),
    "|---|---|---|---|",
    ...events.map(({ name, option }) => {
      const told = news.find((one) => one.name === option);
      return row(cell(name), cell(option), cell(detailOf(told?.type ?? "")), told?.about ?? "");
    }),
    "",
  ].join("\n");
}

test("the README's tables of options and events are what the sources say of them", () => {
  const readme = readFileSync(README, "utf8");
  const [before = "", rest = ""] = readme.split(BEGIN);
  const [, after = ""] = rest.split(END);
  const wanted = `${before}${BEGIN}${tables()}${END}${after}`;
  if (process.env["UPDATE_OPTIONS"] === "1") writeFileSync(README, wanted);
  else expect(readme, `UPDATE_OPTIONS=1 writes this instead:\n${tables()}`).toBe(wanted);
});

test("each attribute stands for an option that a text or a flag can say, and each such option has one", () => {
  const sayable = options.filter(({ type }) => type === "string" || type === "boolean").map(({ name }) => kebab(name));
  expect(attributes.toSorted()).toEqual(sayable.toSorted());
});

test("each thing that a host can listen to has its event, and each event its thing", () => {
  expect(events.map(({ option }) => option).toSorted()).toEqual(news.map(({ name }) => name).toSorted());
});
