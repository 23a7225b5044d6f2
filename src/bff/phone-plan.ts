import metadata from "libphonenumber-js/metadata.max.json" with { type: "json" };
import { parsePhone, type PhoneVerdict } from "../contract/phone.ts";
import {
  DEFAULT_PHONE_POLICY,
  PHONE_KINDS,
  type PhoneChannel,
  type PhonePolicy,
  servesAny,
  whyNotServed,
} from "../contract/phone-policy.ts";
import { createLatest } from "./latest.ts";
import { Refused } from "./refused.ts";

/** As many as are asked about at once: one request asks several times about its number. */
const VERDICTS_KEPT = 200;
const verdicts = createLatest<PhoneVerdict>(VERDICTS_KEPT);
/** Whatever a plan allows, so that what it says of a number is found out once, whoever is served. */
const ALL: PhonePolicy = {
  sms: { countries: "all", kinds: PHONE_KINDS },
  voice: { countries: "all", kinds: PHONE_KINDS },
};

/** Judges a number by the whole numbering plan and then by the policy. */
function judge(text: string, channel: PhoneChannel, policy: PhonePolicy): PhoneVerdict {
  const verdict = verdicts.get(text) ?? parsePhone(text, { region: null, channel, policy: ALL, metadata });
  verdicts.set(text, verdict);
  if (!verdict.ok) return verdict;
  const reason = whyNotServed(policy, channel, verdict);
  return reason === null ? verdict : { ok: false, reason, region: verdict.region };
}

/** Judges a number by the whole numbering plan, as the page did by a part of it, and returns it as E.164. Throws {@link Refused}. */
export function judgePhone(text: string, channel: PhoneChannel, policy: PhonePolicy): string {
  if (!servesAny(policy[channel])) throw new Refused({ code: "channel_off", channel });
  const verdict = judge(text, channel, policy);
  if (verdict.ok) return verdict.e164;
  throw new Refused({ code: "invalid_phone", reason: verdict.reason, region: verdict.region, channel });
}

/** Returns the channels by which a number can be reached under the policy. */
export function phoneChannelsOf(e164: string, policy: PhonePolicy): PhoneChannel[] {
  const channels: readonly PhoneChannel[] = ["sms", "voice"];
  return channels.filter((channel) => judge(e164, channel, policy).ok);
}

/** Returns the ISO 3166 letters of the country that a number's plan names; null where it names none. */
export function countryOf(e164: string): string | null {
  return judge(e164, "voice", DEFAULT_PHONE_POLICY).region;
}
