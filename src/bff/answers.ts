import { type Problem, type ProblemCode, problemSchema } from "../contract/problem.ts";
import { ANSWER_MEDIA_TYPE, CONTRACT, CONTRACT_HEADER, PROBLEM_MEDIA_TYPE } from "../contract/routes.ts";
import type { Answered } from "./exchange.ts";
import type { Refusal } from "./refused.ts";

/** The status and the English title of each refusal. The title is for developers; the page has its own sentences. */
const CATALOGUE: { [Code in ProblemCode]: { status: Extract<Problem, { code: Code }>["status"]; title: string } } = {
  invalid_request: { status: 400, title: "The request does not have the agreed form." },
  idempotency_key_missing: { status: 400, title: "The Idempotency-Key header is missing or not a key." },
  misdirected: { status: 421, title: "This is not the host that was asked for." },
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

/**
 * Headers of every answer: nothing here may be kept by any cache, mixed up by a caching proxy, shown as a page or put in a frame
 * (W3C CSP 3, RFC 9111 section 5.2.2.5).
 */
export const PRIVATE_HEADERS: Answered["headers"] = [
  ["cache-control", "no-store, private"],
  ["vary", "Origin, Sec-Fetch-Site, Cookie"],
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "no-referrer"],
  ["content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
  ["x-frame-options", "DENY"],
  ["permissions-policy", "otp-credentials=(self)"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
];

/** A year, as the page says too (RFC 6797 section 6.1.1). */
const HTTPS: Answered["headers"] = [["strict-transport-security", "max-age=31536000"]];

/** Says what an answer is about. Instants are epoch ms; `cookie` is a whole Set-Cookie value. */
export type About = { correlationId: string; now: number; cookie: string | null };

/** Creates what makes answers, for a page that is on https or not. */
export function createAnswers({ https }: { https: boolean }) {
  const every = https ? [...PRIVATE_HEADERS, ...HTTPS] : PRIVATE_HEADERS;
  const typed = (type: string): Answered["headers"] => [
    ...every,
    ["content-type", type],
    [CONTRACT_HEADER.toLowerCase(), CONTRACT],
  ];
  const json = typed(ANSWER_MEDIA_TYPE);
  const refusal = typed(PROBLEM_MEDIA_TYPE);
  const withCookie = (headers: Answered["headers"], cookie: string | null): Answered["headers"] =>
    cookie === null ? headers : [...headers, ["set-cookie", cookie]];

  /** Returns a refusal as a problem document (RFC 9457). Waits are told as `Retry-After` too, in whole seconds. */
  function problem(refused: Refusal, about: About): Answered {
    const { status, title } = CATALOGUE[refused.code];
    const { correlationId, now, cookie } = about;
    const type = `urn:mfa-enroll:problem:${refused.code}`;
    const described = problemSchema.safeParse({ type, title, status, correlationId, ...refused });
    // The page reads refusals by their mark alone, so one that is not of the catalogue must not leave.
    if (!described.success) return problem({ code: "service_unavailable" }, about);
    const headers = withCookie(refusal, cookie);
    const retryAt = "retryAt" in refused ? refused.retryAt : null;
    const wait = retryAt === null ? null : String(Math.max(1, Math.ceil((retryAt - now) / 1000)));
    return {
      status,
      headers: wait === null ? headers : [...headers, ["retry-after", wait]],
      body: JSON.stringify(described.data),
    };
  }

  return {
    /** Returns a JSON answer. The caller has held the body against the contract, which the page trusts by the mark on it. */
    json: (body: unknown, cookie: string | null): Answered => ({
      status: 200,
      headers: withCookie(json, cookie),
      body: JSON.stringify(body),
    }),
    problem,
    /** Returns a redirect that a navigation follows with GET (RFC 9110 section 15.4.4). */
    redirect: (location: string, cookie: string | null): Answered => ({
      status: 303,
      headers: [...withCookie(every, cookie), ["location", location]],
      body: null,
    }),
  };
}
