import { useMessages } from "../messages/messages.ts";
import { useRefusal } from "../messages/use-refusal.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { PasswordForm } from "../parts/password-form.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ScreenProps } from "./screen.ts";

/**
 * Offers the ways in that the host allows: by leaving for the sign-in page, with the password here, or both. It comes with
 * the page, because for many it is the first screen.
 */
export function SignIn({ state, commands, busy }: ScreenProps<"signingIn">) {
  const { t } = useMessages();
  const { signIn, again, problem } = state;
  const refused = useRefusal(problem);
  const byPassword = signIn.ways.includes("password");
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t(again ? "sign_in.heading.again" : "sign_in.heading")}</ScreenHeading>
      {again ? <p>{t("sign_in.text.again")}</p> : null}
      {refused === undefined || byPassword ? null : <Notice tone="warning">{refused}</Notice>}
      {byPassword ? (
        <PasswordForm asksName problem={problem} refused={refused} busy={busy} onSubmit={commands.signInByPassword} />
      ) : null}
      {signIn.ways.includes("redirect") ? (
        <div className={byPassword ? "mfa-ways" : "mfa-actions"}>
          <Button look={byPassword ? "quiet" : "primary"} busy={busy} onPress={commands.signInByRedirect}>
            {t(byPassword ? "sign_in.redirect.instead" : "sign_in.redirect")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
