import { readCount } from "./read-count.ts";
import { parseTrustedProxies, type TrustedProxies } from "./trusted-proxies.ts";

/** Says how many messages and sign-ins there may be, counted over all nodes and all accounts. */
export type Limits = {
  /** Messages that one visit, and one client's address, may ask for in an hour. */
  sendsPerVisitHour: number;
  sendsPerIpHour: number;
  /** Messages to one number, address or existing method in ten minutes. */
  sendsPerContactTenMinutes: number;
  /** Messages to one range of numbers (their first seven digits), one country, one mail domain in an hour. */
  sendsPerPrefixHour: number;
  sendsPerCountryHour: number;
  sendsPerDomainHour: number;
  /** Messages of all in a day. */
  sendsPerDay: number;
  /** Messages whose codes are not entered, for a range of numbers, a country and everywhere in an hour, before no more go there. */
  unenteredPerPrefixHour: number;
  unenteredPerCountryHour: number;
  unenteredPerHour: number;
  /** Passwords that are not accepted, for one name and from one address in an hour. */
  signInsPerNameHour: number;
  signInsPerIpHour: number;
  /** People of one address who leave for the tenant's page in an hour. */
  signInsBegunPerIpHour: number;
  /** Tells whose `X-Forwarded-For` is believed. */
  isTrustedProxy: TrustedProxies;
};

/** Reasons beside the numbers; every one can be set. */
const DEFAULTS = {
  /** What an account has in an hour, five for phones and five for mailboxes: one visit is one person's. */
  sendsPerVisitHour: 10,
  /** Several people behind one address can enroll. Auth0 allows an address 50 in an hour at its own passwordless start. */
  sendsPerIpHour: 20,
  /** Whoever has not received three messages in ten minutes is not helped by a fourth; a stranger would be flooded. */
  sendsPerContactTenMinutes: 3,
  /** Ten thousand numbers at most share seven digits: twenty people of them in one hour is much, and little to earn. */
  sendsPerPrefixHour: 20,
  /** A busy site's hour in one country, and half of it would go on a morning after an announcement. */
  sendsPerCountryHour: 2_000,
  sendsPerDomainHour: 2_000,
  /** At five US cents a text this is a thousand dollars: what the worst day may cost. */
  sendsPerDay: 20_000,
  /** Five people of one range who all give up in one hour are no coincidence, where nobody else of it goes on. */
  unenteredPerPrefixHour: 5,
  /** Three such areas, or 45 people at once between message and code in a country where nobody has entered one yet. */
  unenteredPerCountryHour: 45,
  /** Three such countries and a little: at five US cents, what a fraud costs in the hour that it is found out in. */
  unenteredPerHour: 150,
  /** Below the ten at which Auth0 locks the account for an address, which only a mail or an administrator ends. */
  signInsPerNameHour: 8,
  /** Below the hundred at which Auth0 holds back an address for a day. */
  signInsPerIpHour: 40,
  /** An office behind one address on a Monday morning; each is a record of four kilobytes for a quarter of an hour. */
  signInsBegunPerIpHour: 300,
} as const;

/** Reads the limits, and adds a sentence to `problems` for each that is wrong. */
export function readLimits(env: Record<string, string | undefined>, problems: string[]): Limits {
  const count = (name: string, key: keyof typeof DEFAULTS) =>
    readCount(env, { name, fallback: DEFAULTS[key] }, problems);
  const proxies = (env["MFA_TRUSTED_PROXIES"] ?? "").split(",").map((part) => part.trim());
  const isTrustedProxy = parseTrustedProxies(proxies.filter(Boolean));
  if (!isTrustedProxy)
    problems.push("MFA_TRUSTED_PROXIES must list addresses or networks such as 10.0.0.0/8, with commas.");
  return {
    sendsPerVisitHour: count("MFA_SENDS_PER_VISIT_HOUR", "sendsPerVisitHour"),
    sendsPerIpHour: count("MFA_SENDS_PER_IP_HOUR", "sendsPerIpHour"),
    sendsPerContactTenMinutes: count("MFA_SENDS_PER_CONTACT_TEN_MINUTES", "sendsPerContactTenMinutes"),
    sendsPerPrefixHour: count("MFA_SENDS_PER_PREFIX_HOUR", "sendsPerPrefixHour"),
    sendsPerCountryHour: count("MFA_SENDS_PER_COUNTRY_HOUR", "sendsPerCountryHour"),
    sendsPerDomainHour: count("MFA_SENDS_PER_DOMAIN_HOUR", "sendsPerDomainHour"),
    sendsPerDay: count("MFA_SENDS_PER_DAY", "sendsPerDay"),
    unenteredPerPrefixHour: count("MFA_UNENTERED_PER_PREFIX_HOUR", "unenteredPerPrefixHour"),
    unenteredPerCountryHour: count("MFA_UNENTERED_PER_COUNTRY_HOUR", "unenteredPerCountryHour"),
    unenteredPerHour: count("MFA_UNENTERED_PER_HOUR", "unenteredPerHour"),
    signInsPerNameHour: count("MFA_SIGN_INS_PER_NAME_HOUR", "signInsPerNameHour"),
    signInsPerIpHour: count("MFA_SIGN_INS_PER_IP_HOUR", "signInsPerIpHour"),
    signInsBegunPerIpHour: count("MFA_SIGN_INS_BEGUN_PER_IP_HOUR", "signInsBegunPerIpHour"),
    isTrustedProxy: isTrustedProxy ?? (() => false),
  };
}
