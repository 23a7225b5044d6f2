import { Suspense } from "react";
import type { LazyScreens } from "../lazy-screens.ts";
import { useMessages } from "../messages/messages.ts";
import { problemSentence } from "../messages/problem-sentence.ts";
import { Button } from "../parts/button.tsx";
import { Loading } from "../parts/loading.tsx";
import { Notice } from "../parts/notice.tsx";
import { ScreenHeading } from "../parts/screen-heading.tsx";
import type { ScreenProps } from "./screen.ts";

/** Offers the ways in that the host allows: by leaving for the sign-in page, with the password here, or both. */
export function SignIn(props: ScreenProps<"signingIn"> & { readonly screens: LazyScreens }) {
  const messages = useMessages();
  const { t } = messages;
  const { state, commands, busy, screens } = props;
  const { signIn, again, problem } = state;
  const byPassword = signIn.ways.includes("password");
  return (
    <div className="mfa-screen">
      <ScreenHeading>{t(again ? "sign_in.heading.again" : "sign_in.heading")}</ScreenHeading>
      {again ? <p>{t("sign_in.text.again")}</p> : null}
      {signIn.problem === null ? null : <Notice tone="warning">{t(`sign_in.problem.${signIn.problem}`)}</Notice>}
      {problem === null || byPassword ? null : <Notice tone="warning">{problemSentence(messages, problem)}</Notice>}
      {byPassword ? (
        <Suspense fallback={<Loading />}>
          <screens.PasswordForm asksName problem={problem} busy={busy} onSubmit={commands.signInByPassword} />
        </Suspense>
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
