import { useEffect, useId, useRef } from "react";
import { useController, useForm } from "react-hook-form";
import { CODE_LENGTH, parseCode } from "../../contract/code.ts";
import type { Problem } from "../../contract/problem.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "./button.tsx";
import { useEntrance } from "./entrance.ts";
import { describedBy, FieldError } from "./field-error.tsx";
import { useOnPageLeft } from "./page-leaving.ts";

/** Describes the field for a six-digit code and its button. */
export type CodeFormProps = {
  readonly headingId: string;
  /** Ids of the lines that say where the code went and how long it counts. */
  readonly describedBy?: string;
  readonly problem: Problem | null;
  readonly busy: boolean;
  /** Changes when another code was sent: the field takes the focus again and is empty. */
  readonly sentAt: number | null;
  readonly onCode: (code: string) => void;
};

/**
 * Renders one real field, drawn as six places. Pasting a whole message works; the sixth digit submits by itself, once for
 * each code; a refused code is selected, so that typing replaces it.
 */
export function CodeForm({ headingId, problem, busy, sentAt, onCode, ...props }: CodeFormProps) {
  const messages = useMessages();
  const { t } = messages;
  const id = useId();
  const field = useRef<HTMLInputElement | null>(null);
  const submitted = useRef("");
  const entered = useEntrance();
  const { control, handleSubmit, formState, reset } = useForm({ defaultValues: { code: "" } });
  const { field: code } = useController({
    control,
    name: "code",
    rules: { validate: (value) => value.length === CODE_LENGTH || t("code.incomplete") },
  });
  const submit = handleSubmit((values) => {
    if (busy) return;
    submitted.current = values.code;
    onCode(values.code);
  });

  useEffect(() => {
    submitted.current = "";
    reset();
    if (entered()) field.current?.focus();
  }, [sentAt, entered, reset]);

  useOnPageLeft(() => {
    if (field.current !== null) field.current.value = "";
    submitted.current = "";
    reset();
  });

  useEffect(() => {
    if (problem === null) return;
    if (entered()) field.current?.focus();
    field.current?.select();
  }, [problem, entered]);

  const typed = formState.errors.code?.message;
  const wrong = typed ?? (problem === null ? undefined : problemSentence(messages, problem));
  return (
    <form className="mfa-form" noValidate onSubmit={(event) => void submit(event)}>
      <label className="mfa-label" htmlFor={`${id}code`}>
        {t("code.label")}
      </label>
      <input
        id={`${id}code`}
        name={code.name}
        ref={(element) => {
          field.current = element;
          code.ref(element);
        }}
        className="mfa-input mfa-code"
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCorrect="off"
        spellCheck={false}
        value={code.value}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={describedBy(wrong !== undefined && `${id}error`, headingId, props.describedBy)}
        onBlur={code.onBlur}
        onChange={(event) => {
          const next = parseCode(event.target.value);
          code.onChange(next);
          if (next.length === CODE_LENGTH && next !== submitted.current) void submit();
        }}
      />
      <FieldError id={`${id}error`}>{wrong}</FieldError>
      <div className="mfa-actions">
        <Button look="primary" type="submit" busy={busy}>
          {busy ? t("busy") : t("code.submit")}
        </Button>
      </div>
    </form>
  );
}
