import {
  type CountryCode,
  Metadata,
  type MetadataJson,
  type PhoneNumber,
  type PhoneNumberType,
  parsePhoneNumberFromString,
} from "libphonenumber-js/core/es6";
import { PHONE_KINDS, type PhoneChannel, type PhoneKind, type PhonePolicy, whyNotServed } from "./phone-policy.ts";
import { readPhoneText } from "./phone-text.ts";
import type { PhoneReason } from "./problem.ts";

/*
 * Judges phone numbers by the numbering plans of libphonenumber, on the device and again in the BFF. Which plans it sees
 * is the caller's: all of them, or those of one calling code, with the same verdict. It must never know a carrier or a
 * network; a plan tells what a number is for, not who answers.
 */

/** Describes numbering plans: the whole `libphonenumber-js/metadata.max.json`, or the part of it for one calling code. */
export type PhoneMetadata = MetadataJson;

/** Describes what a phone number is judged against. */
export type PhoneRules = {
  /** ISO 3166 region that a number without a calling code belongs to; null where none is known. */
  readonly region: string | null;
  readonly channel: PhoneChannel;
  readonly policy: PhonePolicy;
  readonly metadata: PhoneMetadata;
};

/** Describes the verdict on a phone number; `region` is the number's own where it is known, else the one that was assumed. */
export type PhoneVerdict =
  | { readonly ok: true; readonly e164: string; readonly region: string; readonly type: PhoneKind }
  | { readonly ok: false; readonly reason: PhoneReason; readonly region: string | null };

/** The calling codes of satellite phones (ITU-T E.164): Inmarsat, and the global mobile satellite systems. */
const SATELLITE = /^8(?:70|81)/;

/** The other calling codes of no country: freephone, shared cost, personal numbers, networks, disaster relief, premium rate. */
const INTERNATIONAL_NETWORK = /^(?:80[08]|878|88[238]|979)/;

/** ITU-T E.164 section 6.2.1: fifteen digits with the calling code, though some national plans allow more. */
const MAX_DIGITS = 15;

const VERDICTS: Readonly<Record<PhoneNumberType, PhoneKind | PhoneReason>> = {
  MOBILE: "mobile",
  FIXED_LINE: "fixed_line",
  FIXED_LINE_OR_MOBILE: "fixed_line_or_mobile",
  VOIP: "voip",
  PREMIUM_RATE: "premium",
  SHARED_COST: "shared_cost",
  TOLL_FREE: "toll_free",
  PAGER: "pager",
  VOICEMAIL: "voicemail",
  PERSONAL_NUMBER: "personal",
  UAN: "company",
};

/**
 * Judges a phone number as it was typed: its E.164 form, or why codes cannot go there. Premium, shared-cost, toll-free,
 * pager, voicemail, personal, company, satellite and network numbers are refused whatever the policy says.
 */
export function parsePhone(text: string, rules: PhoneRules): PhoneVerdict {
  const { region, metadata } = rules;
  const read = readPhoneText(text, internationalPrefixOf(region, metadata));
  if (read.kind === "empty" || read.kind === "extension") return refused(read.kind, region);
  if (read.kind === "unreadable") return refused("not_a_number", region);
  if (read.kind === "national") {
    if (region === null || !isRegion(region, metadata)) return refused("unknown_country", null);
    return judge(read.digits, region, rules);
  }
  if (read.digits === "") return refused("not_a_number", region);
  if (SATELLITE.test(read.digits)) return refused("satellite", null);
  if (INTERNATIONAL_NETWORK.test(read.digits)) return refused("international_network", null);
  const main = regionsOf(read.digits, metadata);
  if (main.length === 0) return refused("unknown_country", null);
  const home = main.find((one) => one === region) ?? main[0] ?? "";
  const verdict = judge(`+${read.digits}`, home, rules);
  if (verdict.ok || read.withoutTrunkZero === null) return verdict;
  // "+44 (0)20" drops the 0 and "+39 (0)6" keeps it, so both are tried before the number is refused.
  return judge(`+${read.withoutTrunkZero}`, home, rules);
}

function judge(digits: string, region: string, { channel, policy, metadata }: PhoneRules): PhoneVerdict {
  const number = parse(digits, region, metadata);
  if (number === undefined) return refused(digits.length > MAX_DIGITS ? "too_long" : "too_short", region);
  const type = number.getType();
  const own = number.country ?? region;
  if (type === undefined) return refused(whyNot(number, region, metadata), region);
  if (number.number.length > MAX_DIGITS + 1) return refused("too_long", own);
  const kind = VERDICTS[type];
  if (!isKind(kind)) return refused(kind, own);
  const why = whyNotServed(policy, channel, { region: own, type: kind });
  return why === null ? { ok: true, e164: number.number, region: own, type: kind } : refused(why, own);
}

/** Tells a number that stops early or runs on from one that is wrong: would more or fewer digits make it a number? */
function whyNot(number: PhoneNumber, region: string, metadata: PhoneMetadata): PhoneReason {
  const lengths = possibleLengths(number.country ?? region, metadata);
  const length = number.nationalNumber.length;
  const longest = lengths.at(-1) ?? MAX_DIGITS;
  if (length < (lengths[0] ?? 0)) return "too_short";
  if (length > longest) return "too_long";
  const isNumber = (digits: string) =>
    parse(`+${number.countryCallingCode}${digits}`, region, metadata)?.isValid() === true;
  // One digit stands for all: what follows the first ones rarely decides, and a wrong guess costs only a vaguer sentence.
  for (const filler of ["1", "2", "5"]) {
    for (let more = 1; length + more <= longest; more++) {
      if (isNumber(number.nationalNumber + filler.repeat(more))) return "too_short";
    }
  }
  for (let fewer = 1; fewer <= 3; fewer++) {
    if (isNumber(number.nationalNumber.slice(0, -fewer))) return "too_long";
  }
  return lengths.includes(length) ? "not_in_plan" : "too_short";
}

function parse(digits: string, region: string, metadata: PhoneMetadata): PhoneNumber | undefined {
  if (!isRegion(region, metadata)) return undefined;
  return parsePhoneNumberFromString(digits, { defaultCountry: region, extract: false }, metadata);
}

function isRegion(region: string, { countries }: PhoneMetadata): region is CountryCode {
  return Object.hasOwn(countries, region);
}

/** The pattern with which a region dials abroad; undefined where the region is not among the plans. */
function internationalPrefixOf(region: string | null, metadata: PhoneMetadata): string | undefined {
  const prefix: unknown = region !== null && isRegion(region, metadata) ? metadata.countries[region]?.[1] : undefined;
  return typeof prefix === "string" ? prefix : undefined;
}

function possibleLengths(region: string, metadata: PhoneMetadata): readonly number[] {
  const plans = new Metadata(metadata);
  if (isRegion(region, metadata)) plans.selectNumberingPlan(region);
  return plans.numberingPlan?.possibleLengths() ?? [];
}

/** The regions of the calling code that the digits begin with; the first is the main one. Calling codes have one to three digits. */
function regionsOf(digits: string, { country_calling_codes: regions }: PhoneMetadata): readonly string[] {
  for (const length of [1, 2, 3]) {
    const found = regions[digits.slice(0, length)];
    if (found !== undefined) return found;
  }
  return [];
}

function isKind(verdict: PhoneKind | PhoneReason): verdict is PhoneKind {
  return PHONE_KINDS.some((kind) => kind === verdict);
}

function refused(reason: PhoneReason, region: string | null): PhoneVerdict {
  return { ok: false, reason, region };
}

/** Calling codes by ITU-T E.164: one digit for 1 and 7, two for the listed ones, three for the rest. */
const CALLING_CODE = /^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/**
 * Returns a number as it may be shown: its calling code and last digits, never longer than the number and never more
 * than four digits in all. What is not E.164 is masked whole.
 */
export function maskPhone(e164: string): string {
  const code = /^\+\d{7,15}$/.test(e164) ? CALLING_CODE.exec(e164)?.[0] : undefined;
  if (code === undefined) return "•".repeat(Math.min(4, e164.length));
  // A calling code has one to three digits, which leaves two or one of the four for the end.
  const end = e164.slice(-Math.min(2, 5 - code.length));
  const hidden = Math.min(4, e164.length - code.length - end.length - 2);
  // No line breaks inside it.
  return `${code}\u00a0${"•".repeat(hidden)}\u00a0${end}`;
}
