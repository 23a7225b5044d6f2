import type { Stop } from "../../wizard/state.ts";
import { Button } from "../parts/button.tsx";
import { useServerNow } from "../parts/clock.ts";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { type MessageKey, useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import type { ScreenProps } from "./screen.ts";

/** Says why it goes no further, until when where that is known, and what the way on is. There is always one. */
export function StoppedScreen({ state, commands, busy }: ScreenProps<"stopped">) {
  const messages = useMessages();
  const { t } = messages;
  const now = useServerNow();
  const { why, on } = state;
  const retryAt = "retryAt" in why ? why.retryAt : null;
  const isDue = retryAt === null || (now !== null && now >= retryAt);
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t(headingOf(why))}</ScreenHeading>
      <p>{isRefusal(why) ? problemSentence(messages, why) : t(sentenceOf(why.code))}</p>
      {isRefusal(why) ? <p className="mfa-hint">{t("reference", { reference: why.correlationId })}</p> : null}
      <div className="mfa-actions">
        {on !== null && isDue ? (
          <Button look="primary" busy={busy} onPress={commands.retryStopped}>
            {t(headingOf(why) === "stopped.service.heading" ? "try_again" : "stopped.start_again")}
          </Button>
        ) : null}
        {why.code === "channel_off" ? (
          <Button look="primary" busy={busy} onPress={commands.openChannels}>
            {t("code.another_method")}
          </Button>
        ) : null}
        <Button look="secondary" busy={busy} onPress={commands.cancel}>
          {t("close")}
        </Button>
      </div>
    </div>
  );
}

function isRefusal(why: Stop): why is Extract<Stop, { correlationId: string }> {
  return "correlationId" in why;
}

function sentenceOf(code: "enrollment_ended" | "nothing_offered"): "problem.enrollment_over" | "stopped.nothing.text" {
  return code === "enrollment_ended" ? "problem.enrollment_over" : "stopped.nothing.text";
}

function headingOf({ code }: Stop): MessageKey & `stopped.${string}.heading` {
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
