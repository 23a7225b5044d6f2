import { useCallback, useEffect, useId, useRef } from "react";
import { useController, useForm } from "react-hook-form";
import { CODE_LENGTH, parseCode } from "../../contract/code.ts";
import type { Problem } from "../../contract/problem.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { useComplaint } from "../screens/use-complaint.ts";
import { Button } from "./button.tsx";
import { describedBy, FieldError } from "./field-error.tsx";
import { useOnPageLeft } from "./page-leaving.ts";
import { useSay } from "./saying.tsx";
import { useRefused } from "./use-refused.ts";

/** Describes the field for a six-digit code and its button. */
export type CodeFormProps = {
  readonly headingId: string;
  /** Id of what says where the code went and how long it counts. */
  readonly factsId?: string;
  /** Id of the line that says how many tries are left; the refusal of a wrong code says that itself. */
  readonly triesId: string;
  readonly problem: Problem | null;
  readonly busy: boolean;
  /** Changes when another code was sent: the field takes the focus again and is empty. */
  readonly sentAt: number | null;
  readonly onCode: (code: string) => void;
};

/**
 * Renders one real field, drawn as six places. Pasting a whole message works; the sixth digit submits by itself, once for
 * each code; a refused code is selected, so that typing replaces it. Typing it once more costs no try: what was said of it
 * is said again.
 */
export function CodeForm({ headingId, problem, busy, sentAt, onCode, ...ids }: CodeFormProps) {
  const messages = useMessages();
  const { t } = messages;
  const id = useId();
  const field = useRef<HTMLInputElement | null>(null);
  const submitted = useRef("");
  const say = useSay();
  const { control, handleSubmit, formState, reset } = useForm({
    shouldFocusError: false,
    // Whoever corrects a code is not told after each digit that it is not whole.
    reValidateMode: "onSubmit",
    defaultValues: { code: "" },
  });
  // This and `attach` are one for all renders: React keeps a field that was the last to have the focus, and by way of them it would
  // keep what a later render knew of the code.
  const validate = useCallback((value: string) => value.length === CODE_LENGTH || t("code.incomplete"), [t]);
  const { field: code } = useController({ control, name: "code", rules: { validate } });
  const { ref: register } = code;
  const attach = useCallback(
    (element: HTMLInputElement | null) => {
      field.current = element;
      register(element);
    },
    [register],
  );
  const typed = formState.errors.code?.message;
  const refused = problem === null ? undefined : problemSentence(messages, problem);
  const wrong = typed ?? refused;
  const saysTries = typed === undefined && problem?.code === "wrong_code";
  const complaint = useComplaint(field, typed);
  const submit = handleSubmit(
    (values) => {
      if (busy) return;
      submitted.current = values.code;
      onCode(values.code);
    },
    ({ code: incomplete }) => complaint.lead(incomplete?.message),
  );

  useEffect(() => {
    submitted.current = "";
    // At once: the focus that comes now shall not read out the old digits.
    if (field.current !== null) field.current.value = "";
    reset();
  }, [sentAt, reset]);

  useOnPageLeft(() => {
    if (field.current !== null) field.current.value = "";
    // React writes what is typed into the attribute as well.
    field.current?.removeAttribute("value");
    submitted.current = "";
    reset();
  });

  useRefused(field, { problem, sentence: refused, sentAt });

  const complete = (next: string, before: string) => {
    const isNew = next !== submitted.current;
    // Typed anew after a refusal: a code that is known to be wrong is not sent again, any other may count by now.
    const isAgain = !isNew && problem !== null && before !== next;
    if (isNew || (isAgain && problem.code !== "wrong_code")) return void submit();
    if (!isAgain || refused === undefined) return;
    say(refused);
    field.current?.select();
  };
  return (
    <form className="mfa-form" noValidate onSubmit={(event) => void submit(event)}>
      <label className="mfa-label" htmlFor={`${id}code`}>
        {t("code.label")}
      </label>
      <input
        id={`${id}code`}
        name={code.name}
        ref={attach}
        className="mfa-input mfa-code"
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCorrect="off"
        spellCheck={false}
        value={code.value}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={describedBy(
          wrong !== undefined && `${id}error`,
          headingId,
          ids.factsId,
          !saysTries && ids.triesId,
        )}
        onBlur={code.onBlur}
        onChange={(event) => {
          const next = parseCode(event.target.value);
          code.onChange(next);
          if (next.length === CODE_LENGTH) complete(next, code.value);
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
