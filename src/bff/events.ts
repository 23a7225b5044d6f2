import type { Channel } from "../contract/channel.ts";
import type { GuardName } from "./manifest.ts";

/*
 * The words in which the BFF tells an operator what happened: a closed list, so that an alert can be written against it and
 * a new event has to be entered here first. It knows no log and no metrics.
 */

/** `info` is the course of things, `warn` is worth counting, `error` is worth waking somebody. */
type Severity = "info" | "warn" | "error";

/** What came of it: `refused` is this service's or the tenant's no, `failed` is something that should have worked. */
type EventOutcome = "done" | "refused" | "failed";

const event = (severity: Severity, outcome: EventOutcome, says: string) => ({ severity, outcome, says });

/** Lists every security event with its severity, its outcome and one sentence for whoever reads the log. */
export const EVENTS = {
  // Who is there.
  sign_in_begun: event("info", "done", "somebody was sent to the tenant's page to sign in"),
  sign_in_succeeded: event("info", "done", "somebody signed in, and their visit has a new id"),
  sign_in_refused: event("warn", "refused", "a user name or password was not accepted"),
  sign_in_blocked: event("warn", "refused", "sign-ins are held back after too many that failed"),
  sign_in_callback_refused: event("warn", "refused", "an answer from the tenant's page did not belong to the visit"),
  signed_out: event("info", "done", "somebody signed out"),
  other_sessions_ended: event("info", "done", "somebody ended their visits elsewhere"),
  cookie_unknown: event("info", "refused", "a cookie came that belongs to no visit, or to one that has ended"),
  cookie_repeated: event("warn", "refused", "two cookies of the visit's name came together, and neither was taken"),
  // Proofs.
  step_up_begun: event("info", "done", "a proof was asked for at an existing method"),
  step_up_succeeded: event("info", "done", "a proof was given"),
  step_up_refused: event("warn", "refused", "a proof was not accepted"),
  proof_needed: event("info", "refused", "a change was asked for without a fresh proof"),
  // Enrollments.
  enrollment_started: event("info", "done", "a method was begun, and its message counted"),
  message_resent: event("info", "done", "another message of an enrollment was asked for, and counted"),
  message_refused_by_limit: event("warn", "refused", "a message was not sent: too many, or too soon"),
  message_refused_by_policy: event("warn", "refused", "a message was not sent: not to this country, kind or channel"),
  message_refused_by_tenant: event("warn", "refused", "the tenant or its carrier did not take a contact"),
  code_refused: event("warn", "refused", "a code of an enrollment was wrong or had ended"),
  codes_locked: event("warn", "refused", "an account has used up its tries, or the tenant says so"),
  enrollment_confirmed: event("info", "done", "a method was added"),
  enrollment_cancelled: event("info", "done", "an enrollment or a proof was given up"),
  authenticator_removed: event("info", "done", "a method was removed"),
  // The recovery code.
  recovery_code_revealed: event("info", "done", "a recovery code was shown"),
  recovery_code_acknowledged: event("info", "done", "a recovery code was saved, and is erased here"),
  recovery_code_renewed: event("info", "done", "a new recovery code was asked for and made"),
  recovery_code_lost: event("warn", "failed", "a recovery code was lost before anybody saw it"),
  // Requests that our own page does not make.
  request_forged: event("warn", "refused", "a request did not come from our own page"),
  request_malformed: event("warn", "refused", "a request did not have the agreed form"),
  route_unknown: event("info", "refused", "a door was tried that does not exist"),
  idempotency_key_reused: event("warn", "refused", "a key came again with another request"),
  // Limits.
  limit_reached: event("warn", "refused", "a limiter had no more to give"),
  breaker_opened: event(
    "error",
    "refused",
    "codes of a range of numbers are not entered: nothing is sent there for a while",
  ),
  limiter_down: event("error", "failed", "the limiter does not answer: nothing is sent"),
  request_shed: event("warn", "refused", "a request was refused because the node has too much in work"),
  // What is behind.
  tenant_unreachable: event("warn", "failed", "the tenant cannot be reached"),
  tenant_answer_lost: event("warn", "failed", "the tenant's answer was lost, and what it did is unknown"),
  tenant_answer_unexpected: event("error", "failed", "the tenant gave an answer that is not understood"),
  tenant_misconfigured: event("error", "failed", "the tenant's settings do not allow what is offered here"),
  tenant_rate_limited: event("warn", "refused", "the tenant is asked too often"),
  store_down: event("error", "failed", "the store does not answer: nothing is sent or changed"),
  store_back: event("info", "done", "the store answers again"),
  key_not_known: event("error", "failed", "a record does not open with the keys that are set"),
  notice_failed: event("warn", "failed", "the owner of an account could not be told of a change; it is tried again"),
  clock_differs: event(
    "warn",
    "failed",
    "this server's clock and the tenant's differ by more than a minute: check that both are synchronised",
  ),
  // The program itself.
  answer_off_contract: event("error", "failed", "an answer was held back because the page could not have read it"),
  fault: event("error", "failed", "a fault of the program; the request was refused"),
  fault_unheard: event("error", "failed", "a fault of the program that no request waited for"),
  node_started: event("info", "done", "the node takes requests"),
  node_stopping: event("info", "done", "the node was asked to stop, and drains"),
} as const;

/** Names a security event. */
export type EventName = keyof typeof EVENTS;

/**
 * Describes one security event. Its time is the log's own, in UTC. Nothing in it names a person, a contact or a secret: what is
 * not listed here cannot be told.
 */
export type SecurityEvent = {
  event: EventName;
  /** Who: the first characters of the account's keyed hash; null or absent where nobody is known. */
  account?: string | null;
  /** Where from: a network, never an address. */
  place?: string | null;
  /** The request it was part of; absent where it was none. */
  correlationId?: string;
  route?: string;
  /** The Problem's code, as in the request's own line. */
  code?: string | null;
  guard?: GuardName | null;
  /** The limiter that had no more to give. */
  limiter?: string;
  channel?: Channel | null;
  /** ISO 3166 letters of the number's country. */
  country?: string | null;
  /** How far this server's clock is ahead of the tenant's; negative where behind. */
  aheadSeconds?: number;
  /** The kind and the place of a fault, without a word of its message. */
  fault?: string;
};
