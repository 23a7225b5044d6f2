import * as z from "zod/mini";
import type { UpstreamAnswer } from "./upstream.ts";

/** Says what the tenant meant by not doing it. `retryAt` is epoch ms. */
export type TenantRefusal =
  | { is: "mfa_required"; mfaToken: string | null }
  | { is: "too_many_codes" | "too_many_messages" | "rate_limited" | "sign_in_blocked"; retryAt: number }
  | {
      is:
        | "pending"
        | "slow_down"
        | "push_rejected"
        | "wrong_recovery_code"
        | "wrong_code"
        | "wrong_password"
        | "credential_over"
        | "code_expired"
        | "already_enrolled"
        | "channel_off"
        | "not_enrolled"
        | "contact_refused"
        | "enrollment_limit"
        | "automatic"
        | "not_found"
        | "misconfigured"
        | "unknown";
    };

/** Names the call that was refused: the tenant says the same words for different things. */
export type TenantCall = "password" | "associate" | "challenge" | "list" | "remove" | "oob" | "otp" | "recovery_code";

const MINUTE = 60_000;
/** Auth0 gives one more code try every six minutes after ten wrong ones. */
const CODES_WAIT = 6 * MINUTE;
/** Auth0 gives one more text every hour after ten. */
const MESSAGES_WAIT = 60 * MINUTE;
/** What to wait when the tenant says "too many" without saying until when. */
const DEFAULT_WAIT = MINUTE;
/** No wait is believed beyond an hour, and none is shorter than a second: a clock that is off must not lock anybody out. */
const LONGEST_WAIT = 60 * MINUTE;
const SHORTEST_WAIT = 1_000;

const errorSchema = z.object({
  error: z.catch(z.string(), ""),
  error_description: z.catch(z.string(), ""),
  mfa_token: z.catch(z.nullable(z.string()), null),
});

/**
 * Reads a refusal off any answer whatever. Auth0 tells errors apart by `error` and free text together, statuses vary with the
 * age of the tenant: so the words decide first and the status only where they say nothing. Never throws.
 */
export function refusalOf(answer: UpstreamAnswer, call: TenantCall, now: number): TenantRefusal {
  const { error, error_description, mfa_token } = parseError(answer.text);
  const text = error_description.trim().replace(/\.$/, "").toLowerCase();
  const wait = (fallback: number) => retryAtOf(answer.headers, now, fallback);
  // Every answer tells the state of the endpoint's own bucket, which says nothing of a person's while it has something left.
  const { "x-ratelimit-reset": _, ...others } = answer.headers;
  const headers = answer.headers["x-ratelimit-remaining"] === "0" ? answer.headers : others;
  const waitOfTheirs = (fallback: number) => retryAtOf(headers, now, fallback);

  if (error === "mfa_required") return { is: "mfa_required", mfaToken: mfa_token };
  if (error === "authorization_pending") return { is: "pending" };
  if (error === "slow_down") return { is: "slow_down" };
  if (text === "mfa authorization rejected")
    return { is: call === "recovery_code" ? "wrong_recovery_code" : "push_rejected" };
  if (["invalid otp_code", "invalid binding_code", "invalid code"].includes(text)) return { is: "wrong_code" };
  if (text.startsWith("too many failed codes")) return { is: "too_many_codes", retryAt: waitOfTheirs(CODES_WAIT) };
  if (/^too many [\w ]+ sent by the user/.test(text))
    return { is: "too_many_messages", retryAt: waitOfTheirs(MESSAGES_WAIT) };
  if (/^the (?:phone number|email(?: address)?) is invalid$/.test(text)) return { is: "contact_refused" };
  if (text === "user is already enrolled") return { is: "already_enrolled" };
  if (text === "oob_code is expired" || text === "verification code is expired") return { is: "code_expired" };
  if (text === "malformed oob_code" || text.includes("oob_code doesn't match")) return { is: "code_expired" };
  if (text === "mfa_token is expired" || text === "malformed mfa_token") return { is: "credential_over" };
  if (text.startsWith("the mfa_token provided is invalid")) return { is: "credential_over" };
  if (text.startsWith("mfa_token not issued")) return { is: "misconfigured" };
  if (text === "could not find the requested authenticator") return { is: "not_found" };
  if (error === "unsupported_challenge_type" && text.includes("verifier is disabled")) return { is: "channel_off" };
  if (error === "unsupported_challenge_type" || error === "association_required") return { is: "not_enrolled" };
  if (error === "too_many_entities") return { is: "enrollment_limit" };
  if (error === "too_many_attempts") return { is: "sign_in_blocked", retryAt: wait(DEFAULT_WAIT) };
  if (answer.status === 429) return { is: "rate_limited", retryAt: wait(DEFAULT_WAIT) };
  if (["insufficient_scope", "unauthorized_client", "invalid_client"].includes(error)) return { is: "misconfigured" };
  // A set-up mistake that looks like an outage; any other server_error is one.
  if (text.startsWith("authorization server not configured")) return { is: "misconfigured" };
  if (
    call === "password" &&
    ["invalid_grant", "access_denied", "password_leaked", "requires_verification"].includes(error)
  ) {
    return { is: "wrong_password" };
  }
  if (error === "expired_token") return { is: "credential_over" };
  if (call === "remove") {
    if (answer.status === 404) return { is: "not_found" };
    if (answer.status === 403) return { is: "automatic" };
  }
  if (answer.status === 401 && call !== "password") return { is: "credential_over" };
  return { is: "unknown" };
}

function parseError(text: string): z.infer<typeof errorSchema> {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the words say nothing, the status has to.
  }
  const parsed = errorSchema.safeParse(body);
  return parsed.success ? parsed.data : { error: "", error_description: "", mfa_token: null };
}

/**
 * Returns the instant from which the tenant may be asked again: `x-ratelimit-reset` (epoch seconds), else `Retry-After`
 * (seconds or a date, RFC 9110 section 10.2.3), else now plus the fallback; always between a second and an hour from now.
 */
export function retryAtOf(headers: Record<string, string>, now: number, fallbackMs: number): number {
  const candidates = [
    Number(headers["x-ratelimit-reset"]) * 1000,
    now + Number(headers["retry-after"]) * 1000,
    Date.parse(headers["retry-after"] ?? ""),
  ];
  const told = candidates.find((at) => Number.isFinite(at) && at > now);
  return Math.min(Math.max(told ?? now + fallbackMs, now + SHORTEST_WAIT), now + LONGEST_WAIT);
}
