import type { PhoneReason, ProblemCode } from "../contract/problem.ts";
import type { RouteName } from "../contract/routes.ts";
import type { EventName, SecurityEvent } from "./events.ts";
import type { LogEntry } from "./log.ts";
import type { GuardName } from "./manifest.ts";

/*
 * The one table from what a request came to, to the security event that it is. Total: every refusal of the contract has a row.
 */

/** What was done, by the door it was done at. */
const DONE: { [Route in RouteName | "callback"]: EventName | null } = {
  session: null,
  contact: null,
  signIn: "sign_in_succeeded",
  callback: "sign_in_succeeded",
  signOut: "signed_out",
  start: "enrollment_started",
  resend: "message_resent",
  confirm: "enrollment_confirmed",
  cancel: "enrollment_cancelled",
  recoveryCode: "recovery_code_revealed",
  acknowledge: "recovery_code_acknowledged",
  renewRecoveryCode: "recovery_code_renewed",
  endOtherSessions: "other_sessions_ended",
  remove: "authenticator_removed",
  challenge: "step_up_begun",
  verify: "step_up_succeeded",
};

/** Codes of the log's own, which no page ever sees. */
type LogCode = "left" | "callback_refused" | "busy" | "fault" | "answer_off_contract";

/** What was refused. Null where it says nothing of safety: a typing error, a screen that is out of date. */
const REFUSED: { [Code in ProblemCode | LogCode]: EventName | null } = {
  left: "sign_in_begun",
  callback_refused: "sign_in_callback_refused",
  busy: "request_shed",
  fault: "fault",
  answer_off_contract: "answer_off_contract",
  invalid_request: "request_malformed",
  idempotency_key_missing: "request_malformed",
  misdirected: "request_forged",
  request_refused: "request_forged",
  not_found: "route_unknown",
  method_not_allowed: "route_unknown",
  payload_too_large: "request_malformed",
  unsupported_media_type: "request_malformed",
  idempotency_key_reused: "idempotency_key_reused",
  signed_out: null,
  proof_needed: "proof_needed",
  sign_in_refused: "sign_in_refused",
  sign_in_blocked: "sign_in_blocked",
  invalid_phone: null,
  invalid_email: null,
  contact_refused: "message_refused_by_tenant",
  wrong_code: "code_refused",
  wrong_recovery_code: "step_up_refused",
  code_expired: "code_refused",
  push_rejected: "step_up_refused",
  already_enrolled: null,
  channel_off: "message_refused_by_policy",
  enrollment_limit: "message_refused_by_limit",
  enrollment_over: null,
  challenge_over: null,
  not_enrolled: null,
  no_recovery_code: null,
  automatic_authenticator: null,
  too_many_codes: "codes_locked",
  too_many_messages: "message_refused_by_limit",
  resend_too_soon: "message_refused_by_limit",
  rate_limited: "tenant_rate_limited",
  outcome_unclear: "tenant_answer_lost",
  upstream_unavailable: "tenant_unreachable",
  tenant_misconfigured: "tenant_misconfigured",
  unexpected_answer: "tenant_answer_unexpected",
  // The store or the limiter has told of itself already, once for all requests that it failed.
  service_unavailable: null,
};

/** Why a number is refused although it was typed without a fault: numbers of these kinds are how texts are turned into money. */
const POLICY: ReadonlySet<string> = new Set<PhoneReason>([
  "premium",
  "shared_cost",
  "toll_free",
  "pager",
  "voicemail",
  "personal",
  "company",
  "satellite",
  "international_network",
  "kind_not_served",
  "country_not_served",
]);

/** Guards that look at the form of a request, and not at where it comes from. */
const OF_FORM: ReadonlySet<GuardName> = new Set<GuardName>(["key", "mediaType", "encoding", "size", "form"]);

/** Returns the security event that a request was, or null where it was none. */
export function eventOf(entry: LogEntry): SecurityEvent | null {
  const event = nameOf(entry);
  if (event === null) return null;
  const { correlationId, route, code, account, place, guard, channel, fault } = entry;
  return {
    event,
    correlationId,
    route,
    code,
    ...(account === undefined ? {} : { account }),
    ...(place === undefined ? {} : { place }),
    ...(guard === undefined ? {} : { guard }),
    ...(channel === undefined ? {} : { channel }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function nameOf({ route, code, guard, reason }: LogEntry): EventName | null {
  if (code === null) return has(DONE, route) ? DONE[route] : null;
  if (guard != null && guard !== "signedIn") return OF_FORM.has(guard) ? "request_malformed" : "request_forged";
  if (code === "invalid_phone" && reason !== undefined && POLICY.has(reason)) return "message_refused_by_policy";
  // The same words are said of a code that proves who is there.
  if (route === "verify" && (code === "wrong_code" || code === "code_expired")) return "step_up_refused";
  return has(REFUSED, code) ? REFUSED[code] : null;
}

function has<Table extends object>(table: Table, name: PropertyKey): name is keyof Table {
  return Object.hasOwn(table, name);
}
