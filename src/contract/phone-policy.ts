import type { PhoneReason } from "./problem.ts";

/*
 * Which numbers a host lets people add, by channel. The BFF judges by it and tells it to the page, so that nobody is offered
 * what will be refused; it is set in one place, the BFF's settings.
 */

/** Lists what an accepted number can be by its plan. Where mobile and fixed numbers look alike the plan cannot tell. */
export const PHONE_KINDS = ["mobile", "fixed_line", "fixed_line_or_mobile", "voip"] as const;

/** Names what an accepted number is by its plan. */
export type PhoneKind = (typeof PHONE_KINDS)[number];

/** Names the way a phone number is reached. */
export type PhoneChannel = "sms" | "voice";

/** Describes which numbers one channel serves. An empty list means none, and a channel that serves none is not offered. */
export type ChannelPolicy = {
  /** ISO 3166 regions, the host's most frequent one first; a number counts for the region that its plan names. */
  readonly countries: "all" | readonly string[];
  readonly kinds: readonly PhoneKind[];
};

/** Describes which numbers people may add, for each channel. */
export type PhonePolicy = Readonly<Record<PhoneChannel, ChannelPolicy>>;

/** What goes where the host says nothing: every country, and a landline by call alone. */
export const DEFAULT_PHONE_POLICY: PhonePolicy = {
  sms: { countries: "all", kinds: ["mobile", "fixed_line_or_mobile", "voip"] },
  voice: { countries: "all", kinds: ["mobile", "fixed_line_or_mobile", "voip", "fixed_line"] },
};

/** Tells whether a channel serves any number at all. */
export function servesAny({ countries, kinds }: ChannelPolicy): boolean {
  return countries.length > 0 && kinds.length > 0;
}

/** Tells whether a channel serves numbers of a region. */
export function servesCountry({ countries }: ChannelPolicy, region: string | null): boolean {
  return countries === "all" || (region !== null && countries.includes(region));
}

/** Returns why a channel does not serve a number that can be reached; null where it does. */
export function whyNotServed(
  policy: PhonePolicy,
  channel: PhoneChannel,
  { region, type }: { readonly region: string; readonly type: PhoneKind },
): PhoneReason | null {
  if (!servesCountry(policy[channel], region)) return "country_not_served";
  if (policy[channel].kinds.includes(type)) return null;
  return type === "fixed_line" && channel === "sms" ? "landline" : "kind_not_served";
}
