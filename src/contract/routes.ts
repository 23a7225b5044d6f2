/*
 * The one list of what can be said between browser and BFF. The BFF's router and the browser's client are both made
 * from it; a route that is not here does not exist. It knows no fetch, no React and nothing of the tenant. What is sent and
 * what is answered is parsed by `requests.ts` and `answers.ts`, which only the BFF loads.
 */

/** The header that carries the key of one intent (IETF draft-ietf-httpapi-idempotency-key-header). */
export const IDEMPOTENCY_HEADER = "Idempotency-Key";

/** The header every call carries; no cross-site form or image can set it. */
export const CLIENT_HEADER = "X-MFA-Enroll";

/**
 * The header with which the BFF marks what it has checked against the contract: an answer without it is somebody else's, such
 * as a captive portal's. It names the contract, so that a page never reads the answers of another one.
 */
export const CONTRACT_HEADER = "MFA-Enroll-Contract";

/** The number of this contract. It is raised with every change of an answer that an earlier page would misread. */
export const CONTRACT = "2";

/** The media type of every answer that is no refusal. */
export const ANSWER_MEDIA_TYPE = "application/json";

/** The media type of every refusal (RFC 9457 section 3). */
export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/** Names who is there, and what they have. It stands by itself for the script that asks nothing else. */
export const SESSION = { method: "GET", path: "/session", idempotent: false } as const;

/**
 * Lists every route: its method and its path below the BFF's base path.
 * `idempotent` routes need an Idempotency-Key and answer the same outcome to the same key.
 */
export const routes = {
  session: SESSION,
  signIn: { method: "POST", path: "/sign-in", idempotent: false },
  signOut: { method: "POST", path: "/sign-out", idempotent: false },
  start: { method: "POST", path: "/enrollment", idempotent: true },
  contact: { method: "GET", path: "/enrollment/contact", idempotent: false },
  resend: { method: "POST", path: "/enrollment/resend", idempotent: true },
  confirm: { method: "POST", path: "/enrollment/confirm", idempotent: true },
  cancel: { method: "POST", path: "/enrollment/cancel", idempotent: true },
  recoveryCode: { method: "POST", path: "/recovery-code", idempotent: false },
  acknowledge: { method: "POST", path: "/recovery-code/acknowledge", idempotent: true },
  /** A new recovery code in place of one known to be lost; the earlier one is dead at once (Auth0 Management API). */
  renewRecoveryCode: { method: "POST", path: "/recovery-code/renew", idempotent: true },
  endOtherSessions: { method: "POST", path: "/sessions/end-others", idempotent: true },
  remove: { method: "POST", path: "/authenticators/remove", idempotent: true },
  challenge: { method: "POST", path: "/challenge", idempotent: true },
  verify: { method: "POST", path: "/challenge/verify", idempotent: true },
} as const;

/** Names a route. */
export type RouteName = keyof typeof routes;

/**
 * The path, below the base path, that the tenant sends the browser back to (RFC 6749 section 3.1.2). The only GET that
 * accepts a cross-site navigation; it answers with a redirect, never with JSON.
 */
export const CALLBACK_PATH = "/callback";
