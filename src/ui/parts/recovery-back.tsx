import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useMessages } from "../messages/messages.ts";
import { useComplaint } from "../screens/use-complaint.ts";
import { Button } from "./button.tsx";
import { describedBy, FieldError, Hint } from "./field-error.tsx";
import { type EndComplaint, judgeRecoveryEnd } from "./recovery-end.ts";
import { VERBATIM_FIELD } from "./verbatim-field.ts";

/** Describes the field in which somebody shows that they have the code. */
export type RecoveryBackProps = {
  readonly codes: readonly string[];
  readonly busy: boolean;
  /** Called once what was typed is right. */
  readonly onRight: () => void;
  /** Shows the code again. */
  readonly onShow: () => void;
};

/** Asks for the end of the recovery code while it is out of sight. It never leaves the page: the comparison is made here. */
export function RecoveryBack({ codes, busy, onRight, onShow }: RecoveryBackProps) {
  const { t } = useMessages();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // Judged when it is sent alone: whoever types the end again is not told after each letter that it is not whole.
  const [found, setFound] = useState<EndComplaint | null>(null);
  const wrong = found === null ? undefined : t(`recovery.back.${found}`);
  const complaint = useComplaint(field, wrong);
  // The person's own press led here, and there is one thing to do.
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const judged = judgeRecoveryEnd(field.current?.value ?? "", codes);
    setFound(judged);
    if (judged !== null) complaint.lead(t(`recovery.back.${judged}`));
    else if (!busy) onRight();
  };
  return (
    <form className="mfa-form" noValidate onSubmit={submit}>
      <label className="mfa-label" htmlFor={id}>
        {t("recovery.back.label")}
      </label>
      <Hint id={`${id}hint`}>{t("recovery.back.text")}</Hint>
      <input
        {...VERBATIM_FIELD}
        ref={field}
        id={id}
        name="end"
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={describedBy(wrong !== undefined && `${id}error`, `${id}hint`)}
      />
      <FieldError id={`${id}error`}>{wrong}</FieldError>
      <div className="mfa-actions">
        <Button look="primary" type="submit" busy={busy}>
          {busy ? t("busy") : t("recovery.submit")}
        </Button>
        <Button onPress={onShow}>{t("recovery.show")}</Button>
      </div>
    </form>
  );
}
