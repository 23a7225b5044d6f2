import * as z from "zod/mini";
import type { Listed } from "./account-record.ts";
import type { Credential } from "./session-record.ts";

/*
 * Reads the tenant's successful answers. Each is parsed here and nowhere else; one that does not have its form is null, which
 * is "unclear" to whoever asked, never a guess.
 */

/** What the tenant gave for a password, a code or a recovery code. Times are epoch ms. */
export type Tokens = {
  credential: Credential;
  idToken: string | null;
  /** A new recovery code, when the tenant changed it with this call. */
  recoveryCode: string | null;
};

/** What the tenant answered to an enrollment by message. `garbledRecoveryCode`: there was one and it cannot be read. */
export type Associated = { oobCode: string; recoveryCodes: string[]; garbledRecoveryCode: boolean };

const tokensSchema = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  id_token: z.optional(z.string()),
  recovery_code: z.optional(z.unknown()),
});
const associatedSchema = z.object({
  oob_code: z.string().check(z.minLength(1)),
  recovery_codes: z.optional(z.unknown()),
});
const challengedSchema = z.object({ challenge_type: z.string(), oob_code: z.optional(z.string()) });
const listedWireSchema = z.object({
  id: z.string(),
  authenticator_type: z.string(),
  active: z.boolean(),
  oob_channel: z.optional(z.string()),
  // What the reference page calls it; seen in no recording.
  oob_channels: z.catch(z.optional(z.array(z.string())), undefined),
  name: z.catch(z.nullable(z.string()), null),
  created_at: z.catch(z.optional(z.string()), undefined),
  last_auth: z.catch(z.optional(z.string()), undefined),
});
/** Upper-case letters and digits; Auth0's are 24 long. A cut code must never be shown as a real one. */
const RECOVERY_CODE = /^[A-Z0-9]{24}$/;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Returns the tokens that an answer of the token endpoint holds, null when it is none. */
export function readTokens(text: string, now: number): Tokens | null {
  const parsed = tokensSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { access_token, expires_in, id_token, recovery_code } = parsed.data;
  return {
    credential: { kind: "mfaJwt", value: access_token, expiresAt: now + expires_in * 1000 },
    idToken: id_token ?? null,
    recoveryCode: readRecoveryCodes(recovery_code)[0] ?? null,
  };
}

/** Returns what an enrollment by message was answered, null when it cannot be confirmed. */
export function readAssociated(text: string): Associated | null {
  const parsed = associatedSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const given = parsed.data.recovery_codes ?? [];
  const recoveryCodes = readRecoveryCodes(given);
  const none = given === "" || (Array.isArray(given) && given.length === 0);
  return { oobCode: parsed.data.oob_code, recoveryCodes, garbledRecoveryCode: !none && recoveryCodes.length === 0 };
}

/** Returns the whole codes in what should be a list of them; a bare string counts as one. */
function readRecoveryCodes(given: unknown): string[] {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.filter((code): code is string => typeof code === "string" && RECOVERY_CODE.test(code));
}

/** Returns what a challenge was answered, null when it is no answer. An authenticator app gets no `oob_code`. */
export function readChallenged(text: string): { oobCode: string | null } | null {
  const parsed = challengedSchema.safeParse(parseJson(text));
  return parsed.success ? { oobCode: parsed.data.oob_code ?? null } : null;
}

/** Returns the entries of the tenant's list, null when any of them is not understood. */
export function readList(text: string): Listed[] | null {
  const body = parseJson(text);
  // An entry that is not understood makes the whole list unknown: without it, somebody enrolled could pass for somebody new.
  const parsed = z.array(listedWireSchema).safeParse(body);
  if (!parsed.success) return null;
  return parsed.data.map((entry) => ({
    id: entry.id,
    kind: kindOf(entry.authenticator_type, entry.oob_channel ?? entry.oob_channels?.[0]),
    active: entry.active,
    name: entry.name,
    createdAt: instantOf(entry.created_at),
    lastUsedAt: instantOf(entry.last_auth),
  }));
}

function kindOf(type: string, channel: string | undefined): Listed["kind"] {
  if (type === "otp") return "otp";
  if (type === "recovery-code") return "recovery_code";
  if (channel === "sms" || channel === "voice" || channel === "email") return channel;
  return channel === "auth0" ? "push" : "other";
}

function instantOf(text: string | undefined): number | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? null : at;
}
