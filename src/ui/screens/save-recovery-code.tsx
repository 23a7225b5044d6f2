import { useEffect, useId, useRef, useState } from "react";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { FieldError } from "../parts/field-error.tsx";
import { HiddenCode } from "../parts/hidden-code.tsx";
import { Loading } from "../parts/loading.tsx";
import { Notice } from "../parts/notice.tsx";
import { useIsPageAway, useWasOutOfSight } from "../parts/page-sight.ts";
import { RecoveryBack } from "../parts/recovery-back.tsx";
import { RecoveryCode } from "../parts/recovery-code.tsx";
import { RecoveryWays } from "../parts/recovery-ways.tsx";
import { useSay } from "../parts/saying.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { RecoveryDevices } from "../recovery-devices.ts";
import type { ScreenProps } from "./screen.ts";

/** Describes the screen with what the printed card needs besides the code. */
export type SaveRecoveryCodeProps = ScreenProps<"savingRecoveryCode"> & {
  readonly siteName: string | undefined;
  readonly accountName: string | null;
  /** Whether the code is hidden once the page was out of sight. */
  readonly hides: boolean;
  /** Whether its end is typed back before it is gone for good. */
  readonly asksBack: boolean;
  readonly madeAt: () => number;
  readonly devices?: RecoveryDevices | undefined;
};

/** Shows the recovery code until it is saved. Nothing leads on but the person's word that it is. */
export function SaveRecoveryCode({
  state,
  commands,
  busy,
  siteName,
  hides,
  asksBack,
  ...sheet
}: SaveRecoveryCodeProps) {
  const messages = useMessages();
  const { t } = messages;
  const say = useSay();
  const id = useId();
  const [isSaved, setIsSaved] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const [isTypedBack, setIsTypedBack] = useState(false);
  const isAway = useIsPageAway();
  const { wasAway, show } = useWasOutOfSight(hides);
  const label = useRef<HTMLParagraphElement>(null);
  /** Set by the person's own press, so that nothing else moves the focus: the button that had it is gone then. */
  const isAskedFor = useRef(false);
  useEffect(() => {
    if (wasAway || !isAskedFor.current) return;
    isAskedFor.current = false;
    label.current?.focus();
  }, [wasAway]);
  const { problem } = state;
  const codes = isAway ? null : state.codes;
  const showAgain = () => {
    show();
    setIsTypedBack(false);
  };
  if (isTypedBack && codes !== null) {
    return (
      <div className="mfa-screen">
        <ScreenHeading takesFocus={false}>{t("recovery.heading")}</ScreenHeading>
        {problem === null ? null : <Notice tone="warning">{problemSentence(messages, problem)}</Notice>}
        <RecoveryBack codes={codes} busy={busy} onRight={commands.acknowledge} onShow={showAgain} />
      </div>
    );
  }
  return (
    <form
      className="mfa-screen"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsMissing(!isSaved);
        if (!isSaved) say(t("recovery.saved.missing"));
        else if (asksBack) setIsTypedBack(true);
        else if (!busy) commands.acknowledge();
      }}
    >
      <ScreenHeading id={`${id}heading`}>{t("recovery.heading")}</ScreenHeading>
      <p>{t("recovery.text")}</p>
      {problem === null ? null : (
        <Notice
          tone="warning"
          action={
            <Button busy={busy} onPress={commands.revealRecoveryCode}>
              {t("try_again")}
            </Button>
          }
        >
          {problemSentence(messages, problem)}
        </Notice>
      )}
      {codes === null ? (
        problem === null && busy && <Loading />
      ) : (
        <>
          <p ref={label} id={`${id}code`} className="mfa-label" tabIndex={-1}>
            {t("recovery.code")}
          </p>
          {wasAway ? (
            <HiddenCode
              onShow={() => {
                isAskedFor.current = true;
                show();
              }}
            />
          ) : (
            codes.map((code) => <RecoveryCode key={code} code={code} labelledBy={`${id}code`} />)
          )}
          <RecoveryWays codes={codes} siteName={siteName ?? t("recovery.site")} {...sheet} />
          <label className="mfa-check">
            <input
              type="checkbox"
              checked={isSaved}
              aria-invalid={isMissing || undefined}
              aria-describedby={isMissing ? `${id}missing` : undefined}
              onChange={(event) => {
                setIsSaved(event.target.checked);
                setIsMissing(false);
              }}
            />
            {t("recovery.saved")}
          </label>
          <FieldError id={`${id}missing`}>{isMissing ? t("recovery.saved.missing") : null}</FieldError>
          <div className="mfa-actions">
            <Button look="primary" type="submit" busy={busy}>
              {t("recovery.submit")}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
