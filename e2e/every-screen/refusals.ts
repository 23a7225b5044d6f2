import type { ProblemCode, ProblemOf } from "../../src/contract/problem.ts";
import { stopHeading } from "../../src/ui/messages/stop-sentence.ts";
import { read } from "../../src/wizard/reading.ts";
import { refuse } from "../../src/wizard/refusal.ts";
import { SAMPLE_STATES } from "../../src/wizard/sample-machine.ts";
import { sampleProblem, sampleView } from "../../src/wizard/sample-views.ts";
import type { OwnStop, Stopped } from "../../src/wizard/state.ts";
import { pending } from "./sample.ts";

const retryAt = sampleView().now + 600_000;

/** One refusal of each code. A new code does not compile without one. */
export const REFUSALS: { readonly [Code in ProblemCode]: ProblemOf<Code> } = {
  invalid_request: sampleProblem("invalid_request", 400, {}),
  idempotency_key_missing: sampleProblem("idempotency_key_missing", 400, {}),
  misdirected: sampleProblem("misdirected", 421, {}),
  request_refused: sampleProblem("request_refused", 403, {}),
  not_found: sampleProblem("not_found", 404, {}),
  method_not_allowed: sampleProblem("method_not_allowed", 405, {}),
  payload_too_large: sampleProblem("payload_too_large", 413, {}),
  unsupported_media_type: sampleProblem("unsupported_media_type", 415, {}),
  idempotency_key_reused: sampleProblem("idempotency_key_reused", 422, {}),
  signed_out: sampleProblem("signed_out", 401, {}),
  proof_needed: sampleProblem("proof_needed", 403, {}),
  sign_in_refused: sampleProblem("sign_in_refused", 422, {}),
  sign_in_blocked: sampleProblem("sign_in_blocked", 429, { retryAt }),
  invalid_phone: sampleProblem("invalid_phone", 422, { reason: "too_short", region: "GB", channel: "sms" }),
  invalid_email: sampleProblem("invalid_email", 422, { reason: "domain" }),
  contact_refused: sampleProblem("contact_refused", 422, { channel: "sms" }),
  wrong_code: sampleProblem("wrong_code", 422, { attemptsLeft: 1 }),
  wrong_recovery_code: sampleProblem("wrong_recovery_code", 422, { attemptsLeft: 2 }),
  code_expired: sampleProblem("code_expired", 410, {}),
  push_rejected: sampleProblem("push_rejected", 403, {}),
  already_enrolled: sampleProblem("already_enrolled", 409, { channel: "sms" }),
  channel_off: sampleProblem("channel_off", 409, { channel: "sms" }),
  enrollment_limit: sampleProblem("enrollment_limit", 409, {}),
  enrollment_over: sampleProblem("enrollment_over", 409, {}),
  challenge_over: sampleProblem("challenge_over", 409, {}),
  not_enrolled: sampleProblem("not_enrolled", 409, {}),
  no_recovery_code: sampleProblem("no_recovery_code", 409, {}),
  automatic_authenticator: sampleProblem("automatic_authenticator", 409, {}),
  too_many_codes: sampleProblem("too_many_codes", 429, { retryAt }),
  too_many_messages: sampleProblem("too_many_messages", 429, { retryAt, channel: "sms" }),
  resend_too_soon: sampleProblem("resend_too_soon", 429, { retryAt }),
  rate_limited: sampleProblem("rate_limited", 429, { retryAt }),
  outcome_unclear: sampleProblem("outcome_unclear", 504, { what: "verify" }),
  upstream_unavailable: sampleProblem("upstream_unavailable", 503, {}),
  tenant_misconfigured: sampleProblem("tenant_misconfigured", 502, {}),
  unexpected_answer: sampleProblem("unexpected_answer", 502, {}),
  service_unavailable: sampleProblem("service_unavailable", 503, {}),
};

/**
 * Each way to be stopped: by every refusal that the rules stop at on any screen, by what the page finds out itself, and by
 * an enrollment that is gone after a refusal of another kind, one for each heading that this brings.
 */
export function everyStop(): readonly Stopped[] {
  const byCode = new Map<string, Stopped>(OWN.map((why) => [why.code, { step: "stopped", why, on: null }]));
  for (const problem of Object.values(REFUSALS)) {
    for (const state of SAMPLE_STATES) {
      const after = refuse(state, { ask: "confirm", id: null }, problem);
      if (after.step !== "stopped" || after === state) continue;
      // Of two that end alike, the one that can go on has more to show.
      if ((byCode.get(problem.code)?.on ?? null) === null) byCode.set(problem.code, after);
    }
  }
  const headings = new Set([...byCode.values()].map(({ why }) => stopHeading(why)));
  for (const problem of Object.values(REFUSALS)) {
    const after = read({ step: "enteringCode", ...pending, problem }, sampleView());
    if (after.step !== "stopped" || headings.has(stopHeading(after.why))) continue;
    headings.add(stopHeading(after.why));
    byCode.set(problem.code, after);
  }
  return [...byCode.values()];
}

/** An object, because a list could miss one without anybody noticing. */
const OWN_STOPS: { readonly [Code in OwnStop]: { readonly code: Code } } = {
  enrollment_ended: { code: "enrollment_ended" },
  continued_elsewhere: { code: "continued_elsewhere" },
  nothing_offered: { code: "nothing_offered" },
};

const OWN = Object.values(OWN_STOPS);
