import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ScreenProps } from "./screen.ts";

/** Says in one sentence why the page is left for a moment, and that what was typed is kept. */
export function LeaveForProof({ state, commands, busy }: ScreenProps<"leavingForProof">) {
  const messages = useMessages();
  const { t } = messages;
  const { problem, signInProblem } = state;
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("proof.heading")}</ScreenHeading>
      {signInProblem === null ? null : <Notice tone="warning">{t(`sign_in.problem.${signInProblem}`)}</Notice>}
      {problem === null ? null : <Notice tone="warning">{problemSentence(messages, problem)}</Notice>}
      <p>{t("proof.redirect.text")}</p>
      <div className="mfa-actions">
        <Button look="primary" busy={busy} onPress={commands.signInByRedirect}>
          {t("proof.redirect.submit")}
        </Button>
        <Button look="quiet" busy={busy} onPress={commands.cancel}>
          {t("cancel")}
        </Button>
      </div>
    </div>
  );
}
