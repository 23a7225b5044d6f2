import { useMessages } from "../messages/messages.ts";
import { isRefusal, stopHeading, stopSentence } from "../messages/stop-sentence.ts";
import { Button } from "../parts/button.tsx";
import { useServerNow } from "../parts/clock.ts";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ScreenProps } from "./screen.ts";

/** Says why it goes no further, until when where that is known, and what the way on is. There is always one. */
export function StoppedScreen(props: ScreenProps<"stopped">) {
  const messages = useMessages();
  const { t } = messages;
  const { why } = props.state;
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t(stopHeading(why))}</ScreenHeading>
      <p>{stopSentence(messages, why)}</p>
      {isRefusal(why) ? <p className="mfa-hint">{t("reference", { reference: why.correlationId })}</p> : null}
      <div className="mfa-actions">
        <WaysOn {...props} />
      </div>
    </div>
  );
}

function WaysOn({ state, commands, busy }: ScreenProps<"stopped">) {
  const { t } = useMessages();
  const now = useServerNow();
  const { why, on } = state;
  const retryAt = "retryAt" in why ? why.retryAt : null;
  const isDue = retryAt === null || (now !== null && now >= retryAt);
  if (why.code === "continued_elsewhere") {
    return (
      <Button look="primary" busy={busy} onPress={commands.takeUp}>
        {t("stopped.elsewhere.submit")}
      </Button>
    );
  }
  return (
    <>
      {on !== null && isDue ? (
        <Button look="primary" busy={busy} onPress={commands.retryStopped}>
          {t(stopHeading(why) === "stopped.service.heading" ? "try_again" : "stopped.start_again")}
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
    </>
  );
}
