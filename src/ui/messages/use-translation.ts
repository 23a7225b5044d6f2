import { useEffect, useMemo, useState } from "react";
import { ENGLISH, type Translation } from "./messages.ts";

const known = new Map<string, Translation>();

/**
 * Fetches the sentences of a locale, so that what is rendered afterwards speaks it at once, on a server too. English is
 * there already; where a catalogue cannot be fetched, it is English again.
 */
export async function loadLocale(locale: string): Promise<Translation> {
  const ready = translationAtHand(locale);
  if (ready !== null) return ready;
  const { fetchTranslation } = await import("./translation.ts");
  // Dates and numbers in a tongue of their own among English sentences help nobody.
  const translation = (await fetchTranslation(locale)) ?? ENGLISH;
  known.set(locale, translation);
  return translation;
}

function translationAtHand(locale: string): Translation | null {
  return /^en(?:-\w\w)?$/i.test(locale) ? { ...ENGLISH, locale } : (known.get(locale) ?? null);
}

/** Four seconds: longer than 5 kB take on a slow line, shorter than people wait for a page that shows nothing. */
const ENGLISH_AFTER_MS = 4_000;

/**
 * Returns the language of a locale; null while its sentences are on their way, which is better than a flash of English. It is
 * English where they take too long, until they come.
 */
export function useTranslation(locale: string, load = loadLocale): Translation | null {
  const [fetched, setFetched] = useState<Translation | null>(null);
  const ready = useMemo(() => translationAtHand(locale), [locale]);
  useEffect(() => {
    if (ready !== null) return;
    let isWanted = true;
    const take = (translation: Translation) => isWanted && setFetched(translation);
    const late = setTimeout(take, ENGLISH_AFTER_MS, ENGLISH);
    void load(locale)
      .catch(() => ENGLISH)
      .then((translation) => {
        clearTimeout(late);
        take(translation);
      });
    return () => {
      isWanted = false;
      clearTimeout(late);
    };
  }, [locale, ready, load]);
  return ready ?? fetched;
}
