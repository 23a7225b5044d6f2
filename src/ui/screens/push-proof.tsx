import { useEffect } from "react";
import type { Challenge } from "../../contract/enrollment.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Commands } from "../commands.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { Checking } from "../parts/checking.tsx";
import { useServerNow } from "../parts/clock.ts";
import { Notice } from "../parts/notice.tsx";
import { usePolling } from "../parts/polling.ts";
import { useSay } from "../parts/saying.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";

/** Five seconds: the fastest that Auth0 lets anybody ask (its MFA API answers `slow_down` below that). */
const FASTEST_MS = 5_000;

/** Asks for an approval on the phone, and goes on by itself once it is there. One that has ended can be sent again. */
export function PushProof(props: {
  readonly challenge: Extract<Challenge, { channel: "push" }>;
  readonly problem: Problem | null;
  readonly commands: Commands;
  readonly busy: boolean;
}) {
  const messages = useMessages();
  const { t } = messages;
  const { challenge, problem, commands, busy } = props;
  const say = useSay();
  const now = useServerNow();
  const hasEnded = problem?.code === "code_expired" || (now !== null && now >= challenge.expiresAt);
  const everyMs = Math.max(FASTEST_MS, challenge.pollAfterSeconds * 1_000);
  // A refusal is spoken by the root; a clock that runs out is nobody's answer.
  const ranOut = hasEnded && problem === null;
  useEffect(() => {
    if (ranOut) say(t("proof.push.ended"));
  }, [ranOut, say, t]);
  usePolling(hasEnded ? null : everyMs, () => commands.askWhetherApproved());
  return (
    <>
      <ScreenHeading>{t("proof.push.heading")}</ScreenHeading>
      {hasEnded ? (
        <Notice
          tone="warning"
          action={
            <Button look="primary" busy={busy} onPress={commands.resendChallenge}>
              {t("proof.push.again")}
            </Button>
          }
        >
          {t("proof.push.ended")}
        </Notice>
      ) : (
        <>
          <p>{t("proof.push.text", { contact: challenge.contact ?? t("channel.push") })}</p>
          <Checking until={challenge.expiresAt} />
        </>
      )}
      {problem === null || problem.code === "code_expired" ? null : (
        <Notice tone="warning">{problemSentence(messages, problem)}</Notice>
      )}
    </>
  );
}
