import * as z from "zod/mini";
import { messageChannelSchema } from "../contract/channel.ts";
import type { Refusal } from "./refused.ts";

/** Parses one entry of the tenant's list, as it was read (Auth0 MFA API, list authenticators). */
export const listedSchema = z.object({
  id: z.string(),
  kind: z.enum(["sms", "voice", "email", "otp", "push", "recovery_code", "other"]),
  active: z.boolean(),
  name: z.nullable(z.string()),
  createdAt: z.nullable(z.number()),
  lastUsedAt: z.nullable(z.number()),
});

/** Parses an enrollment that is under way. */
const pendingSchema = z.object({
  id: z.string(),
  /** How the message whose code can be used was sent. */
  channel: messageChannelSchema,
  /** Masked. The full contact is a secret with an end of its own, under this enrollment's id. */
  contact: z.string(),
  /** A keyed hash that tells whether the same contact is asked for again. */
  contactMark: z.string(),
  /** The authenticator that goes once this one works: the tenant's id, and the visit's own handle for it. */
  replaces: z.nullable(z.object({ id: z.string(), handle: z.string() })),
  /**
   * `sending` and `confirming` stand while a call is under way or its answer is unknown; what they become is decided
   * by the answer or, failing that, by reading the tenant's list.
   */
  status: z.enum(["sending", "code_sent", "send_lost", "confirming"]),
  /** Kept through a resend until the new answer is in: the earlier code goes on working if that answer is lost. */
  oobCode: z.nullable(z.string()),
  /** Which visit started it, and with which credential: the tenant refuses an `oob_code` beside any other. */
  visitId: z.string(),
  credentialTag: z.string(),
  newerMessageLost: z.boolean(),
  sentAt: z.number(),
  codeExpiresAt: z.number(),
  resendAt: z.number(),
  sends: z.number(),
  /** Every channel it was sent by: the first switch to the other one need not wait, later ones do. */
  usedChannels: z.array(messageChannelSchema),
  wrongCodes: z.number(),
  /** The ids that were active before: whatever is active beyond them is this enrollment's doing. */
  activeBefore: z.array(z.string()),
  /** Whether the tenant listed a recovery code before: one that it lists since was handed out with this enrollment. */
  recoveryBefore: z.boolean(),
});

/**
 * Parses what is known of the person's recovery code. The tenant hands it out once, before anything is confirmed. The code
 * itself is a secret with an end of its own, under `secretId`.
 */
const recoverySchema = z.discriminatedUnion("state", [
  /** Received, but nothing is confirmed yet. */
  z.object({ state: z.literal("held"), secretId: z.string(), receivedAt: z.number() }),
  /** Waiting to be saved. The visit `visitId` may see it without a new proof. */
  z.object({
    state: z.literal("to_save"),
    secretId: z.string(),
    since: z.number(),
    visitId: z.string(),
    /** The tenant's id of what was added with it; null when unknown. */
    addedId: z.nullable(z.string()),
  }),
  /** Handed out by the tenant, lost on its way. `due` once something is confirmed, `seen` once the person has been told. */
  z.object({ state: z.literal("lost"), due: z.boolean(), seen: z.boolean() }),
]);

/** Parses what became of one intent. `refusal` null means that it was done. */
const answerSchema = z.object({
  bodyHash: z.string(),
  at: z.number(),
  done: z.boolean(),
  refusal: z.nullable(z.custom<Refusal>((value) => typeof value === "object" && value !== null && "code" in value)),
});

/**
 * Parses what belongs to the account, whoever visits: budgets, the pending enrollment, the recovery code, the last list. A
 * second visit or a new sign-in neither resets a budget nor loses the code.
 */
export const accountRecordSchema = z.object({
  /** Instants of code tries and of sends in the last hour. */
  tries: z.array(z.number()),
  sends: z.array(z.object({ at: z.number(), channel: messageChannelSchema })),
  /** Until when the tenant said no: to codes, or to messages of a channel. */
  blocked: z.object({
    codes: z.number(),
    sms: z.number(),
    voice: z.number(),
    email: z.number(),
  }),
  pending: z.nullable(pendingSchema),
  /** Unconfirmed entries left behind at the tenant by edits, cancels and lost answers. */
  orphans: z.number(),
  recovery: z.nullable(recoverySchema),
  list: z.nullable(
    z.object({
      items: z.array(listedSchema),
      knownAt: z.number(),
      /** True when something changed since that could not be read: the next look reads anew. */
      outdated: z.boolean(),
      /** Counts the changes, so that a slow reading never overwrites what a later one found. */
      version: z.number(),
    }),
  ),
  /** The open challenge's counts, which a visit's own record could not keep from two requests that race. */
  challenge: z.nullable(z.object({ id: z.string(), sends: z.number(), sentAt: z.number(), wrongCodes: z.number() })),
  answers: z.record(z.string(), answerSchema),
  /** The one change that is under way; others wait for it. */
  lease: z.nullable(z.object({ key: z.string(), until: z.number() })),
});

/** Describes what belongs to the account. */
export type AccountRecord = z.infer<typeof accountRecordSchema>;
/** Describes an enrollment that is under way. */
export type Pending = z.infer<typeof pendingSchema>;
/** Describes one entry of the tenant's list. */
export type Listed = z.infer<typeof listedSchema>;

/** Returns an account of which nothing is known. */
export function newAccount(): AccountRecord {
  return {
    tries: [],
    sends: [],
    blocked: { codes: 0, sms: 0, voice: 0, email: 0 },
    pending: null,
    orphans: 0,
    recovery: null,
    list: null,
    challenge: null,
    answers: {},
    lease: null,
  };
}
