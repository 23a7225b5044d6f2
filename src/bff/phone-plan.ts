import metadata from "libphonenumber-js/metadata.max.json" with { type: "json" };
import { parsePhone } from "../contract/phone.ts";
import { DEFAULT_PHONE_POLICY, type PhoneChannel, type PhonePolicy, servesAny } from "../contract/phone-policy.ts";
import { Refused } from "./refused.ts";

/** Judges a number by the whole numbering plan, as the page did by a part of it, and returns it as E.164. Throws {@link Refused}. */
export function judgePhone(text: string, channel: PhoneChannel, policy: PhonePolicy): string {
  if (!servesAny(policy[channel])) throw new Refused({ code: "channel_off", channel });
  const verdict = parsePhone(text, { region: null, channel, policy, metadata });
  if (verdict.ok) return verdict.e164;
  throw new Refused({ code: "invalid_phone", reason: verdict.reason, region: verdict.region, channel });
}

/** Returns the channels by which a number can be reached under the policy. */
export function phoneChannelsOf(e164: string, policy: PhonePolicy): PhoneChannel[] {
  const channels: readonly PhoneChannel[] = ["sms", "voice"];
  return channels.filter((channel) => parsePhone(e164, { region: null, channel, policy, metadata }).ok);
}

/** Returns the ISO 3166 letters of the country that a number's plan names; null where it names none. */
export function countryOf(e164: string): string | null {
  return parsePhone(e164, { region: null, channel: "voice", policy: DEFAULT_PHONE_POLICY, metadata }).region;
}
