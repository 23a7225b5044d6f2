import metadata from "libphonenumber-js/metadata.max.json" with { type: "json" };
import { parsePhone, type PhoneVerdict } from "../contract/phone.ts";
import { DEFAULT_PHONE_POLICY, type PhoneChannel, type PhonePolicy, servesAny } from "../contract/phone-policy.ts";
import { createLatest, type Latest } from "./latest.ts";
import { Refused } from "./refused.ts";

/** As many as are asked about at once, by text and by call: one request asks six times about its number. */
const VERDICTS_KEPT = 200;
const verdicts = new WeakMap<PhonePolicy, Latest<PhoneVerdict>>();

/** Judges a number by the whole numbering plan, once for all who ask about it now. */
function judge(text: string, channel: PhoneChannel, policy: PhonePolicy): PhoneVerdict {
  const known = verdictsUnder(policy);
  const asked = `${channel} ${text}`;
  const before = known.get(asked);
  if (before) return before;
  const verdict = parsePhone(text, { region: null, channel, policy, metadata });
  known.set(asked, verdict);
  return verdict;
}

function verdictsUnder(policy: PhonePolicy): Latest<PhoneVerdict> {
  const known = verdicts.get(policy) ?? createLatest<PhoneVerdict>(VERDICTS_KEPT);
  verdicts.set(policy, known);
  return known;
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
