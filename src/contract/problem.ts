import * as z from "zod/mini";
import { channelSchema } from "./channel-schema.ts";

/** Lists why a phone number is refused. The type reasons follow the numbering plan, not the carrier; the last two the host's policy. */
export const PHONE_REASONS = [
  "empty",
  "not_a_number",
  "unknown_country",
  "too_short",
  "too_long",
  "not_in_plan",
  "extension",
  "landline",
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
] as const;

/** Lists why an email address is refused. */
export const EMAIL_REASONS = [
  "empty",
  "no_at",
  "several_at",
  "local_part",
  "domain",
  "too_long",
  "characters",
] as const;

/** An instant in epoch ms from which the same request may succeed. */
const retryAt = z.number();
const attemptsLeft = z.int().check(z.nonnegative());

function refusal<const Code extends string, const Status extends number, Extra extends z.core.$ZodShape>(
  code: Code,
  status: Status,
  extra: Extra,
) {
  return z.object({
    type: z.literal(`urn:mfa-enroll:problem:${code}`),
    title: z.string(),
    status: z.literal(status),
    code: z.literal(code),
    /** Finds the log line of this answer; safe to read out to support. */
    correlationId: z.string(),
    ...extra,
  });
}

/**
 * Parses every refusal of the BFF: an RFC 9457 problem document, told apart by `code`. Nothing of what the tenant or the
 * person wrote is repeated in it.
 */
export const problemSchema = z.discriminatedUnion("code", [
  // The request itself.
  refusal("invalid_request", 400, {}),
  refusal("idempotency_key_missing", 400, {}),
  refusal("misdirected", 421, {}),
  refusal("request_refused", 403, {}),
  refusal("not_found", 404, {}),
  refusal("method_not_allowed", 405, {}),
  refusal("payload_too_large", 413, {}),
  refusal("unsupported_media_type", 415, {}),
  refusal("idempotency_key_reused", 422, {}),
  // Who is there.
  refusal("signed_out", 401, {}),
  refusal("proof_needed", 403, {}),
  refusal("sign_in_refused", 422, {}),
  refusal("sign_in_blocked", 429, { retryAt: z.nullable(retryAt) }),
  // What was typed.
  refusal("invalid_phone", 422, {
    reason: z.enum(PHONE_REASONS),
    region: z.nullable(z.string()),
    channel: z.enum(["sms", "voice"]),
  }),
  refusal("invalid_email", 422, { reason: z.enum(EMAIL_REASONS) }),
  refusal("contact_refused", 422, { channel: channelSchema }),
  refusal("wrong_code", 422, { attemptsLeft }),
  refusal("wrong_recovery_code", 422, { attemptsLeft }),
  refusal("code_expired", 410, {}),
  refusal("push_rejected", 403, {}),
  // What may be done.
  refusal("already_enrolled", 409, { channel: channelSchema }),
  refusal("channel_off", 409, { channel: channelSchema }),
  refusal("enrollment_limit", 409, {}),
  refusal("enrollment_over", 409, {}),
  refusal("challenge_over", 409, {}),
  refusal("not_enrolled", 409, {}),
  refusal("no_recovery_code", 409, {}),
  refusal("automatic_authenticator", 409, {}),
  // How often.
  refusal("too_many_codes", 429, { retryAt }),
  refusal("too_many_messages", 429, { retryAt, channel: channelSchema }),
  refusal("resend_too_soon", 429, { retryAt }),
  refusal("rate_limited", 429, { retryAt }),
  // What is behind.
  refusal("outcome_unclear", 504, { what: z.enum(["challenge", "verify", "remove", "renew"]) }),
  refusal("upstream_unavailable", 503, {}),
  refusal("tenant_misconfigured", 502, {}),
  refusal("unexpected_answer", 502, {}),
  refusal("service_unavailable", 503, {}),
]);

/** Describes a refusal: the service understood and said no. */
export type Problem = z.infer<typeof problemSchema>;

/** Names a refusal. */
export type ProblemCode = Problem["code"];

/** Describes a refusal of one code. */
export type ProblemOf<Code extends ProblemCode> = Extract<Problem, { code: Code }>;

/** Names why a phone number is refused. */
export type PhoneReason = (typeof PHONE_REASONS)[number];

/** Names why an email address is refused. */
export type EmailReason = (typeof EMAIL_REASONS)[number];
