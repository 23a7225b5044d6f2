import { callingCodeOf } from "./regions.ts";

/**
 * Returns the region the browser is set to: the first of its languages (`navigator.languages`) that names one, else the
 * likely one of its first language; null where there is none with telephone numbers.
 */
export function browserRegion(languages: readonly string[]): string | null {
  const locales = languages.flatMap((language) => {
    try {
      return [new Intl.Locale(language)];
    } catch {
      // A browser may be set to a language tag that Intl refuses.
      return [];
    }
  });
  const regions = [...locales.map(({ region }) => region), locales[0]?.maximize().region];
  return regions.find((region) => region !== undefined && callingCodeOf(region) !== null) ?? null;
}
