import { type PhoneMetadata, type PhoneVerdict, parsePhone } from "../../contract/phone.ts";
import type { PhoneChannel, PhonePolicy } from "../../contract/phone-policy.ts";
import { type PhoneText, readPhoneText } from "../../contract/phone-text.ts";
import { fetchPlan, planAtHand } from "./phone-plan.ts";
import { callingCodeOf, leadingCallingCode } from "./regions.ts";

/** Describes the countries a number is read by: the one shown, and the one from whose network it is dialled (it decides what 011 means). */
export type PhonePlace = { readonly region: string | null; readonly dialledFrom: string | null };

/** Judges what begins with no known calling code; the verdict needs no plan then. */
const NO_PLANS: PhoneMetadata = { version: 4, country_calling_codes: {}, countries: {}, nonGeographic: {} };

/** Reads a phone field with the way the person's region dials abroad. */
export function readPhone(text: string, dialledFrom: string | null): PhoneText {
  const prefix = dialledFrom === null ? undefined : planAtHand(callingCodeOf(dialledFrom))?.countries[dialledFrom]?.[1];
  return readPhoneText(text, prefix || undefined);
}

/** Returns the calling code of what was read: its own, or that of the region shown. */
export function callingCodeIn(read: PhoneText, region: string | null): string | null {
  return read.kind === "international" ? leadingCallingCode(read.digits) : callingCodeOf(region);
}

/** Judges a number by the plan of its calling code alone, fetched where it is not here yet; rejects when it cannot be fetched. */
export async function judgePhone(
  text: string,
  { region, dialledFrom }: PhonePlace,
  channel: PhoneChannel,
  policy: PhonePolicy,
): Promise<PhoneVerdict> {
  const read = readPhone(text, dialledFrom);
  const metadata = (await fetchPlan(callingCodeIn(read, region))) ?? NO_PLANS;
  // A prefix of the person's own network means nothing beside the plan of another country.
  const ownPrefix = read.kind === "international" && !/^\+|^00/.test(read.prefix);
  return parsePhone(ownPrefix ? `+${read.digits}` : text, { region, channel, policy, metadata });
}

/** Returns the number in international form without any check, for the service to judge; null where no country is known. */
export function unjudgedPhone(text: string, { region, dialledFrom }: PhonePlace): string | null {
  const read = readPhone(text, dialledFrom);
  if (read.kind === "international") return `+${read.digits}`;
  const code = callingCodeOf(region);
  return read.kind === "national" && code !== null ? `+${code}${read.digits}` : null;
}
