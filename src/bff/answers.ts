import { type Problem, type ProblemCode, problemSchema } from "../contract/problem.ts";
import { ANSWER_MEDIA_TYPE, CONTRACT, CONTRACT_HEADER, PROBLEM_MEDIA_TYPE } from "../contract/routes.ts";
import type { Refusal } from "./refused.ts";

/** The status and the English title of each refusal. The title is for developers; the page has its own sentences. */
const CATALOGUE: { [Code in ProblemCode]: { status: Extract<Problem, { code: Code }>["status"]; title: string } } = {
  invalid_request: { status: 400, title: "The request does not have the agreed form." },
  idempotency_key_missing: { status: 400, title: "The Idempotency-Key header is missing or not a key." },
  request_refused: { status: 403, title: "The request does not come from the page it belongs to." },
  not_found: { status: 404, title: "There is nothing here." },
  method_not_allowed: { status: 405, title: "This method is not offered here." },
  payload_too_large: { status: 413, title: "The body is too long." },
  unsupported_media_type: { status: 415, title: "Only application/json is read." },
  idempotency_key_reused: { status: 422, title: "The Idempotency-Key was used for another request." },
  signed_out: { status: 401, title: "Nobody is signed in." },
  proof_needed: { status: 403, title: "A fresh proof of who is there is needed first." },
  sign_in_refused: { status: 422, title: "The sign-in was not accepted." },
  sign_in_blocked: { status: 429, title: "Too many sign-ins failed." },
  invalid_phone: { status: 422, title: "The phone number cannot be used." },
  invalid_email: { status: 422, title: "The email address cannot be used." },
  contact_refused: { status: 422, title: "The tenant cannot reach this contact." },
  wrong_code: { status: 422, title: "The code is wrong." },
  wrong_recovery_code: { status: 422, title: "The recovery code is wrong." },
  code_expired: { status: 410, title: "The code has expired." },
  push_rejected: { status: 403, title: "The push was rejected on the phone." },
  already_enrolled: { status: 409, title: "This contact is one of the person's methods already." },
  channel_off: { status: 409, title: "This channel is not offered." },
  enrollment_limit: { status: 409, title: "The account holds too many entries of this kind." },
  enrollment_over: { status: 409, title: "This enrollment is over." },
  challenge_over: { status: 409, title: "This challenge is over." },
  not_enrolled: { status: 409, title: "There is no such authenticator." },
  no_recovery_code: { status: 409, title: "No recovery code is waiting." },
  automatic_authenticator: { status: 409, title: "The tenant lists this authenticator by itself." },
  too_many_codes: { status: 429, title: "Too many codes were tried." },
  too_many_messages: { status: 429, title: "Too many messages were sent." },
  resend_too_soon: { status: 429, title: "The next message can be sent later." },
  rate_limited: { status: 429, title: "The tenant is asked too often." },
  outcome_unclear: { status: 504, title: "The tenant's answer was lost; the outcome is unknown." },
  upstream_unavailable: { status: 503, title: "The tenant cannot be reached." },
  tenant_misconfigured: { status: 502, title: "The tenant's configuration does not allow this." },
  unexpected_answer: { status: 502, title: "The tenant gave an answer that is not understood." },
  service_unavailable: { status: 503, title: "The service cannot do this now." },
};

/** Headers of every answer: nothing here may be kept by any cache, and no caching proxy may mix up whose it is. */
const PRIVATE = {
  "cache-control": "no-store, private",
  vary: "Origin, Sec-Fetch-Site, Cookie",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Returns a JSON answer. The caller has held the body against the contract, which the page trusts by the mark on it. */
export function jsonAnswer(body: unknown, cookie: string | null): Response {
  return new Response(JSON.stringify(body), { status: 200, headers: headersOf(ANSWER_MEDIA_TYPE, cookie) });
}

/** Returns a refusal as a problem document (RFC 9457). Waits are told as `Retry-After` too, in whole seconds. */
export function problemAnswer(
  refusal: Refusal,
  about: { correlationId: string; now: number; cookie: string | null },
): Response {
  const { status, title } = CATALOGUE[refusal.code];
  const { correlationId, now, cookie } = about;
  const type = `urn:mfa-enroll:problem:${refusal.code}`;
  const described = problemSchema.safeParse({ type, title, status, correlationId, ...refusal });
  // The page reads refusals by their mark alone, so one that is not of the catalogue must not leave.
  if (!described.success) return problemAnswer({ code: "service_unavailable" }, about);
  const headers = headersOf(PROBLEM_MEDIA_TYPE, cookie);
  if ("retryAt" in refusal && refusal.retryAt !== null)
    headers.set("retry-after", String(Math.max(1, Math.ceil((refusal.retryAt - now) / 1000))));
  return new Response(JSON.stringify(described.data), { status, headers });
}

/** Returns a redirect that a navigation follows with GET (RFC 9110 section 15.4.4). */
export function redirectAnswer(location: string, cookie: string | null): Response {
  const headers = headersOf(null, cookie);
  headers.set("location", location);
  return new Response(null, { status: 303, headers });
}

function headersOf(type: string | null, cookie: string | null): Headers {
  const headers = new Headers(PRIVATE);
  if (type !== null) {
    headers.set("content-type", type);
    headers.set(CONTRACT_HEADER, CONTRACT);
  }
  if (cookie !== null) headers.append("set-cookie", cookie);
  return headers;
}
