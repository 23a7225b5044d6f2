import { useId, useRef } from "react";
import { useForm } from "react-hook-form";
import { useMessages } from "../messages/messages.ts";
import { useComplaint } from "../screens/use-complaint.ts";
import { Button } from "./button.tsx";
import { describedBy, FieldError, Hint } from "./field-error.tsx";
import { judgeRecoveryEnd } from "./recovery-end.ts";
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
  const field = useRef<HTMLInputElement | null>(null);
  const { register, handleSubmit, formState } = useForm({
    shouldFocusError: false,
    // Whoever types the end again is not told after each letter that it is not whole.
    reValidateMode: "onSubmit",
    defaultValues: { end: "" },
  });
  const { ref, ...input } = register("end", {
    validate: (typed) => {
      const complaint = judgeRecoveryEnd(typed, codes);
      return complaint === null || t(`recovery.back.${complaint}`);
    },
  });
  const wrong = formState.errors.end?.message;
  const complaint = useComplaint(field, wrong);
  const submit = handleSubmit(
    () => {
      if (!busy) onRight();
    },
    ({ end }) => complaint.lead(end?.message),
  );
  return (
    <form className="mfa-form" noValidate onSubmit={(event) => void submit(event)}>
      <label className="mfa-label" htmlFor={id}>
        {t("recovery.back.label")}
      </label>
      <Hint id={`${id}hint`}>{t("recovery.back.text")}</Hint>
      <input
        {...input}
        {...VERBATIM_FIELD}
        ref={(element) => {
          ref(element);
          // The person's own press led here, and there is one thing to do.
          if (field.current === null) element?.focus();
          field.current = element;
        }}
        id={id}
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
