import type { Problem } from "../../contract/problem.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";

/** Asks for an approval on the phone. Nothing polls by itself: the person says when they have approved it. */
export function PushProof(props: {
  readonly contact: string | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly onApproved: () => void;
}) {
  const messages = useMessages();
  const { t } = messages;
  const { contact, problem, busy, onApproved } = props;
  return (
    <>
      <ScreenHeading>{t("proof.push.heading")}</ScreenHeading>
      <p>{t("proof.push.text", { contact: contact ?? t("channel.push") })}</p>
      {problem === null ? null : <Notice tone="warning">{problemSentence(messages, problem)}</Notice>}
      <div className="mfa-actions">
        <Button look="primary" busy={busy} onPress={onApproved}>
          {t("continue")}
        </Button>
      </div>
    </>
  );
}
