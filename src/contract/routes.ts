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

const signInAnswer = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("leave"), location: z.string() }),
  z.object({ outcome: z.literal("signed_in"), view: sessionViewSchema }),
]);

/**
 * Lists every route: method, path below the BFF's base path, what is answered; `requests.ts` says what is sent.
 * `idempotent` routes need an Idempotency-Key and answer the same outcome to the same key.
 */
export const routes = {
  session: { method: "GET", path: "/session", answer: sessionViewSchema, idempotent: false },
  signIn: {
    method: "POST",
    path: "/sign-in",
    answer: signInAnswer,
    idempotent: false,
  },
  signOut: {
    method: "POST",
    path: "/sign-out",
    /** Where the tenant's own session is ended; null when there is nothing to end. */
    answer: z.object({ location: z.nullable(z.string()) }),
    idempotent: false,
  },
  start: { method: "POST", path: "/enrollment", answer: sessionViewSchema, idempotent: true },
  contact: {
    method: "GET",
    path: "/enrollment/contact",
    /** The one answer that holds a full contact: the pending enrollment's or the draft's, for the session that typed it. */
    answer: z.object({ channel: channelSchema, contact: z.nullable(z.string()) }),
    idempotent: false,
  },
  resend: {
    method: "POST",
    path: "/enrollment/resend",
    answer: sessionViewSchema,
    idempotent: true,
  },
  confirm: {
    method: "POST",
    path: "/enrollment/confirm",
    answer: sessionViewSchema,
    idempotent: true,
  },
  cancel: {
    method: "POST",
    path: "/enrollment/cancel",
    answer: sessionViewSchema,
    idempotent: true,
  },
  recoveryCode: {
    method: "POST",
    path: "/recovery-code",
    /** The one answer that holds a recovery code. A list, because the tenant's field is one. */
    answer: z.object({ recoveryCodes: z.array(z.string()).check(z.minLength(1)) }),
    idempotent: false,
  },
  acknowledge: {
    method: "POST",
    path: "/recovery-code/acknowledge",
    answer: sessionViewSchema,
    idempotent: true,
  },
  /** A new recovery code in place of one known to be lost; the earlier one is dead at once (Auth0 Management API). */
  renewRecoveryCode: { method: "POST", path: "/recovery-code/renew", answer: sessionViewSchema, idempotent: true },
  endOtherSessions: { method: "POST", path: "/sessions/end-others", answer: sessionViewSchema, idempotent: true },
  remove: {
    method: "POST",
    path: "/authenticators/remove",
    answer: sessionViewSchema,
    idempotent: true,
  },
  challenge: {
    method: "POST",
    path: "/challenge",
    answer: sessionViewSchema,
    idempotent: true,
  },
  verify: {
    method: "POST",
    path: "/challenge/verify",
    answer: sessionViewSchema,
    idempotent: true,
  },
} as const;

/** Names a route. */
export type RouteName = keyof typeof routes;

/** Describes what a route answers when it does not refuse. */
export type RouteAnswer<Name extends RouteName> = z.infer<(typeof routes)[Name]["answer"]>;

/**
 * The path, below the base path, that the tenant sends the browser back to (RFC 6749 section 3.1.2). The only GET that
 * accepts a cross-site navigation; it answers with a redirect, never with JSON.
 */
export const CALLBACK_PATH = "/callback";
