import * as z from "zod/mini";
import { channelSchema } from "./channel-schema.ts";
import type { RouteName } from "./routes.ts";

/*
 * What each route is sent, with every bound. The BFF parses by it; the browser knows the types alone, so that the first screen
 * does not carry rules it never applies.
 */

/** RFC 5321 section 4.5.3.1.3: a path is at most 256 octets with its brackets, so 254 for the longest contact there is. */
const MAX_CONTACT = 254;
/**
 * Longer than any name or password (Auth0 takes 72 bytes), so that what was pasted by mistake is answered as not matching; two of
 * them, in any script, and what JSON adds stay below the 4 KiB of a body.
 */
const MAX_CREDENTIAL = 512;
/** Handles and ids are 22 to 43 base64url characters; anything longer is not ours. */
const id = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\w-]+$/));
const contact = z.string().check(z.minLength(1), z.maxLength(MAX_CONTACT));
const replaces = z.optional(id);
/** Who was there before, by the id of the view: a draft of theirs is dropped where somebody else signs in. */
const typedBy = z.optional(id);
const empty = z.strictObject({});

/** Parses what is asked for when an enrollment starts, and what is kept while a person proves who they are. */
export const startSchema = z.discriminatedUnion("channel", [
  z.strictObject({ channel: z.literal("sms"), contact, replaces }),
  z.strictObject({ channel: z.literal("voice"), contact, replaces }),
  z.strictObject({ channel: z.literal("email"), contact, replaces }),
  z.strictObject({ channel: z.literal("otp"), replaces }),
  z.strictObject({ channel: z.literal("push"), replaces }),
]);

/** Describes an enrollment that is asked for. */
export type Start = z.infer<typeof startSchema>;

/** A code is six digits for text, call, email and authenticator apps (Auth0: not configurable). */
const code = z.string().check(z.regex(/^\d{6}$/));
/** Auth0 recovery codes are 24 characters; the bounds leave room for a tenant that differs. */
const recoveryCode = z.string().check(z.regex(/^[A-Z0-9]{8,64}$/));

/** Lists what each route is sent; null for a route without a body. */
export const requests = {
  session: null,
  signIn: z.discriminatedUnion("way", [
    z.strictObject({
      way: z.literal("redirect"),
      /** A path of this origin; anything else is refused. */
      returnTo: z.string().check(z.maxLength(2048)),
      draft: z.optional(startSchema),
      typedBy,
    }),
    z.strictObject({
      way: z.literal("password"),
      /** Left out when the person who is signed in proves it again. */
      username: z.optional(z.string().check(z.minLength(1), z.maxLength(MAX_CREDENTIAL))),
      password: z.string().check(z.minLength(1), z.maxLength(MAX_CREDENTIAL)),
      draft: z.optional(startSchema),
      typedBy,
    }),
  ]),
  signOut: empty,
  start: startSchema,
  contact: null,
  resend: z.strictObject({ enrollmentId: id, channel: z.optional(z.enum(["sms", "voice", "email"])) }),
  /** Push is confirmed on the phone: no code, and the page asks again after `pollAfterSeconds`. */
  confirm: z.strictObject({ enrollmentId: id, code: z.optional(code) }),
  /** Without an id: forgets the draft and any open challenge. */
  cancel: z.strictObject({ enrollmentId: z.optional(id) }),
  recoveryCode: empty,
  acknowledge: empty,
  renewRecoveryCode: empty,
  endOtherSessions: empty,
  remove: z.strictObject({ authenticatorId: id }),
  /** Asking again for the same authenticator sends a new code. */
  challenge: z.discriminatedUnion("with", [
    z.strictObject({ with: z.literal("authenticator"), authenticatorId: id, channel: z.optional(channelSchema) }),
    z.strictObject({ with: z.literal("recovery_code") }),
  ]),
  verify: z.strictObject({ challengeId: id, code: z.optional(code), recoveryCode: z.optional(recoveryCode) }),
} as const satisfies Record<RouteName, z.ZodMiniType | null>;

/** Describes what a route is sent; null for a route without a body. */
export type RouteBody<Name extends RouteName> = (typeof requests)[Name] extends z.ZodMiniType
  ? z.infer<(typeof requests)[Name]>
  : null;
