import { useId, useRef } from "react";
import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";
import { Checking } from "../parts/checking.tsx";
import { CodeFacts } from "../parts/code-facts.tsx";
import { CodeForm } from "../parts/code-form.tsx";
import { CodeHelp } from "../parts/code-help.tsx";
import { CodeLock } from "../parts/code-lock.tsx";
import { Notice } from "../parts/notice.tsx";
import { Resend } from "../parts/resend.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { useTextedCode } from "../parts/use-texted-code.ts";
import { PendingActions } from "./pending-actions.tsx";
import type { ScreenProps } from "./screen.ts";

/** Takes the code that was sent, while it may still be tried. */
export function EnterCode(props: ScreenProps<"enteringCode">) {
  return props.state.enrollment.attemptsLeft === 0 ? <CodeLocked {...props} /> : <CodeField {...props} />;
}

function CodeLocked({ state, commands, busy }: ScreenProps<"enteringCode">) {
  const { t } = useMessages();
  const { enrollment } = state;
  return (
    <div className="mfa-screen">
      <CodeLock triesAgainAt={enrollment.triesAgainAt}>
        <Resend
          channel={enrollment.channel}
          resendAt={enrollment.resendAt}
          resendUntil={enrollment.resendUntil}
          sendsLeft={enrollment.sendsLeft}
          busy={busy}
          primary={t(`code.resend.${enrollment.channel}`)}
          onResend={commands.resend}
        />
      </CodeLock>
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
  const screen = useRef<HTMLDivElement>(null);
  const stopReading = useTextedCode(screen, { isTexted: channel === "sms", sentAt });
  return (
    <div ref={screen} className="mfa-screen">
      <ScreenHeading id={`${id}heading`} takesFocus={false}>
        {t(`code.heading.${channel}`)}
      </ScreenHeading>
      <CodeFacts
        id={`${id}facts`}
        triesId={`${id}tries`}
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
        factsId={`${id}facts`}
        triesId={`${id}tries`}
        problem={problem}
        busy={busy}
        sentAt={sentAt}
        onCode={(code) => {
          stopReading();
          commands.confirm(code);
        }}
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
