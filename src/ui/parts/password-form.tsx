import { useEffect, useId } from "react";
import { useForm } from "react-hook-form";
import type { Problem } from "../../contract/problem.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "./button.tsx";
import { describedBy, FieldError } from "./field-error.tsx";

/** Describes the form for a password; `asksName` is false where it is known who signs in. */
export type PasswordFormProps = {
  readonly asksName: boolean;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly onSubmit: (given: { username?: string; password: string }) => void;
};

/** Renders the sign-in form. The password leaves the field as soon as it was refused, and is kept nowhere. */
export function PasswordForm({ asksName, problem, busy, onSubmit }: PasswordFormProps) {
  const messages = useMessages();
  const { t } = messages;
  const id = useId();
  const { register, handleSubmit, formState, resetField } = useForm({ defaultValues: { username: "", password: "" } });
  const { errors } = formState;
  const submit = handleSubmit(({ username, password }) => {
    if (!busy) onSubmit(asksName ? { username: username.trim(), password } : { password });
  });

  useEffect(() => {
    if (problem !== null) resetField("password");
  }, [problem, resetField]);

  const wrong = errors.password?.message ?? (problem === null ? undefined : problemSentence(messages, problem));
  return (
    <form className="mfa-form" noValidate onSubmit={(event) => void submit(event)}>
      {asksName ? (
        <div className="mfa-field">
          <label className="mfa-label" htmlFor={`${id}name`}>
            {t("sign_in.username")}
          </label>
          <input
            {...register("username", { validate: (value) => value.trim() !== "" || t("sign_in.username.empty") })}
            id={`${id}name`}
            className="mfa-input"
            type="text"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={errors.username === undefined ? undefined : true}
            aria-describedby={describedBy(errors.username !== undefined && `${id}nameError`)}
          />
          <FieldError id={`${id}nameError`}>{errors.username?.message}</FieldError>
        </div>
      ) : null}
      <div className="mfa-field">
        <label className="mfa-label" htmlFor={`${id}password`}>
          {t("sign_in.password")}
        </label>
        <input
          {...register("password", { validate: (value) => value !== "" || t("sign_in.password.empty") })}
          id={`${id}password`}
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
