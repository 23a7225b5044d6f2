import { isMessageChannel } from "../../contract/channel.ts";
import type { PhoneChannel } from "../../contract/phone-policy.ts";
import type { EmailReason, PhoneReason, Problem } from "../../contract/problem.ts";
import type { Messages } from "./messages.ts";

/** Describes a refused number: why, the localized name of the country it was read for, and the channel it was meant for. */
export type RefusedPhone = { readonly reason: PhoneReason; readonly country: string; readonly channel: PhoneChannel };

/** Returns why a number is refused. */
export function phoneReasonSentence({ t }: Messages, { reason, country, channel }: RefusedPhone): string {
  switch (reason) {
    case "empty":
    case "not_a_number":
    case "unknown_country":
    case "extension":
    case "satellite":
    case "international_network":
    case "kind_not_served":
      return t(`phone.reason.${reason}`);
    case "country_not_served":
      return t(`phone.reason.${reason}.${channel}`, { country });
    default:
      return t(`phone.reason.${reason}`, { country });
  }
}

/** Returns why a number is refused that another channel would serve, and asks whether that one shall be used. */
export function phoneSteerSentence({ t }: Messages, { reason, country }: RefusedPhone, to: PhoneChannel): string {
  return reason === "landline" ? t("phone.landline", { country }) : t(`phone.steer.${to}`, { country });
}

/** Returns why an address is refused. */
export function emailReasonSentence({ t }: Messages, reason: EmailReason): string {
  return t(`email.reason.${reason}`);
}

/** Returns the localized name of an ISO 3166 region, the bare code where the platform has no name. */
export function regionName(locale: string, region: string | null): string {
  if (region === null) return "";
  return new Intl.DisplayNames([locale], { type: "region", fallback: "code" }).of(region) ?? region;
}

/** The regions whose English names take an article inside a sentence. */
const THE = "AE AX BQ BS CC CF CK DO FK FO GB GM IM IO KM KY MH MP MV NL PH SB TC US VG VI";

/** Returns the name of a region as it stands inside a sentence: English says "in the United Kingdom". */
export function regionInSentence(locale: string, region: string | null): string {
  const name = regionName(locale, region);
  return region !== null && /^en\b/i.test(locale) && THE.includes(region) ? `the ${name}` : name;
}

/** Returns the sentence for a refusal. Total over the catalogue of Problems: a new code does not compile without one. */
export function problemSentence(messages: Messages, problem: Problem): string {
  const { t, time } = messages;
  switch (problem.code) {
    case "invalid_request":
    case "idempotency_key_missing":
    case "idempotency_key_reused":
    case "misdirected":
    case "request_refused":
    case "not_found":
    case "method_not_allowed":
    case "payload_too_large":
    case "unsupported_media_type":
    case "unexpected_answer":
    case "service_unavailable":
      return t("problem.request");
    case "sign_in_blocked":
      if (problem.retryAt === null) return t("problem.sign_in_blocked");
      return t("problem.sign_in_blocked_until", { time: time(problem.retryAt) });
    case "invalid_phone":
      return phoneReasonSentence(messages, { ...problem, country: regionInSentence(messages.locale, problem.region) });
    case "invalid_email":
      return emailReasonSentence(messages, problem.reason);
    case "contact_refused":
    case "already_enrolled":
      return t(`problem.${problem.code}.${problem.channel === "email" ? "email" : "phone"}`);
    case "wrong_code":
    case "wrong_recovery_code":
      return t(`problem.${problem.code}`, { count: problem.attemptsLeft });
    case "channel_off":
      return t("problem.channel_off", { channel: t(`channel.${problem.channel}`) });
    case "too_many_messages":
      return t(`problem.too_many_messages.${isMessageChannel(problem.channel) ? problem.channel : "other"}`, {
        time: time(problem.retryAt),
      });
    case "too_many_codes":
    case "resend_too_soon":
    case "rate_limited":
      return t(`problem.${problem.code}`, { time: time(problem.retryAt) });
    case "outcome_unclear":
      return t(`problem.unclear.${problem.what}`);
    case "signed_out":
    case "proof_needed":
    case "sign_in_refused":
    case "code_expired":
    case "push_rejected":
    case "enrollment_limit":
    case "enrollment_over":
    case "challenge_over":
    case "not_enrolled":
    case "no_recovery_code":
    case "automatic_authenticator":
    case "upstream_unavailable":
    case "tenant_misconfigured":
      return t(`problem.${problem.code}`);
  }
}
