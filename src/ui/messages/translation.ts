import type { Sentences, Translation } from "./messages.ts";
import type { Plural } from "./sentence.ts";

/** Lists the languages with a catalogue of their own. */
export const TRANSLATED_LOCALES = [
  "ar",
  "de",
  "es",
  "fr",
  "he",
  "hi",
  "it",
  "ja",
  "ko",
  "nl",
  "pl",
  "pt-BR",
  "tr",
  "zh-Hans",
] as const;

/** Names a language with a catalogue of its own. */
export type TranslatedLocale = (typeof TRANSLATED_LOCALES)[number];

/**
 * Fetches the sentences of each language there is besides English, as bare values in the order of the English catalogue:
 * its keys would be a quarter of what is fetched. `scripts/vite-catalogues.ts` makes them of the files named here.
 */
const CATALOGUES = {
  ar: () => import("./locales/ar.ts?values"),
  de: () => import("./locales/de.ts?values"),
  es: () => import("./locales/es.ts?values"),
  fr: () => import("./locales/fr.ts?values"),
  he: () => import("./locales/he.ts?values"),
  hi: () => import("./locales/hi.ts?values"),
  it: () => import("./locales/it.ts?values"),
  ja: () => import("./locales/ja.ts?values"),
  ko: () => import("./locales/ko.ts?values"),
  nl: () => import("./locales/nl.ts?values"),
  pl: () => import("./locales/pl.ts?values"),
  "pt-BR": () => import("./locales/pt-BR.ts?values"),
  tr: () => import("./locales/tr.ts?values"),
  "zh-Hans": () => import("./locales/zh-Hans.ts?values"),
} satisfies Record<TranslatedLocale, () => Promise<{ readonly values: readonly (string | Plural)[] }>>;

const RIGHT_TO_LEFT: ReadonlySet<TranslatedLocale> = new Set(["ar", "he"]);

/**
 * Returns the catalogue a locale is served from: the one of its language in its script, so that `pt-PT` reads Portuguese
 * and `zh-TW`, which is written in the other script, does not read Simplified Chinese. Null where there is none.
 */
export function catalogueFor(locale: string): TranslatedLocale | null {
  const wanted = likely(locale);
  return TRANSLATED_LOCALES.find((tag) => likely(tag) === wanted) ?? null;
}

/** Fetches what is said in a locale; null where it has no catalogue. */
export async function fetchTranslation(asked: string): Promise<Translation | null> {
  // POSIX writes `de_DE`.
  const locale = asked.replaceAll("_", "-");
  const tag = catalogueFor(locale);
  if (tag === null) return null;
  const { values } = await CATALOGUES[tag]();
  return {
    locale,
    direction: RIGHT_TO_LEFT.has(tag) ? "rtl" : "ltr",
    translate: (english) => inOrder(english, values),
  };
}

/** Gives each English sentence its translation: the first screens' stand at the beginning, the later ones' at the end. */
function inOrder(english: Sentences, values: readonly (string | Plural)[]): Sentences {
  const keys = Object.keys(english);
  const from = "progress" in english ? 0 : values.length - keys.length;
  return Object.fromEntries(keys.map((key, index) => [key, values[from + index]]));
}

function likely(locale: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(locale).maximize();
    return `${language}-${script}`;
  } catch {
    // A host's typing error is no reason to show nothing.
    return undefined;
  }
}
