import type { Channel } from "../contract/channel.ts";
import { type OptionalSettings, readOptionalSettings } from "./optional-settings.ts";
import type { PhonePolicy } from "../contract/phone-policy.ts";
import { readCount } from "./read-count.ts";
import { type Keys, readKeys } from "./read-keys.ts";
import { type Limits, readLimits } from "./read-limits.ts";
import { readPhonePolicy } from "./read-phone-policy.ts";
import { parseRedisUrl } from "./redis-url.ts";

/** Says which tenant, as which application. */
export type TenantSettings = {
  /** Origin with a trailing slash: the issuer, and where every call goes. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Exactly as the tenant names its MFA API; with the trailing slash. */
  mfaAudience: string;
  /** The database connection for `password-realm`; null for the tenant's default directory. */
  realm: string | null;
};

/** Says everything the BFF can be told. Durations are seconds. */
export type Settings = OptionalSettings & {
  tenant: TenantSettings;
  /** Origin of the page, without a trailing slash. */
  publicUrl: string;
  /** Where the BFF is mounted, without a trailing slash. */
  basePath: string;
  keys: Keys;
  /** The Redis that keeps the records; null for this process's memory, which one node alone can use. */
  redisUrl: string | null;
  signInWays: ("redirect" | "password")[];
  channels: Channel[];
  /** Which numbers may be added. */
  phonePolicy: PhonePolicy;
  /** Paths a sign-in may come back to. The first one is the default. */
  returnTo: string[];
  /** How fresh a proof must be for a change. */
  proofSeconds: number;
  /** How long an opaque `mfa_token` is trusted: Auth0 does not tell its life, sources say five or ten minutes. */
  mfaTokenSeconds: number;
  /** A visit ends after this long without an action, and after `sessionSeconds` in any case. */
  idleSeconds: number;
  sessionSeconds: number;
  /** Messages of one enrollment; messages to a phone, and to mailboxes, of one account in an hour. */
  sendsPerEnrollment: number;
  sendsPerHour: number;
  /** Wrong codes for one message; codes of one account in an hour. */
  triesPerCode: number;
  triesPerHour: number;
  /** And over all accounts. */
  limits: Limits;
  /** How long an unsaved recovery code is kept, sealed. */
  recoveryHoldSeconds: number;
  /** How old the list of authenticators may be before a reading of the session reads it again. */
  listMaxAgeSeconds: number;
  /** Requests in work on one node beyond which what begins something is refused; all else at twice as many. */
  mostRequests: number;
};

/** Reasons beside the numbers; every one can be set. */
const DEFAULTS = {
  /** Five minutes: ASVS 7.5.1 asks for a recent proof, common identity products take five to ten. */
  proofSeconds: 300,
  mfaTokenSeconds: 300,
  /** Fifteen minutes without an action, eight hours in all: a working day in an account page. */
  idleSeconds: 900,
  sessionSeconds: 8 * 3600,
  /** Below Auth0's own ten an hour, so that we never spend a budget that only Auth0 could give back. */
  sendsPerEnrollment: 4,
  sendsPerHour: 5,
  /** Below Auth0's ten wrong codes, after which it gives one try each six minutes. */
  triesPerCode: 5,
  triesPerHour: 8,
  /** As long as a visit can live: nobody who is still there can lose the only copy there is. */
  recoveryHoldSeconds: 8 * 3600,
  /** Short enough that a second device's change shows while somebody looks for it, long enough to spare the tenant. */
  listMaxAgeSeconds: 30,
  /** With 32 connections to a tenant that answers in a quarter of a second, the thousandth waits as long as a page does: eight seconds. */
  mostRequests: 1_000,
} as const;

const KNOWN_CHANNELS: readonly string[] = ["sms", "voice", "email"];
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * Reads the settings from the environment. Returns either all of them, or one sentence for each that is missing or wrong;
 * there is no default tenant to fall back to.
 */
export function readSettings(env: Record<string, string | undefined>): { settings: Settings } | { problems: string[] } {
  const problems: string[] = [];
  const need = (name: string, what: string): string => {
    const value = env[name]?.trim() ?? "";
    if (value === "") problems.push(`${name} is missing: ${what}.`);
    return value;
  };
  const listOf = (name: string, fallback: string) =>
    (env[name]?.trim() || fallback)
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
  const count = (name: string, fallback: number) => readCount(env, { name, fallback }, problems);

  const domain = need("AUTH0_DOMAIN", "the tenant's domain, such as example.eu.auth0.com");
  const issuer = domain === "" ? null : originOf(domain.includes("://") ? domain : `https://${domain}`);
  if (domain !== "" && issuer === null)
    problems.push("AUTH0_DOMAIN must be a host name; http:// is allowed on loopback only.");
  const clientId = need("AUTH0_CLIENT_ID", "the application's client id");
  const clientSecret = need("AUTH0_CLIENT_SECRET", "the application's client secret");
  const page = need("MFA_PUBLIC_URL", "the address people open, such as https://account.example.com");
  const publicUrl = page === "" ? null : originOf(page);
  if (page !== "" && publicUrl === null)
    problems.push("MFA_PUBLIC_URL must be an https address; http:// is allowed on loopback only.");
  const keys = readKeys(env, problems);

  const ways = listOf("MFA_SIGN_IN", "redirect");
  const signInWays = ways.filter((way) => way === "redirect" || way === "password");
  if (signInWays.length !== ways.length || ways.length === 0)
    problems.push("MFA_SIGN_IN must be redirect, password, or both with a comma.");
  const names = listOf("MFA_CHANNELS", "sms,voice,email");
  const channels = names.filter((name): name is "sms" | "voice" | "email" => KNOWN_CHANNELS.includes(name));
  if (channels.length !== names.length || names.length === 0)
    problems.push("MFA_CHANNELS must list sms, voice, email, with commas.");
  const returnTo = listOf("MFA_RETURN_TO", "/");
  if (returnTo.length === 0 || !returnTo.every((path) => /^\/(?![/\\])[^?#\s]*$/.test(path)))
    problems.push("MFA_RETURN_TO must list paths of this site, each beginning with one slash.");
  const basePath = env["MFA_BASE_PATH"]?.trim() || "/api/mfa";
  if (!/^(?:\/(?!\.)[\w.-]+)+$/.test(basePath)) problems.push("MFA_BASE_PATH must be a path such as /api/mfa.");
  const redisUrl = env["REDIS_URL"]?.trim() || null;
  const redis = redisUrl === null ? null : parseRedisUrl(redisUrl);
  if (redis && "problem" in redis) problems.push(`REDIS_URL ${redis.problem}`);

  const settings: Settings = {
    tenant: {
      issuer: `${issuer ?? ""}/`,
      clientId,
      clientSecret,
      mfaAudience: env["AUTH0_MFA_AUDIENCE"]?.trim() || `${issuer ?? ""}/mfa/`,
      realm: env["AUTH0_REALM"]?.trim() || null,
    },
    publicUrl: publicUrl ?? "",
    basePath,
    keys,
    redisUrl,
    signInWays,
    channels,
    phonePolicy: readPhonePolicy(env, problems),
    returnTo,
    proofSeconds: count("MFA_PROOF_SECONDS", DEFAULTS.proofSeconds),
    mfaTokenSeconds: count("MFA_TOKEN_SECONDS", DEFAULTS.mfaTokenSeconds),
    idleSeconds: count("MFA_IDLE_SECONDS", DEFAULTS.idleSeconds),
    sessionSeconds: count("MFA_SESSION_SECONDS", DEFAULTS.sessionSeconds),
    sendsPerEnrollment: count("MFA_SENDS_PER_ENROLLMENT", DEFAULTS.sendsPerEnrollment),
    sendsPerHour: count("MFA_SENDS_PER_HOUR", DEFAULTS.sendsPerHour),
    triesPerCode: count("MFA_TRIES_PER_CODE", DEFAULTS.triesPerCode),
    triesPerHour: count("MFA_TRIES_PER_HOUR", DEFAULTS.triesPerHour),
    limits: readLimits(env, problems),
    recoveryHoldSeconds: count("MFA_RECOVERY_HOLD_SECONDS", DEFAULTS.recoveryHoldSeconds),
    listMaxAgeSeconds: count("MFA_LIST_MAX_AGE_SECONDS", DEFAULTS.listMaxAgeSeconds),
    mostRequests: count("MFA_MOST_REQUESTS", DEFAULTS.mostRequests),
    ...readOptionalSettings(env, { issuer: `${issuer ?? ""}/`, publicUrl: publicUrl ?? "" }, problems),
  };
  return problems.length === 0 ? { settings } : { problems };
}

/** Returns the origin of an https address, or of an http one on loopback; null for anything else. */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return null;
  if (url.pathname !== "/") return null;
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname))) return url.origin;
  return null;
}
