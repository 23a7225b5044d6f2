import type { Channel } from "../contract/channel.ts";
import type { AccountRecord } from "./account-record.ts";
import type { Refusal } from "./refused.ts";
import type { TenantRefusal } from "./tenant-refusal.ts";

/**
 * Returns what the person is told when the tenant refuses: the one table from the tenant's meanings to Problems. Total:
 * every meaning has a row, and none carries a word of the tenant's.
 */
export function problemOf(why: TenantRefusal, about: { channel: Channel; attemptsLeft: number }): Refusal {
  const { channel, attemptsLeft } = about;
  switch (why.is) {
    case "wrong_code":
      return { code: "wrong_code", attemptsLeft };
    case "wrong_recovery_code":
      return { code: "wrong_recovery_code", attemptsLeft };
    case "too_many_codes":
      return { code: "too_many_codes", retryAt: why.retryAt };
    case "too_many_messages":
      return { code: "too_many_messages", retryAt: why.retryAt, channel };
    case "rate_limited":
      return { code: "rate_limited", retryAt: why.retryAt };
    case "sign_in_blocked":
      return { code: "sign_in_blocked", retryAt: why.retryAt };
    case "wrong_password":
      return { code: "sign_in_refused" };
    case "credential_over":
    case "already_enrolled":
    case "mfa_required":
      return { code: "proof_needed" };
    case "code_expired":
      return { code: "code_expired" };
    case "push_rejected":
      return { code: "push_rejected" };
    case "channel_off":
      return { code: "channel_off", channel };
    case "contact_refused":
      return { code: "contact_refused", channel };
    case "enrollment_limit":
      return { code: "enrollment_limit" };
    case "not_enrolled":
    case "not_found":
      return { code: "not_enrolled" };
    case "automatic":
      return { code: "automatic_authenticator" };
    case "misconfigured":
      return { code: "tenant_misconfigured" };
    case "pending":
    case "slow_down":
    case "unknown":
      return { code: "unexpected_answer" };
  }
}

/** Returns the record with what the tenant's refusal says of its own budgets: ours never promises more than the tenant gives. */
export function withTenantLimits(record: AccountRecord, why: TenantRefusal, channel: Channel): AccountRecord {
  if (why.is === "too_many_codes") return { ...record, blocked: { ...record.blocked, codes: why.retryAt } };
  if (why.is === "too_many_messages" && channel in record.blocked) {
    return { ...record, blocked: { ...record.blocked, [channel]: why.retryAt } };
  }
  return record;
}
