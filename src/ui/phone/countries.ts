import { toDialled } from "../../contract/phone-text.ts";
import { regionName } from "../messages/problem-sentence.ts";
import { callingCodeOf, REGIONS } from "./regions.ts";

/** Describes a country of the list. */
export type Country = {
  readonly region: string;
  readonly name: string;
  /** With its `+`. */
  readonly callingCode: string;
};

/** Short names people type that ISO 3166 does not have. */
const ALSO_CALLED: Readonly<Record<string, string>> = { GB: "uk", US: "usa", AE: "uae" };

/** Returns a country as it is listed in a locale. */
export function countryOf(region: string, locale: string): Country {
  return { region, name: regionName(locale, region), callingCode: `+${callingCodeOf(region) ?? ""}` };
}

const lists = new Map<string, readonly Country[]>();

/** Lists every country that has telephone numbers, in the order of the locale; made once a locale. */
export function listCountries(locale: string): readonly Country[] {
  const made = lists.get(locale);
  if (made !== undefined) return made;
  const names = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
  const { compare } = new Intl.Collator(locale);
  const list = REGIONS.map((region) => ({
    region,
    name: names.of(region) ?? region,
    callingCode: `+${callingCodeOf(region) ?? ""}`,
  }));
  list.sort((a, b) => compare(a.name, b.name));
  lists.set(locale, list);
  return list;
}

/**
 * Finds countries by name (accents and case do not matter), ISO code or calling code, the likeliest first: what is called
 * exactly so, then what begins so, then what has a word that begins so.
 */
export function findCountries(countries: readonly Country[], query: string): readonly Country[] {
  const wanted = fold(query);
  if (wanted === "") return countries;
  const digits = toDialled(query).replace(/^(?:\+|00)/, "");
  const ranked = countries.map((country) => ({
    country,
    rank: rankOf(country, wanted, /^\d+$/.test(digits) ? digits : null),
  }));
  return ranked
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ country }) => country);
}

/** Returns the country that a query can only mean, because it is called exactly so or nothing else matches; null otherwise. */
export function onlyMeant(found: readonly Country[], query: string): Country | null {
  const [first] = found;
  if (first === undefined || fold(query) === "") return null;
  return found.length === 1 || rankOf(first, fold(query), null) === EXACT ? first : null;
}

const EXACT = 3;

function rankOf({ region, name, callingCode }: Country, wanted: string, digits: string | null): number {
  if (digits !== null) return callingCode === `+${digits}` ? EXACT : Number(callingCode.startsWith(`+${digits}`));
  const folded = fold(name);
  if (folded === wanted || region.toLowerCase() === wanted || ALSO_CALLED[region] === wanted) return EXACT;
  if (folded.startsWith(wanted)) return 2;
  return Number(
    folded.split(/[\s(&’'.-]+/).some((word) => word.startsWith(wanted)) ||
      (wanted.length > 2 && folded.includes(wanted)),
  );
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
