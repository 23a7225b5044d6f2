import { progressOf } from "../wizard/progress.ts";
import type { Enrollment } from "./enrollment.ts";
import { Later, LaterBeside, usePreload } from "./later.tsx";
import { useMessages } from "./messages/messages.ts";
import { Button } from "./parts/button.tsx";
import { FailureNotice } from "./parts/failure-notice.tsx";
import { Loading } from "./parts/loading.tsx";
import { ProgressProvider } from "./parts/screen-heading.tsx";
import type { RecoveryDevices } from "./recovery-devices.ts";
import { ChooseChannel } from "./screens/choose-channel.tsx";
import { SignIn } from "./screens/sign-in.tsx";
import { Unread } from "./screens/unread.tsx";

/** Describes what the screens are given beyond where the person is. */
export type WizardHints = {
  readonly defaultRegion?: string | undefined;
  readonly defaultEmail?: string | undefined;
  readonly siteName?: string | undefined;
  readonly accountName?: string | undefined;
  readonly hidesRecoveryCode?: boolean | undefined;
  readonly asksRecoveryCodeBack?: boolean | undefined;
  readonly devices?: RecoveryDevices | undefined;
};

/** Describes the wizard: the controller and the host's hints. */
export type EnrollmentWizardProps = { readonly enrollment: Enrollment; readonly hints: WizardHints };

/** Renders the screen the person is at, and what the last request did not manage. It decides nothing. */
export function EnrollmentWizard(props: EnrollmentWizardProps) {
  const { state, busy, failure, retry } = props.enrollment;
  usePreload(state.step);
  return (
    <ProgressProvider value={progressOf(state)}>
      {failure === null ? null : <FailureNotice why={failure} busy={busy} onTryAgain={retry} />}
      <Screen {...props} />
    </ProgressProvider>
  );
}

function Screen(props: EnrollmentWizardProps) {
  const { state, commands, busy, unread, readAgain } = props.enrollment;
  switch (state.step) {
    case "waiting":
      return unread === null ? <Loading /> : <Unread why={unread} onReadAgain={readAgain} />;
    case "closed":
      return <Resting enrollment={props.enrollment} />;
    case "signingIn":
      return (
        <>
          <LaterBeside {...props} />
          <SignIn state={state} commands={commands} busy={busy} />
        </>
      );
    case "choosingChannel":
      return (
        <>
          <ChooseChannel state={state} commands={commands} busy={busy} />
          <LaterBeside {...props} />
        </>
      );
    default:
      return <Later {...props} />;
  }
}

/** Says that there is nothing to do, where the wizard stands alone and has been left. */
function Resting({ enrollment }: { readonly enrollment: Enrollment }) {
  const { t } = useMessages();
  return (
    <div className="mfa-screen">
      <p>{t("rest.text")}</p>
      <div className="mfa-actions">
        <Button onPress={enrollment.commands.openChannels}>{t("panel.add")}</Button>
      </div>
    </div>
  );
}
