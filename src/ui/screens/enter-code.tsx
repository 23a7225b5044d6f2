import { useId } from "react";
import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";
import { Checking } from "../parts/checking.tsx";
import { useServerNow } from "../parts/clock.ts";
import { CodeFacts } from "../parts/code-facts.tsx";
import { CodeForm } from "../parts/code-form.tsx";
import { CodeHelp } from "../parts/code-help.tsx";
import { Notice } from "../parts/notice.tsx";
import { Resend } from "../parts/resend.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { PendingActions } from "./pending-actions.tsx";
import type { ScreenProps } from "./screen.ts";

/** Takes the code that was sent, while it may still be tried. */
export function EnterCode(props: ScreenProps<"enteringCode">) {
  return props.state.enrollment.attemptsLeft === 0 ? <CodeLocked {...props} /> : <CodeField {...props} />;
}

/** Says that no code can be tried for now and until when, instead of offering a field that would only be refused. */
function CodeLocked({ state, commands, busy }: ScreenProps<"enteringCode">) {
  const { t, time } = useMessages();
  const now = useServerNow();
  const { enrollment } = state;
  const { triesAgainAt } = enrollment;
  const isOver = triesAgainAt !== null && now !== null && now >= triesAgainAt;
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("stopped.locked.heading")}</ScreenHeading>
      {triesAgainAt === null ? null : <p>{t("problem.too_many_codes", { time: time(triesAgainAt) })}</p>}
      {isOver ? (
        <Resend
          channel={enrollment.channel}
          resendAt={enrollment.resendAt}
          resendUntil={enrollment.resendUntil}
          sendsLeft={enrollment.sendsLeft}
          busy={busy}
          primary={t(`code.resend.${enrollment.channel}`)}
          onResend={commands.resend}
        />
      ) : null}
      <PendingActions state={state} commands={commands} busy={busy} />
    </div>
  );
}

/** Keeps every way on in reach beside the field: another message, another channel, number or method. */
function CodeField({ state, commands, busy }: ScreenProps<"enteringCode">) {
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
          <Checking until={enrollment.resendAt} />
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
        resendUntil={enrollment.resendUntil}
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
