import { useId } from "react";
import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";
import { CodeFacts } from "../parts/code-facts.tsx";
import { CodeForm } from "../parts/code-form.tsx";
import { CodeHelp } from "../parts/code-help.tsx";
import { Notice } from "../parts/notice.tsx";
import { Resend } from "../parts/resend.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { PendingActions } from "./pending-actions.tsx";
import type { ScreenProps } from "./screen.ts";

/** Takes the code that was sent, and keeps every way on in reach: another message, another channel, number or method. */
export function EnterCode({ state, commands, busy }: ScreenProps<"enteringCode">) {
  const { t } = useMessages();
  const id = useId();
  const { enrollment, problem } = state;
  const { channel, sentAt, sibling } = enrollment;
  return (
    <div className="mfa-screen">
      <ScreenHeading id={`${id}heading`} takesFocus={false}>
        {t(`code.heading.${channel}`)}
      </ScreenHeading>
      <CodeFacts
        id={`${id}facts`}
        channel={channel}
        contact={enrollment.contact}
        codeExpiresAt={enrollment.codeExpiresAt}
        attemptsLeft={enrollment.attemptsLeft}
      />
      {enrollment.newerMessageLost ? (
        <>
          <Notice tone="warning">{t("code.newer_lost")}</Notice>
          <p className="mfa-hint">{t("checking")}</p>
        </>
      ) : null}
      <CodeForm
        headingId={`${id}heading`}
        describedBy={`${id}facts`}
        problem={problem}
        busy={busy}
        sentAt={sentAt}
        onCode={commands.confirm}
      />
      <Resend
        channel={channel}
        resendAt={enrollment.resendAt}
        sendsLeft={enrollment.sendsLeft}
        busy={busy}
        onResend={commands.resend}
      />
      <CodeHelp channel={channel} sentAt={sentAt} />
      <PendingActions state={state} commands={commands} busy={busy}>
        {sibling === null || enrollment.sendsLeft === 0 ? null : (
          <Button look="quiet" busy={busy} onPress={() => commands.switchChannel(sibling)}>
            {t(`code.switch.${sibling}`)}
          </Button>
        )}
      </PendingActions>
    </div>
  );
}
