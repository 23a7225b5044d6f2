import { useId, useRef } from "react";
import type { Challenge } from "../../contract/enrollment.ts";
import { useMessages } from "../messages/messages.ts";
import { Button } from "../parts/button.tsx";
import { CodeFacts } from "../parts/code-facts.tsx";
import { CodeForm } from "../parts/code-form.tsx";
import { CodeHelp } from "../parts/code-help.tsx";
import { CodeLock } from "../parts/code-lock.tsx";
import { RecoveryCodeForm } from "../parts/recovery-code-form.tsx";
import { Resend } from "../parts/resend.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import { useTextedCode } from "../parts/use-texted-code.ts";
import { PushProof } from "./push-proof.tsx";
import type { ScreenProps } from "./screen.ts";

/** Takes the proof that was asked for: a code from a message or an app, a recovery code, or an approval on the phone. */
export function EnterProof(props: ScreenProps<"enteringProof">) {
  const { t } = useMessages();
  const { state, commands, busy } = props;
  const { challenge } = state;
  const isLocked = challenge.channel !== "push" && challenge.attemptsLeft === 0;
  const screen = useRef<HTMLDivElement>(null);
  const sentAt = "sentAt" in challenge ? challenge.sentAt : 0;
  const stopReading = useTextedCode(screen, { isTexted: challenge.channel === "sms" && !isLocked, sentAt });
  return (
    <div ref={screen} className="mfa-screen">
      {isLocked ? <ProofLocked {...props} challenge={challenge} /> : <Proof {...props} onSent={stopReading} />}
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

type LockedProps = ScreenProps<"enteringProof"> & { readonly challenge: Exclude<Challenge, { channel: "push" }> };

/** Another message brings other tries; where nothing is sent, another look at the methods does. */
function ProofLocked({ state, commands, busy, challenge }: LockedProps) {
  const { t } = useMessages();
  return (
    <CodeLock triesAgainAt={challenge.triesAgainAt}>
      {"sentAt" in challenge ? (
        <Resend
          channel={challenge.channel}
          resendAt={challenge.resendAt}
          sendsLeft={challenge.sendsLeft}
          busy={busy}
          primary={t(`code.resend.${challenge.channel}`)}
          onResend={commands.resendChallenge}
        />
      ) : (
        <div className="mfa-actions">
          <Button look="primary" busy={busy} onPress={() => commands.prove(state.then)}>
            {t("try_again")}
          </Button>
        </div>
      )}
    </CodeLock>
  );
}

type ProofProps = ScreenProps<"enteringProof"> & { readonly onSent: () => void };

function Proof({ state, commands, busy, onSent }: ProofProps) {
  const { t } = useMessages();
  const id = useId();
  const { challenge, problem } = state;
  const heading = `${id}heading`;
  const form = { headingId: heading, triesId: `${id}tries`, problem, busy };
  switch (challenge.channel) {
    case "recovery_code":
      return (
        <>
          <ScreenHeading id={heading} takesFocus={false}>
            {t("proof.recovery.heading")}
          </ScreenHeading>
          <p id={`${id}tries`} className="mfa-hint">
            {t("code.tries", { count: challenge.attemptsLeft })}
          </p>
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
          <p id={`${id}tries`} className="mfa-hint">
            {t("code.tries", { count: challenge.attemptsLeft })}
          </p>
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
            triesId={`${id}tries`}
            channel={challenge.channel}
            contact={challenge.contact ?? ""}
            codeExpiresAt={challenge.codeExpiresAt}
            attemptsLeft={challenge.attemptsLeft}
          />
          <CodeForm
            {...form}
            factsId={`${id}facts`}
            sentAt={challenge.sentAt}
            onCode={(code) => {
              onSent();
              commands.verify({ code });
            }}
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
