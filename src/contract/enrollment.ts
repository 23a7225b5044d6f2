import * as z from "zod/mini";
import { messageChannelSchema } from "./channel-schema.ts";

/** Ten minutes is the longest a flow lives, so no instant or count outside these bounds can be honest. */
const instant = z.number();
const count = z.int().check(z.nonnegative());
/** From when there are tries again; there while none are left. */
const triesAgainAt = z.optional(instant);

const common = {
  enrollmentId: z.string(),
  /** The authenticator that goes once this one works; null for a plain addition. */
  replaces: z.nullable(z.string()),
};

/**
 * Parses a pending enrollment whose code comes in a message. `status` is what is known, never what is hoped:
 * `code_sent`: the tenant took the request; `send_unclear`: its answer is still awaited; `send_lost`: the answer is lost,
 * so a message may arrive and its code cannot be used; `confirm_unclear`: a code was handed in and the outcome is being read.
 */
export const messageEnrollmentSchema = z.object({
  ...common,
  channel: messageChannelSchema,
  /** Masked. The full contact has one door of its own: `GET /enrollment/contact`. */
  contact: z.string(),
  status: z.enum(["code_sent", "send_unclear", "send_lost", "confirm_unclear"]),
  /** True when another message was asked for and its answer is lost: only the earlier message's code can still work. */
  newerMessageLost: z.boolean(),
  sentAt: instant,
  codeExpiresAt: instant,
  resendAt: instant,
  /** Until when another message helps: the code of a later one could not be read and typed before the credential ends. */
  resendUntil: instant,
  attemptsLeft: count,
  /** From when there are tries again, or another message that brings some; null while any are left. */
  triesAgainAt: z.nullable(instant),
  sendsLeft: count,
  /** The other channel for the same number, where it is offered. */
  sibling: z.nullable(z.enum(["sms", "voice"])),
});

/** Parses a pending enrollment of an authenticator app: `otpauth://` address and its secret, RFC 6238 with 30 s steps. */
const otpEnrollmentSchema = z.object({
  ...common,
  channel: z.literal("otp"),
  barcodeUri: z.string(),
  secret: z.string(),
  status: z.enum(["awaiting_code", "confirm_unclear"]),
  expiresAt: instant,
  attemptsLeft: count,
});

/** Parses a pending enrollment of the Guardian app, which is confirmed on the phone and polled here. */
const pushEnrollmentSchema = z.object({
  ...common,
  channel: z.literal("push"),
  barcodeUri: z.string(),
  expiresAt: instant,
  pollAfterSeconds: count,
});

/** Parses any pending enrollment. */
export const enrollmentSchema = z.discriminatedUnion("channel", [
  messageEnrollmentSchema,
  otpEnrollmentSchema,
  pushEnrollmentSchema,
]);

/** Describes a pending enrollment whose code comes in a message. */
export type MessageEnrollment = z.infer<typeof messageEnrollmentSchema>;

/** Parses a challenge to an authenticator that exists already: the proof before a change (step-up). */
export const challengeSchema = z.discriminatedUnion("channel", [
  z.object({
    challengeId: z.string(),
    channel: messageChannelSchema,
    contact: z.nullable(z.string()),
    sentAt: instant,
    codeExpiresAt: instant,
    resendAt: instant,
    attemptsLeft: count,
    triesAgainAt,
    sendsLeft: count,
  }),
  z.object({ challengeId: z.string(), channel: z.literal("otp"), attemptsLeft: count, triesAgainAt }),
  z.object({
    challengeId: z.string(),
    channel: z.literal("push"),
    contact: z.nullable(z.string()),
    expiresAt: instant,
    pollAfterSeconds: count,
  }),
  z.object({ challengeId: z.string(), channel: z.literal("recovery_code"), attemptsLeft: count, triesAgainAt }),
]);

/** Describes an open challenge. */
export type Challenge = z.infer<typeof challengeSchema>;
