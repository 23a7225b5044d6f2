import { useId } from "react";
import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";
import { CodeFacts } from "../parts/code-facts.tsx";
import { CodeForm } from "../parts/code-form.tsx";
import { CodeHelp } from "../parts/code-help.tsx";
import { RecoveryCodeForm } from "../parts/recovery-code-form.tsx";
import { Resend } from "../parts/resend.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { PushProof } from "./push-proof.tsx";
import type { ScreenProps } from "./screen.ts";

/** Takes the proof that was asked for: a code from a message or an app, a recovery code, or an approval on the phone. */
export function EnterProof(props: ScreenProps<"enteringProof">) {
  const { t } = useMessages();
  const { state, commands, busy } = props;
  return (
    <div className="mfa-screen">
      <Proof {...props} />
      <div className="mfa-ways">
        <Button look="quiet" busy={busy} onPress={() => commands.prove(state.then)}>
          {t("proof.another")}
        </Button>
        <Button look="quiet" busy={busy} onPress={commands.cancel}>
          {t("cancel")}
        </Button>
      </div>
    </div>
  );
}

function Proof({ state, commands, busy }: ScreenProps<"enteringProof">) {
  const { t } = useMessages();
  const id = useId();
  const { challenge, problem } = state;
  const heading = `${id}heading`;
  const form = { headingId: heading, problem, busy };
  switch (challenge.channel) {
    case "recovery_code":
      return (
        <>
          <ScreenHeading id={heading} takesFocus={false}>
            {t("proof.recovery.heading")}
          </ScreenHeading>
          <p className="mfa-hint">{t("code.tries", { count: challenge.attemptsLeft })}</p>
          <RecoveryCodeForm {...form} onCode={(recoveryCode) => commands.verify({ recoveryCode })} />
        </>
      );
    case "push":
      return <PushProof challenge={challenge} problem={problem} commands={commands} busy={busy} />;
    case "otp":
      return (
        <>
          <ScreenHeading id={heading} takesFocus={false}>
            {t("proof.otp.heading")}
          </ScreenHeading>
          <p className="mfa-hint">{t("code.tries", { count: challenge.attemptsLeft })}</p>
          <CodeForm {...form} sentAt={null} onCode={(code) => commands.verify({ code })} />
        </>
      );
    default:
      return (
        <>
          <ScreenHeading id={heading} takesFocus={false}>
            {t("proof.code.heading")}
          </ScreenHeading>
          <CodeFacts
            id={`${id}facts`}
            channel={challenge.channel}
            contact={challenge.contact ?? ""}
            codeExpiresAt={challenge.codeExpiresAt}
            attemptsLeft={challenge.attemptsLeft}
          />
          <CodeForm
            {...form}
            describedBy={`${id}facts`}
            sentAt={challenge.sentAt}
            onCode={(code) => commands.verify({ code })}
          />
          <Resend
            channel={challenge.channel}
            resendAt={challenge.resendAt}
            sendsLeft={challenge.sendsLeft}
            busy={busy}
            onResend={commands.resendChallenge}
          />
          <CodeHelp channel={challenge.channel} sentAt={challenge.sentAt} />
        </>
      );
  }
}
