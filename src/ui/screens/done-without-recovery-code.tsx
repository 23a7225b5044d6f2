import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ScreenProps } from "./screen.ts";

/** Says truthfully that the method is on while the recovery code is lost, what that means and what to do: get a new one, or ask for it. */
export function DoneWithoutRecoveryCodeScreen({ state, commands, busy }: ScreenProps<"doneWithoutRecoveryCode">) {
  const messages = useMessages();
  const { t } = messages;
  const { canRenew, problem } = state;
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("no_code.heading")}</ScreenHeading>
      <Notice tone="warning">{t(canRenew ? "no_code.text.renew" : "no_code.text")}</Notice>
      <p>{t(canRenew ? "no_code.what.renew" : "no_code.what")}</p>
      {problem === null ? null : <Notice tone="warning">{problemSentence(messages, problem)}</Notice>}
      <div className="mfa-actions">
        {canRenew ? (
          <>
            <Button look="primary" busy={busy} onPress={commands.renewRecoveryCode}>
              {t("no_code.renew")}
            </Button>
            <Button onPress={commands.acknowledgeLoss}>{t("no_code.later")}</Button>
          </>
        ) : (
          <Button look="primary" onPress={commands.acknowledgeLoss}>
            {t("no_code.submit")}
          </Button>
        )}
      </div>
    </div>
  );
}
