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
  return /^en\b/i.test(locale) ? { ...ENGLISH, locale } : (known.get(locale) ?? null);
}

/** Returns the language of a locale; null while its sentences are on their way, which is better than a flash of English. */
export function useTranslation(locale: string): Translation | null {
  const [fetched, setFetched] = useState<Translation | null>(null);
  const ready = useMemo(() => translationAtHand(locale), [locale]);
  useEffect(() => {
    if (ready !== null) return;
    let isWanted = true;
    void loadLocale(locale)
      .catch(() => ENGLISH)
      .then((translation) => isWanted && setFetched(translation));
    return () => {
      isWanted = false;
    };
  }, [locale, ready]);
  return ready ?? fetched;
}
