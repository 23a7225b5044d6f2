import { useId, useRef } from "react";
import { useForm } from "react-hook-form";
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
  const field = useRef<HTMLInputElement | null>(null);
  const { register, handleSubmit, formState, reset } = useForm({
    shouldFocusError: false,
    defaultValues: { recoveryCode: "" },
  });
  const { ref, ...input } = register("recoveryCode", {
    validate: (value) => SHAPE.test(parseRecoveryCode(value)) || t("proof.recovery.invalid"),
  });
  const typed = formState.errors.recoveryCode?.message;
  const refused = problem === null ? undefined : problemSentence(messages, problem);
  const wrong = typed ?? refused;
  const saysTries = typed === undefined && problem?.code === "wrong_recovery_code";
  const complaint = useComplaint(field, typed);
  const submit = handleSubmit(
    ({ recoveryCode }) => {
      if (!busy) onCode(parseRecoveryCode(recoveryCode));
    },
    ({ recoveryCode: unlike }) => complaint.lead(unlike?.message),
  );

  useOnPageLeft(() => {
    if (field.current !== null) field.current.value = "";
    reset();
  });

  useRefused(field, { problem, sentence: refused, sentAt: null });

  return (
    <form className="mfa-form" noValidate onSubmit={(event) => void submit(event)}>
      <label className="mfa-label" htmlFor={`${id}field`}>
        {t("proof.recovery.label")}
      </label>
      <Hint id={`${id}hint`}>{t("proof.recovery.hint")}</Hint>
      <input
        {...input}
        {...VERBATIM_FIELD}
        ref={(element) => {
          ref(element);
          field.current = element;
        }}
        id={`${id}field`}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={describedBy(
          wrong !== undefined && `${id}error`,
          headingId,
          !saysTries && props.triesId,
          `${id}hint`,
        )}
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
