import metadata from "libphonenumber-js/metadata.max.json" with { type: "json" };
import {
  type ChannelPolicy,
  DEFAULT_PHONE_POLICY,
  PHONE_KINDS,
  type PhoneChannel,
  type PhonePolicy,
} from "../contract/phone-policy.ts";

/**
 * Reads which numbers may be added, and adds a sentence to `problems` for each list that is wrong. A list that is set and
 * empty means none: a variable that was lost on its way must not open every country.
 */
export function readPhonePolicy(env: Record<string, string | undefined>, problems: string[]): PhonePolicy {
  const channels: readonly PhoneChannel[] = ["sms", "voice"];
  const names = channels.flatMap((channel) => [countriesName(channel), kindsName(channel)]);
  // Asked for in any case, so that all four are known to be settings.
  const isSet = names.map((name) => env[name] !== undefined).includes(true);
  if (!isSet) return DEFAULT_PHONE_POLICY;
  const read = (channel: PhoneChannel): ChannelPolicy => ({
    countries: readCountries(countriesName(channel), env, problems),
    kinds: readKinds(channel, env, problems),
  });
  return { sms: read("sms"), voice: read("voice") };
}

const countriesName = (channel: PhoneChannel) => `MFA_${channel.toUpperCase()}_COUNTRIES`;
const kindsName = (channel: PhoneChannel) => `MFA_${channel.toUpperCase()}_KINDS`;

function readCountries(
  name: string,
  env: Record<string, string | undefined>,
  problems: string[],
): ChannelPolicy["countries"] {
  const listed = listOf(env[name]?.toUpperCase() ?? "ALL");
  if (listed.length === 1 && listed[0] === "ALL") return "all";
  if (listed.length === 1 && listed[0] === "NONE") return [];
  const unknown = listed.filter((region) => !Object.hasOwn(metadata.countries, region));
  if (unknown.length > 0)
    problems.push(
      `${name} must be all, none, or countries by their two ISO letters, such as US,CA,DE, with commas${named(unknown)}.`,
    );
  return listed;
}

function readKinds(
  channel: PhoneChannel,
  env: Record<string, string | undefined>,
  problems: string[],
): ChannelPolicy["kinds"] {
  const text = env[kindsName(channel)];
  if (text === undefined) return DEFAULT_PHONE_POLICY[channel].kinds;
  const listed = listOf(text.toLowerCase());
  const kinds = PHONE_KINDS.filter((kind) => listed.includes(kind));
  if (kinds.length !== listed.length)
    problems.push(`${kindsName(channel)} must list ${PHONE_KINDS.join(", ")}, with commas.`);
  return kinds;
}

function listOf(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  return [...new Set(parts.filter(Boolean))];
}

/** Two or three letters are a mistaken country and worth naming in a long list; anything longer may be a secret in the wrong place. */
function named(unknown: readonly string[]): string {
  const short = unknown.filter((region) => /^[A-Z]{2,3}$/.test(region));
  return short.length === 0 ? "" : `; not ${short.join(", ")}`;
}
