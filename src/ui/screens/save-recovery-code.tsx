import { useId, useState } from "react";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { FieldError } from "../parts/field-error.tsx";
import { Loading } from "../parts/loading.tsx";
import { Notice } from "../parts/notice.tsx";
import { useIsPageAway } from "../parts/page-leaving.ts";
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
  readonly madeAt: () => number;
  readonly devices?: RecoveryDevices | undefined;
};

/** Shows the recovery code until it is saved. Nothing leads on but the person's word that it is. */
export function SaveRecoveryCode({ state, commands, busy, siteName, ...sheet }: SaveRecoveryCodeProps) {
  const messages = useMessages();
  const { t } = messages;
  const say = useSay();
  const id = useId();
  const [isSaved, setIsSaved] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const isAway = useIsPageAway();
  const { problem } = state;
  const codes = isAway ? null : state.codes;
  return (
    <form
      className="mfa-screen"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsMissing(!isSaved);
        if (!isSaved) say(t("recovery.saved.missing"));
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
          <p id={`${id}code`} className="mfa-label">
            {t("recovery.code")}
          </p>
          {codes.map((code) => (
            <RecoveryCode key={code} code={code} labelledBy={`${id}code`} />
          ))}
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
