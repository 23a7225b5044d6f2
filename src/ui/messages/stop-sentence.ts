import type { OwnStop, Stop } from "../../wizard/state.ts";
import type { MessageKey, Messages } from "./messages.ts";
import { problemSentence } from "./problem-sentence.ts";

const OWN = {
  enrollment_ended: "problem.enrollment_over",
  continued_elsewhere: "stopped.elsewhere.text",
  nothing_offered: "stopped.nothing.text",
} as const satisfies Record<OwnStop, MessageKey>;

/** Tells a refusal, which has a reference for support, from what the page found out by itself. */
export function isRefusal(why: Stop): why is Extract<Stop, { correlationId: string }> {
  return "correlationId" in why;
}

/** Returns why somebody was stopped. */
export function stopSentence(messages: Messages, why: Stop): string {
  return isRefusal(why) ? problemSentence(messages, why) : messages.t(OWN[why.code]);
}

/** Returns the key of the heading over it. */
export function stopHeading({ code }: Stop): MessageKey & `stopped.${string}.heading` {
  switch (code) {
    case "too_many_codes":
      return "stopped.locked.heading";
    case "channel_off":
      return "stopped.off.heading";
    case "enrollment_limit":
      return "stopped.limit.heading";
    case "enrollment_over":
    case "enrollment_ended":
      return "stopped.over.heading";
    case "continued_elsewhere":
      return "stopped.elsewhere.heading";
    case "tenant_misconfigured":
      return "stopped.tenant.heading";
    case "upstream_unavailable":
    case "unexpected_answer":
    case "service_unavailable":
      return "stopped.service.heading";
    case "nothing_offered":
      return "stopped.nothing.heading";
    default:
      return "stopped.request.heading";
  }
}
