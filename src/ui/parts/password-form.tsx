import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { Problem } from "../../contract/problem.ts";
import { useMessages } from "../messages/messages.ts";
import { Button } from "./button.tsx";
import { describedBy, FieldError } from "./field-error.tsx";
import { useOnPageLeft } from "./page-leaving.ts";
import { useSay } from "./saying.tsx";

/** Describes the form for a password; `asksName` is false where it is known who signs in. */
export type PasswordFormProps = {
  readonly asksName: boolean;
  readonly problem: Problem | null;
  /** What is said of the problem, as soon as there are words for it. */
  readonly refused: string | undefined;
  readonly busy: boolean;
  readonly onSubmit: (given: { username?: string; password: string }) => void;
};

/** Renders the sign-in form. The password leaves the field as soon as it was refused, and is kept nowhere. */
export function PasswordForm({ asksName, problem, refused, busy, onSubmit }: PasswordFormProps) {
  const { t } = useMessages();
  const id = useId();
  const say = useSay();
  // Two plain fields, read when they are sent: this form may be the first screen, which has no room for a form library.
  const password = useRef<HTMLInputElement | null>(null);
  const name = useRef<HTMLInputElement | null>(null);
  const [empty, setEmpty] = useState({ name: false, password: false });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = { username: name.current?.value.trim() ?? "", password: password.current?.value ?? "" };
    const missing = { name: asksName && given.username === "", password: given.password === "" };
    setEmpty(missing);
    if (!missing.name && !missing.password && !busy) onSubmit(asksName ? given : { password: given.password });
  };

  // After it is drawn: a reader reads the description that is there with the focus, and none where the focus is already.
  const ledBy = useRef(empty);
  useEffect(() => {
    if (ledBy.current === empty) return;
    ledBy.current = empty;
    if (!empty.name && !empty.password) return;
    const field = (empty.name ? name : password).current;
    if (field?.matches(":focus")) say(t(empty.name ? "sign_in.username.empty" : "sign_in.password.empty"));
    else field?.focus();
  }, [empty, say, t]);

  useOnPageLeft(() => {
    if (password.current !== null) password.current.value = "";
  });

  useEffect(() => {
    if (problem !== null && password.current !== null) password.current.value = "";
  }, [problem]);

  const wrong = empty.password ? t("sign_in.password.empty") : refused;
  return (
    <form className="mfa-form" noValidate onSubmit={submit}>
      {asksName ? (
        <div className="mfa-field">
          <label className="mfa-label" htmlFor={`${id}name`}>
            {t("sign_in.username")}
          </label>
          <input
            ref={name}
            id={`${id}name`}
            name="username"
            className="mfa-input"
            type="text"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={empty.name || undefined}
            aria-describedby={describedBy(empty.name && `${id}nameError`)}
          />
          <FieldError id={`${id}nameError`}>{empty.name ? t("sign_in.username.empty") : undefined}</FieldError>
        </div>
      ) : null}
      <div className="mfa-field">
        <label className="mfa-label" htmlFor={`${id}password`}>
          {t("sign_in.password")}
        </label>
        <input
          ref={password}
          id={`${id}password`}
          name="password"
          className="mfa-input"
          type="password"
          autoComplete="current-password"
          aria-invalid={wrong === undefined ? undefined : true}
          aria-describedby={describedBy(wrong !== undefined && `${id}error`)}
        />
        <FieldError id={`${id}error`}>{wrong}</FieldError>
      </div>
      <div className="mfa-actions">
        <Button look="primary" type="submit" busy={busy}>
          {busy ? t("busy") : t(asksName ? "sign_in.submit" : "continue")}
        </Button>
      </div>
    </form>
  );
}
