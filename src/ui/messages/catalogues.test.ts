import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { enLater } from "./en-later.ts";
import { type Catalogue, createMessages } from "./messages.ts";
import type { Plural } from "./sentence.ts";
import { catalogueFor, TRANSLATED_LOCALES } from "./translation.ts";
import { loadLocale } from "./use-translation.ts";

const ENGLISH: Catalogue = { ...en, ...enLater };
const files = import.meta.glob<{ catalogue: Catalogue }>("./locales/*.ts", { eager: true });
const written = Object.entries(files).map(([file, { catalogue }]): [string, Catalogue] => [
  file.slice("./locales/".length, -".ts".length),
  catalogue,
]);

/** The forms of a sentence, and the names that each of them is given. */
const formsOf = (entry: string | Plural) => (typeof entry === "string" ? { always: entry } : entry);
const namesIn = (form: string) => new Set([...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

it("there are fourteen languages besides English, and each is offered", () => {
  expect(written.map(([tag]) => tag).toSorted()).toEqual([...TRANSLATED_LOCALES].toSorted());
  expect(TRANSLATED_LOCALES).toHaveLength(14);
});

describe.each(written)("%s", (tag, catalogue) => {
  it("has every sentence, in the order in which they are fetched without their names", () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(ENGLISH));
  });

  it("gives a sentence what it is filled with, and nothing else", () => {
    const wrong = Object.entries(ENGLISH).flatMap(([key, english]) => {
      const wanted = namesIn(Object.values(formsOf(english)).join());
      const own = formsOf(Reflect.get(catalogue, key));
      return Object.entries(own).flatMap(([form, text]) => {
        const names = namesIn(text);
        // A form for one number alone may say it in a word.
        const missing = [...wanted].filter((name) => !names.has(name) && name !== "count");
        const unknown = [...names].filter((name) => !wanted.has(name));
        return missing.length + unknown.length > 0 ? [`${key} ${form}: ${text}`] : [];
      });
    });
    expect(wrong).toEqual([]);
  });

  it("has each plural in the forms of the language", () => {
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted();
    const wrong = Object.entries(ENGLISH).flatMap(([key, english]) => {
      if (typeof english === "string") return [];
      const forms = Object.keys(Reflect.get(catalogue, key)).toSorted();
      return forms.join() === categories.join() ? [] : [`${key}: ${forms.join()} and not ${categories.join()}`];
    });
    expect(wrong).toEqual([]);
  });

  it("leaves no sentence in English", () => {
    const same = Object.entries(ENGLISH).filter(([key, english]) => english === Reflect.get(catalogue, key));
    // One word can be the same in two languages; a sentence cannot.
    const isSentence = (english: unknown) => /\p{L}\s+\p{L}/u.test(String(english).replaceAll(/\{\w+\}/g, ""));
    expect(same.filter(([, english]) => isSentence(english))).toEqual([]);
  });

  it("says its sentences when it is spoken, the first ones and the later ones", async () => {
    const translation = await loadLocale(tag);
    const first = createMessages(en, translation);
    expect(first.t("progress", { step: 1, steps: 4 }).length).toBeGreaterThan(3);
    expect(first.t("panel.add")).toBe(catalogue["panel.add"]);
    expect(first.with(enLater).t("email.label")).toBe(catalogue["email.label"]);
    expect(first.with(enLater).t("problem.tenant_misconfigured")).toBe(catalogue["problem.tenant_misconfigured"]);
  });

  it("is written with characters that can be seen", () => {
    const text = readFileSync(new URL(`./locales/${tag}.ts`, import.meta.url), "utf8");
    // U+00A0 and U+202F belong to French; the direction marks come from the code, around each value.
    expect([...text.matchAll(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/g)]).toEqual([]);
  });
});

it.each([
  ["de-AT", "de"],
  ["es-419", "es"],
  ["pt-PT", "pt-BR"],
  ["zh", "zh-Hans"],
  ["zh-CN", "zh-Hans"],
  ["zh-TW", null],
  ["iw", "he"],
  ["sv", null],
  ["not a locale", null],
])("somebody with %s reads %s", (locale, tag) => {
  expect(catalogueFor(locale)).toBe(tag);
});

it("a language without a catalogue is spoken to in English, its dates too", async () => {
  const { locale, direction } = await loadLocale("fa");
  expect([locale, direction]).toEqual(["en", "ltr"]);
});

it.each([
  ["en-GB,en;q=0.9", "en"],
  ["en-US.UTF-8", "en"],
  ["en_US", "en"],
  ["en-GB", "en-GB"],
  ["de_DE", "de-DE"],
  ["", "en"],
])("a locale that was written %j is spoken to as %s", async (written, locale) => {
  const translation = await loadLocale(written);
  expect(translation.locale).toBe(locale);
  expect(createMessages(en, translation).date(0)).toContain("1970");
});

it("what a host says in its own words stays said so in every language", async () => {
  const { t } = createMessages(en, await loadLocale("ar"), { "panel.add": "أضف" });
  expect(t("panel.add")).toBe("أضف");
});
