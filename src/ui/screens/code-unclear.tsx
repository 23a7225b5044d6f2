import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { Checking } from "../parts/checking.tsx";
import { Notice } from "../parts/notice.tsx";
import { Resend } from "../parts/resend.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { PendingActions } from "./pending-actions.tsx";
import type { ScreenProps } from "./screen.ts";

/** Says that it is not known yet whether the code was sent; the session is read until it is. */
export function SendUnclear({ state, commands, busy }: ScreenProps<"awaitingSend">) {
  const { t } = useMessages();
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("code.unclear.heading")}</ScreenHeading>
      <p>{t("code.unclear.text")}</p>
      <Checking until={null} />
      <PendingActions state={state} commands={commands} busy={busy} />
    </div>
  );
}

/** Says that a message may arrive whose code cannot be used, and asks before anything more is sent. */
export function SendLost({ state, commands, busy }: ScreenProps<"facingLostSend">) {
  const messages = useMessages();
  const { t } = messages;
  const { enrollment, problem } = state;
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("code.lost.heading")}</ScreenHeading>
      <p>{t("code.lost.text", { contact: enrollment.contact })}</p>
      {problem === null ? null : <Notice tone="warning">{problemSentence(messages, problem)}</Notice>}
      <Checking until={enrollment.resendAt} />
      <Resend
        channel={enrollment.channel}
        resendAt={enrollment.resendAt}
        resendUntil={enrollment.resendUntil}
        sendsLeft={enrollment.sendsLeft}
        busy={busy}
        primary={t("code.lost.submit")}
        onResend={commands.resend}
      />
      <PendingActions state={state} commands={commands} busy={busy} />
    </div>
  );
}

/** Says that the code is being checked; there is nothing to do and nothing to enter again. */
export function ConfirmUnclear({ commands }: ScreenProps<"awaitingOutcome">) {
  const { t } = useMessages();
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("code.checking.heading")}</ScreenHeading>
      <p>{t("code.checking.text")}</p>
      <Checking until={null} />
      <div className="mfa-actions">
        <Button onPress={commands.close}>{t("close")}</Button>
      </div>
    </div>
  );
}
