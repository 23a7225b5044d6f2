import { useEffect, useId, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { parseEmail } from "../../contract/email.ts";
import { suggestEmail } from "../../contract/suggest-email.ts";
import { useMessages } from "../messages/messages.ts";
import { emailReasonSentence, problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { describedBy, FieldError, Hint } from "../parts/field-error.tsx";
import { Notice } from "../parts/notice.tsx";
import { useSay } from "../parts/saying.tsx";
import { ContactForm } from "./contact-form.tsx";
import { type ContactScreenProps, isAboutContact } from "./contact-screen.ts";
import { useComplaint } from "./use-complaint.ts";

/**
 * Asks for the address that codes go to. A near miss of a common provider is asked about once the field was left, and
 * never stands in the way: the address is sent as it was typed unless the person takes the other one.
 */
export function EnterEmail({ initialContact, busy, problem, onSubmit, onLeave, ...props }: ContactScreenProps) {
  const { onBack, onCancel } = props;
  const messages = useMessages();
  const { t } = messages;
  const say = useSay();
  const id = useId();
  const form = useForm<{ email: string }>({
    mode: "onBlur",
    reValidateMode: "onBlur",
    shouldFocusError: false,
    defaultValues: { email: initialContact },
  });
  const { getValues } = form;
  useEffect(() => () => onLeave(getValues("email")), [getValues, onLeave]);
  const field = useRef<HTMLInputElement | null>(null);
  const pressing = useRef(false);
  // Once the text was changed, the problem says nothing about what stands there now.
  const [edited, setEdited] = useState(false);
  const [suggestion, setSuggestion] = useState<string | null>(null);

  const { ref: register, ...email } = form.register("email", {
    validate: (text) => {
      const verdict = parseEmail(text);
      return verdict.ok || emailReasonSentence(messages, verdict.reason);
    },
  });
  const own = form.formState.errors.email?.message;
  const answered = edited ? null : problem;
  const aboutAddress = answered !== null && isAboutContact(answered);
  const said = answered === null ? null : problemSentence(messages, answered);
  const error = own ?? (aboutAddress ? said : null);
  const notice = aboutAddress ? null : said;
  const complaint = useComplaint(field, own);

  const send = ({ email: text }: { email: string }) => {
    const verdict = parseEmail(text);
    if (busy || !verdict.ok) return;
    setEdited(false);
    onSubmit({ channel: "email", contact: verdict.email });
  };
  const take = (address: string) => {
    form.setValue("email", address, { shouldValidate: true });
    setSuggestion(null);
    setEdited(true);
    field.current?.focus();
  };

  return (
    <ContactForm
      heading={t("email.heading")}
      submit={t("email.submit")}
      notice={notice}
      busy={busy}
      pressing={pressing}
      onSubmit={complaint.sending(form.handleSubmit(send, (wrong) => complaint.lead(wrong.email?.message)))}
      onBack={onBack}
      onCancel={onCancel}
    >
      <div className="mfa-field">
        <label htmlFor={id} className="mfa-label">
          {t("email.label")}
        </label>
        <input
          ref={(input) => {
            register(input);
            field.current = input;
          }}
          id={id}
          className="mfa-input"
          name={email.name}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          dir="ltr"
          aria-invalid={error !== null || undefined}
          aria-describedby={describedBy(error !== null && `${id}error`, `${id}hint`)}
          onChange={(event) => {
            if (!edited) setEdited(true);
            void email.onChange(event);
          }}
          onBlur={(event) => {
            if (pressing.current || event.target.value === "") return;
            const meant = suggestEmail(event.target.value);
            if (meant !== null && meant !== suggestion) say(t("email.suggestion", { suggestion: meant }));
            else complaint.left();
            setSuggestion(meant);
            void email.onBlur(event);
          }}
        />
        <FieldError id={`${id}error`}>{error}</FieldError>
        <Hint id={`${id}hint`}>{t("email.use")}</Hint>
      </div>
      {suggestion === null ? null : (
        <Notice action={<Button onPress={() => take(suggestion)}>{t("email.suggestion.use", { suggestion })}</Button>}>
          {t("email.suggestion", { suggestion })}
        </Notice>
      )}
    </ContactForm>
  );
}
