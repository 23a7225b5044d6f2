import { toDialled } from "../../contract/phone-text.ts";
import type { ChannelPolicy } from "../../contract/phone-policy.ts";
import { regionName } from "../messages/problem-sentence.ts";
import { callingCodeOf, REGIONS, regionOfCode } from "./regions.ts";

/** Describes a country of the list. */
export type Country = {
  readonly region: string;
  readonly name: string;
  /** With its `+`. */
  readonly callingCode: string;
};

/** What countries are also called, once it has been fetched; null until then. */
export type OtherNames = Awaited<ReturnType<typeof fetchOtherNames>> | null;

/** Fetches what countries are also called. A failed fetch may be tried again. */
export function fetchOtherNames() {
  return import("./other-names.ts");
}

/** Returns a country as it is listed in a locale. */
export function countryOf(region: string, locale: string): Country {
  return { region, name: regionName(locale, region), callingCode: `+${callingCodeOf(region) ?? ""}` };
}

const lists = new Map<string, readonly Country[]>();

/** Lists the countries that are served, in the order of the locale. */
export function listCountries(locale: string, served: ChannelPolicy["countries"]): readonly Country[] {
  const list = lists.get(locale) ?? allCountries(locale);
  lists.set(locale, list);
  return served === "all" ? list : list.filter(({ region }) => served.includes(region));
}

function allCountries(locale: string): readonly Country[] {
  const names = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
  const { compare } = new Intl.Collator(locale);
  return REGIONS.map((region) => ({
    region,
    name: names.of(region) ?? region,
    callingCode: `+${callingCodeOf(region) ?? ""}`,
  })).toSorted((a, b) => compare(a.name, b.name));
}

/**
 * Finds countries by name (accents, case and punctuation do not matter), by what else they are called, by ISO code or calling
 * code, the likeliest first. Where nothing matches, the countries' names in their own languages are tried.
 */
export function findCountries(countries: readonly Country[], query: string, names: OtherNames): readonly Country[] {
  const wanted = fold(query);
  if (wanted === "") return countries;
  const digits = toDialled(query).replace(/^(?:\+|00|011)/, "");
  const found = ranked(
    countries,
    /^\d+$/.test(digits) ? (country) => rankOfCode(country, digits) : (country) => rankOfName(country, wanted, names),
  );
  if (found.length > 0 || names === null) return found;
  return ranked(countries, ({ region }) => likeness(fold(names.ownNameOf(region)), wanted));
}

/** Returns the country that a query can only mean, because it is called exactly so or nothing else matches; null otherwise. */
export function onlyMeant(found: readonly Country[], query: string, names: OtherNames): Country | null {
  const [first] = found;
  if (first === undefined || fold(query) === "") return null;
  return found.length === 1 || rankOfName(first, fold(query), names) === EXACT ? first : null;
}

/** How well a country matches: it is called so; it or, less likely, its other name begins so; a word or a part of it does. */
const EXACT = 4;
const BEGINS = 3;
const OTHER_BEGINS = 2;
const PART = 1;

function ranked(countries: readonly Country[], rankOf: (country: Country) => number): readonly Country[] {
  return countries
    .map((country) => ({ country, rank: rankOf(country) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ country }) => country);
}

/** Ranks by calling code, the main region of a shared code first; who goes on typing has begun the number itself. */
function rankOfCode({ region, callingCode }: Country, digits: string): number {
  const code = callingCode.slice(1);
  if (code === digits) return regionOfCode(code, null) === region ? EXACT : BEGINS;
  return code.startsWith(digits) ? OTHER_BEGINS : digits.startsWith(code) ? PART : 0;
}

function rankOfName({ region, name }: Country, wanted: string, names: OtherNames): number {
  const folded = fold(name);
  const others = [region.toLowerCase(), ...(names?.otherNamesOf(region) ?? [])];
  if (folded === wanted || others.includes(wanted)) return EXACT;
  if (folded.startsWith(wanted)) return BEGINS;
  // A single letter would find every country by its code.
  if (wanted.length > 1 && others.some((other) => other.startsWith(wanted))) return OTHER_BEGINS;
  // "Saint Lucia" is written "St. Lucia".
  return Math.max(likeness(folded, wanted), likeness(folded.replace(/^st /, "saint "), wanted)) > 0 ? PART : 0;
}

function likeness(folded: string, wanted: string): number {
  if (folded === wanted) return EXACT;
  if (folded.startsWith(wanted)) return BEGINS;
  const isPart = folded.includes(` ${wanted}`) || (wanted.length > 2 && folded.includes(wanted));
  return isPart ? PART : 0;
}

/** Letters that are no letter with a mark to Unicode, and are to people who lack them on their keyboard. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ı: "i",
};

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}.'’‘ʻ`]/gu, "")
    .replace(/[łøđðþßæœı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
