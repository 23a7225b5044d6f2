import * as z from "zod/mini";
import { channelSchema } from "./channel.ts";
import { sessionViewSchema } from "./session-view.ts";

/*
 * The one list of what can be said between browser and BFF. The BFF's router and the browser's client are both made
 * from it; a route that is not here does not exist. It knows no fetch, no React and nothing of the tenant.
 */

/** The header that carries the key of one intent (IETF draft-ietf-httpapi-idempotency-key-header). */
export const IDEMPOTENCY_HEADER = "Idempotency-Key";

/** The header every call carries; no cross-site form or image can set it. */
export const CLIENT_HEADER = "X-MFA-Enroll";

/** RFC 5321 section 4.5.3.1.3: a path is at most 256 octets with its brackets, so 254 for the longest contact there is. */
const MAX_CONTACT = 254;
/** Handles and ids are 22 to 43 base64url characters; anything longer is not ours. */
const id = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\w-]+$/));
const contact = z.string().check(z.minLength(1), z.maxLength(MAX_CONTACT));
const replaces = z.optional(id);
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

const signInAnswer = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("leave"), location: z.string() }),
  z.object({ outcome: z.literal("signed_in"), view: sessionViewSchema }),
]);

/**
 * Lists every route: method, path below the BFF's base path, what is sent, what is answered. `idempotent` routes need an
 * Idempotency-Key and answer the same outcome to the same key.
 */
export const routes = {
  session: { method: "GET", path: "/session", body: null, answer: sessionViewSchema, idempotent: false },
  signIn: {
    method: "POST",
    path: "/sign-in",
    body: z.discriminatedUnion("way", [
      z.strictObject({
        way: z.literal("redirect"),
        /** A path of this origin; anything else is refused. */
        returnTo: z.string().check(z.maxLength(2048)),
        draft: z.optional(startSchema),
      }),
      z.strictObject({
        way: z.literal("password"),
        /** Left out when the person who is signed in proves it again. */
        username: z.optional(z.string().check(z.minLength(1), z.maxLength(MAX_CONTACT))),
        /** Auth0 refuses passwords over 72 bytes (bcrypt); the bound is only there to bound it. */
        password: z.string().check(z.minLength(1), z.maxLength(256)),
        draft: z.optional(startSchema),
      }),
    ]),
    answer: signInAnswer,
    idempotent: false,
  },
  signOut: {
    method: "POST",
    path: "/sign-out",
    body: empty,
    /** Where the tenant's own session is ended; null when there is nothing to end. */
    answer: z.object({ location: z.nullable(z.string()) }),
    idempotent: false,
  },
  start: { method: "POST", path: "/enrollment", body: startSchema, answer: sessionViewSchema, idempotent: true },
  contact: {
    method: "GET",
    path: "/enrollment/contact",
    body: null,
    /** The one answer that holds a full contact: the pending enrollment's or the draft's, for the session that typed it. */
    answer: z.object({ channel: channelSchema, contact: z.nullable(z.string()) }),
    idempotent: false,
  },
  resend: {
    method: "POST",
    path: "/enrollment/resend",
    body: z.strictObject({ enrollmentId: id, channel: z.optional(z.enum(["sms", "voice", "email"])) }),
    answer: sessionViewSchema,
    idempotent: true,
  },
  confirm: {
    method: "POST",
    path: "/enrollment/confirm",
    /** Push is confirmed on the phone: no code, and the page asks again after `pollAfterSeconds`. */
    body: z.strictObject({ enrollmentId: id, code: z.optional(code) }),
    answer: sessionViewSchema,
    idempotent: true,
  },
  cancel: {
    method: "POST",
    path: "/enrollment/cancel",
    /** Without an id: forgets the draft and any open challenge. */
    body: z.strictObject({ enrollmentId: z.optional(id) }),
    answer: sessionViewSchema,
    idempotent: true,
  },
  recoveryCode: {
    method: "POST",
    path: "/recovery-code",
    body: empty,
    /** The one answer that holds a recovery code. A list, because the tenant's field is one. */
    answer: z.object({ recoveryCodes: z.array(z.string()).check(z.minLength(1)) }),
    idempotent: false,
  },
  acknowledge: {
    method: "POST",
    path: "/recovery-code/acknowledge",
    body: empty,
    answer: sessionViewSchema,
    idempotent: true,
  },
  remove: {
    method: "POST",
    path: "/authenticators/remove",
    body: z.strictObject({ authenticatorId: id }),
    answer: sessionViewSchema,
    idempotent: true,
  },
  challenge: {
    method: "POST",
    path: "/challenge",
    /** Asking again for the same authenticator sends a new code. */
    body: z.discriminatedUnion("with", [
      z.strictObject({ with: z.literal("authenticator"), authenticatorId: id, channel: z.optional(channelSchema) }),
      z.strictObject({ with: z.literal("recovery_code") }),
    ]),
    answer: sessionViewSchema,
    idempotent: true,
  },
  verify: {
    method: "POST",
    path: "/challenge/verify",
    body: z.strictObject({ challengeId: id, code: z.optional(code), recoveryCode: z.optional(recoveryCode) }),
    answer: sessionViewSchema,
    idempotent: true,
  },
} as const;

/** Names a route. */
export type RouteName = keyof typeof routes;

/** Describes what a route is sent; null for a route without a body. */
export type RouteBody<Name extends RouteName> = (typeof routes)[Name]["body"] extends z.ZodMiniType
  ? z.infer<(typeof routes)[Name]["body"]>
  : null;

/** Describes what a route answers when it does not refuse. */
export type RouteAnswer<Name extends RouteName> = z.infer<(typeof routes)[Name]["answer"]>;

/**
 * The path, below the base path, that the tenant sends the browser back to (RFC 6749 section 3.1.2). The only GET that
 * accepts a cross-site navigation; it answers with a redirect, never with JSON.
 */
export const CALLBACK_PATH = "/callback";
