import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { PasswordForm } from "../parts/password-form.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ScreenProps } from "./screen.ts";

/** Asks for the password again, because it is not kept. */
export function EnterPassword({ state, commands, busy }: ScreenProps<"enteringPassword">) {
  const messages = useMessages();
  const { t } = messages;
  const { problem } = state;
  const refused = problem === null ? undefined : problemSentence(messages, problem);
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t("proof.heading")}</ScreenHeading>
      <p>{t("proof.password.text")}</p>
      <PasswordForm
        asksName={false}
        problem={problem}
        refused={refused}
        busy={busy}
        onSubmit={commands.signInByPassword}
      />
      <div className="mfa-ways">
        <Button look="quiet" busy={busy} onPress={commands.cancel}>
          {t("cancel")}
        </Button>
      </div>
    </div>
  );
}
