import * as z from "zod/mini";
import { startSchema } from "../contract/requests.ts";
import { newId } from "./sealing.ts";

/** Parses a credential for the tenant's MFA API: the opaque `mfa_token` of a sign-in, or a JWT for the MFA audience. Never interchangeable by accident. */
const credentialSchema = z.object({
  kind: z.enum(["mfaToken", "mfaJwt"]),
  value: z.string(),
  expiresAt: z.number(),
});

/** Parses an open challenge with what the tenant needs to check it. */
const challengeRecordSchema = z.object({
  id: z.string(),
  channel: z.enum(["sms", "voice", "email", "otp", "push", "recovery_code"]),
  /** The tenant's id of the challenged authenticator; null for the recovery code. */
  upstreamId: z.nullable(z.string()),
  contact: z.nullable(z.string()),
  oobCode: z.nullable(z.string()),
  sentAt: z.number(),
  codeExpiresAt: z.number(),
  sends: z.number(),
  pollAfterSeconds: z.number(),
});

/**
 * Parses what a visit holds: who is there, what proves it, and the credential. Everything that must outlive the visit
 * (budgets, the pending enrollment, the recovery code) stands in the account record instead.
 */
export const sessionRecordSchema = z.object({
  /** Stays when the cookie changes at a new proof, so that handles and a pending enrollment stay the visit's own. */
  visitId: z.string(),
  createdAt: z.number(),
  /** The last time the person did something; reading does not count. */
  activeAt: z.number(),
  /** A sign-in that has left for the tenant's page (RFC 6749 section 4.1, RFC 7636). */
  leaving: z.nullable(
    z.object({
      state: z.string(),
      nonce: z.string(),
      codeVerifier: z.string(),
      returnTo: z.string(),
      maxAge: z.number(),
      at: z.number(),
    }),
  ),
  signInProblem: z.nullable(z.enum(["cancelled", "expired", "refused", "unavailable"])),
  person: z.nullable(
    z.object({
      accountId: z.string(),
      /** What pages know them by, the same through the whole visit; null in a record from before there was one. */
      id: z.catch(z.nullable(z.string()), null),
      name: z.string(),
      way: z.enum(["redirect", "password", "host"]),
      /** False while only the user name is known: the account is then looked up anew at each request. */
      subjectKnown: z.boolean(),
      /** The tenant's `sub`; null until a token has said it. It is taken from nowhere else. */
      subject: z.nullable(z.string()),
      /** What was typed to sign in by password; null in the other ways. */
      username: z.nullable(z.string()),
      /** The verified address of the account, to recognise the authenticator the tenant lists by itself. */
      verifiedEmail: z.nullable(z.string()),
      /** The account's own address, verified or not: where its password would be reset, so where its owner is told of changes. */
      email: z.nullable(z.string()),
    }),
  ),
  credential: z.nullable(credentialSchema),
  provenAt: z.nullable(z.number()),
  draft: z.nullable(startSchema),
  /** Who typed the draft, where it was typed before anybody signed in again; null where it is this visit's own. */
  draftBy: z.catch(z.nullable(z.string()), null),
  challenge: z.nullable(challengeRecordSchema),
  /** True once something was earned or changed since the id was given: the next answer carries a new one. */
  turnDue: z.catch(z.boolean(), false),
  /**
   * Set once the visit goes on under another id: under which (null where this one is simply over), by the answer to which request it
   * was given, since when, and whether it has been used.
   */
  moved: z.catch(
    z.nullable(z.object({ cookie: z.nullable(z.string()), request: z.string(), at: z.number(), used: z.boolean() })),
    null,
  ),
  /** The record of the earlier id, until the present one is used. */
  from: z.catch(z.nullable(z.string()), null),
});

/** Describes what a visit holds. */
export type SessionRecord = z.infer<typeof sessionRecordSchema>;
/** Describes a credential for the tenant's MFA API. */
export type Credential = z.infer<typeof credentialSchema>;
/** Describes an open challenge. */
export type ChallengeRecord = z.infer<typeof challengeRecordSchema>;
/** Describes the person a visit belongs to. */
export type Person = NonNullable<SessionRecord["person"]>;

/** Returns a visit in which nothing has happened yet. */
export function newSession(now: number): SessionRecord {
  return {
    visitId: newId(),
    createdAt: now,
    activeAt: now,
    leaving: null,
    signInProblem: null,
    person: null,
    credential: null,
    provenAt: null,
    draft: null,
    draftBy: null,
    challenge: null,
    turnDue: false,
    moved: null,
    from: null,
  };
}
