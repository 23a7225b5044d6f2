import { type FormEvent, useId, useRef, useState } from "react";
import { parseRecoveryCode } from "../../contract/code.ts";
import type { Problem } from "../../contract/problem.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { useComplaint } from "../screens/use-complaint.ts";
import { Button } from "./button.tsx";
import { describedBy, FieldError, Hint } from "./field-error.tsx";
import { useOnPageLeft } from "./page-leaving.ts";
import { useRefused } from "./use-refused.ts";
import { VERBATIM_FIELD } from "./verbatim-field.ts";

/** Eight to 64 letters and digits: what the contract takes; Auth0's own codes have 24. */
const SHAPE = /^[A-Z0-9]{8,64}$/;

/** Renders the field for a saved recovery code. Spaces, dashes and small letters are as good as none. */
export function RecoveryCodeForm(props: {
  readonly headingId: string;
  /** Id of the line that says how many tries are left; the refusal of a wrong code says that itself. */
  readonly triesId: string;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly onCode: (recoveryCode: string) => void;
}) {
  const { headingId, problem, busy, onCode } = props;
  const messages = useMessages();
  const { t } = messages;
  const id = useId();
  // What is typed stands in the field alone; nothing else would have to forget it.
  const field = useRef<HTMLInputElement>(null);
  // Null until it is sent for the first time; from then on it is judged with each letter.
  const [isUnlike, setIsUnlike] = useState<boolean | null>(null);
  const typed = isUnlike === true ? t("proof.recovery.invalid") : undefined;
  const refused = problem === null ? undefined : problemSentence(messages, problem);
  const wrong = typed ?? refused;
  const saysTries = typed === undefined && problem?.code === "wrong_recovery_code";
  const complaint = useComplaint(field, typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = parseRecoveryCode(field.current?.value ?? "");
    const isLike = SHAPE.test(code);
    setIsUnlike(!isLike);
    if (!isLike) complaint.lead(t("proof.recovery.invalid"));
    else if (!busy) onCode(code);
  };

  useOnPageLeft(() => {
    if (field.current !== null) field.current.value = "";
    setIsUnlike(null);
  });

  useRefused(field, { problem, sentence: refused, sentAt: null });

  return (
    <form className="mfa-form" noValidate onSubmit={submit}>
      <label className="mfa-label" htmlFor={`${id}field`}>
        {t("proof.recovery.label")}
      </label>
      <Hint id={`${id}hint`}>{t("proof.recovery.hint")}</Hint>
      <input
        {...VERBATIM_FIELD}
        ref={field}
        id={`${id}field`}
        name="recoveryCode"
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={describedBy(
          wrong !== undefined && `${id}error`,
          headingId,
          !saysTries && props.triesId,
          `${id}hint`,
        )}
        onChange={({ target }) => {
          if (isUnlike !== null) setIsUnlike(!SHAPE.test(parseRecoveryCode(target.value)));
        }}
      />
      <FieldError id={`${id}error`}>{wrong}</FieldError>
      <div className="mfa-actions">
        <Button look="primary" type="submit" busy={busy}>
          {busy ? t("busy") : t("continue")}
        </Button>
      </div>
    </form>
  );
}
