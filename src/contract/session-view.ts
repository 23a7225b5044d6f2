import * as z from "zod/mini";
import { authenticatorSchema } from "./authenticator.ts";
import { channelSchema } from "./channel-schema.ts";
import { challengeSchema, enrollmentSchema } from "./enrollment.ts";
import { PHONE_KINDS } from "./phone-policy.ts";

const allowance = z.enum(["yes", "after_proof", "no"]);

/** Parses what was typed and kept by the BFF while the person proves who they are. The contact is masked here. */
export const draftViewSchema = z.object({
  channel: channelSchema,
  contact: z.nullable(z.string()),
  replaces: z.nullable(z.string()),
});

/**
 * Parses how the person can prove who they are, now: with one of their methods in the page (a live `mfa_token`), with the
 * password in the page (a code may follow), or by leaving for the tenant's sign-in page and coming back.
 */
export const proofSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("challenge"), methods: z.array(authenticatorSchema), recoveryCode: z.boolean() }),
  z.object({ by: z.literal("password") }),
  z.object({ by: z.literal("redirect") }),
]);

/**
 * Parses where the person is. Rebuilt by the BFF at each answer, so a reload, another tab or a new device shows the same step.
 * `recovery_code` holds nobody's code: the page fetches it with the one route that may carry it.
 */
export const flowSchema = z.discriminatedUnion("step", [
  z.object({ step: z.literal("idle") }),
  z.object({ step: z.literal("code"), enrollment: enrollmentSchema }),
  z.object({
    step: z.literal("recovery_code"),
    /** What has just been added; null when an earlier visit added it. */
    authenticator: z.nullable(authenticatorSchema),
    /** `to_save`: it can be shown; `lost`: the tenant's only copy was lost on its way and a new one is needed. */
    state: z.enum(["to_save", "lost"]),
    /** True when a lost code can be replaced by a new one here (`renewRecoveryCode`). */
    canRenew: z.boolean(),
    /** True when the code can be shown only after a fresh proof. */
    needsProof: z.boolean(),
  }),
  z.object({ step: z.literal("proof"), challenge: challengeSchema }),
]);

const channelPolicySchema = z.object({
  countries: z.union([z.literal("all"), z.readonly(z.array(z.string()))]),
  kinds: z.readonly(z.array(z.enum(PHONE_KINDS))),
});

/** Parses the whole truth a page needs, as each route but four answers it. Instants are epoch ms of the server's clock. */
export const sessionViewSchema = z.object({
  now: z.number(),
  signIn: z.object({
    ways: z.array(z.enum(["redirect", "password"])),
    /** Why the last sign-in by redirect did not work; null when it did or none was tried. */
    problem: z.nullable(z.enum(["cancelled", "expired", "refused", "unavailable"])),
  }),
  /** Who is signed in, by a masked name; null when nobody is. `id` tells two people of one name apart and means nothing elsewhere. */
  person: z.nullable(z.object({ id: z.string(), name: z.string(), signedOutAt: z.number() })),
  channels: z.array(channelSchema),
  /** Which numbers may be added; null for the policy that goes where the host has set none, so that most views need not carry it. */
  phonePolicy: z.nullable(z.object({ sms: channelPolicySchema, voice: channelPolicySchema })),
  /** The confirmed authenticators with the instant of that knowledge; null while nothing is known. */
  authenticators: z.nullable(z.object({ items: z.array(authenticatorSchema), knownAt: z.number() })),
  can: z.object({ list: allowance, add: allowance, remove: allowance }),
  proof: z.nullable(proofSchema),
  draft: z.nullable(draftViewSchema),
  /** True while a mail about an added or removed method could not be delivered so far; it is tried again. */
  noticesDelayed: z.boolean(),
  /** There while the recovery code is lost and the person has been told so; `canRenew` as in the flow before that. */
  lostCode: z.optional(z.object({ canRenew: z.boolean() })),
  flow: flowSchema,
});

/** Describes the whole truth a page needs. */
export type SessionView = z.infer<typeof sessionViewSchema>;

/** Describes where the person is. */
export type Flow = z.infer<typeof flowSchema>;

/** Describes how the person can prove who they are. */
export type Proof = z.infer<typeof proofSchema>;

/** Describes what was typed and kept. */
export type DraftView = z.infer<typeof draftViewSchema>;
