import { useCallback, useEffect, useId, useRef, useState } from "react";
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
  // What is typed stands in the field alone, not in React's state: React keeps a field that was the last to have the focus,
  // and by way of it what a render knew.
  const field = useRef<HTMLInputElement>(null);
  const shown = useRef("");
  const submitted = useRef("");
  const say = useSay();
  // Judged when it is sent alone: whoever corrects a code is not told after each digit that it is not whole.
  const [isIncomplete, setIsIncomplete] = useState(false);
  const typed = isIncomplete ? t("code.incomplete") : undefined;
  const refused = problem === null ? undefined : problemSentence(messages, problem);
  const wrong = typed ?? refused;
  const saysTries = typed === undefined && problem?.code === "wrong_code";
  const complaint = useComplaint(field, typed);
  const submit = (code: string) => {
    const isWhole = code.length === CODE_LENGTH;
    setIsIncomplete(!isWhole);
    if (!isWhole) return complaint.lead(t("code.incomplete"));
    if (busy) return;
    submitted.current = code;
    onCode(code);
  };

  const forget = useCallback(() => {
    if (field.current !== null) field.current.value = "";
    shown.current = "";
    submitted.current = "";
    setIsIncomplete(false);
  }, []);

  // Before the focus comes, which shall not read out the old digits.
  useEffect(forget, [sentAt, forget]);

  useOnPageLeft(forget);

  useRefused(field, { problem, sentence: refused, sentAt });

  const complete = (next: string, before: string) => {
    const isNew = next !== submitted.current;
    // Typed anew after a refusal: a code that is known to be wrong is not sent again, any other may count by now.
    const isAgain = !isNew && problem !== null && before !== next;
    if (isNew || (isAgain && problem.code !== "wrong_code")) return submit(next);
    if (!isAgain || refused === undefined) return;
    say(refused);
    field.current?.select();
  };
  return (
    <form
      className="mfa-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(shown.current);
      }}
    >
      <label className="mfa-label" htmlFor={`${id}code`}>
        {t("code.label")}
      </label>
      <input
        id={`${id}code`}
        name="code"
        ref={field}
        className="mfa-input mfa-code"
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCorrect="off"
        spellCheck={false}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={describedBy(
          wrong !== undefined && `${id}error`,
          headingId,
          ids.factsId,
          !saysTries && ids.triesId,
        )}
        onChange={({ target }) => {
          const next = parseCode(target.value);
          const before = shown.current;
          shown.current = next;
          // Not where it stands so already: writing may end what an input method composes.
          if (target.value !== next) target.value = next;
          if (next.length === CODE_LENGTH) complete(next, before);
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
