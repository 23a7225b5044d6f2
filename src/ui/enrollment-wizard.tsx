import { useEffect } from "react";
import { siblingOf } from "../contract/channel.ts";
import type { StateOf } from "../wizard/state.ts";
import { progressOf } from "../wizard/progress.ts";
import type { Enrollment } from "./enrollment.ts";
import { LazyParts } from "./lazy-parts.tsx";
import { type LazyScreens, preloadAfter } from "./lazy-screens.ts";
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
  readonly devices?: RecoveryDevices | undefined;
};

/** Describes the wizard: the controller and the host's hints. */
export type EnrollmentWizardProps = { readonly enrollment: Enrollment; readonly hints: WizardHints };

/** Renders the screen the person is at, and what the last request did not manage. It decides nothing. */
export function EnrollmentWizard({ enrollment, hints }: EnrollmentWizardProps) {
  const { t } = useMessages();
  const { state, busy, failure, retry } = enrollment;
  useEffect(() => preloadAfter(state.step), [state.step]);
  return (
    <ProgressProvider value={progressOf(state)}>
      {failure === null ? null : (
        <FailureNotice busy={busy} onTryAgain={retry}>
          {t(failure)}
        </FailureNotice>
      )}
      <LazyParts>{(screens) => <Screen enrollment={enrollment} hints={hints} screens={screens} />}</LazyParts>
    </ProgressProvider>
  );
}

function Screen({ enrollment, hints, screens }: EnrollmentWizardProps & { readonly screens: LazyScreens }) {
  const { state, commands, busy, view, unread, readAgain, serverNow } = enrollment;
  switch (state.step) {
    case "waiting":
      return unread === null ? <Loading /> : <Unread why={unread} onReadAgain={readAgain} screens={screens} />;
    case "closed":
      return <Resting enrollment={enrollment} />;
    case "signingIn":
      return <SignIn state={state} commands={commands} busy={busy} screens={screens} />;
    case "choosingChannel":
      return <ChooseChannel state={state} commands={commands} busy={busy} />;
    case "enteringContact":
      return <EnterContact enrollment={enrollment} state={state} hints={hints} screens={screens} />;
    case "enteringCode":
      return <screens.EnterCode state={state} commands={commands} busy={busy} />;
    case "enteringProof":
      return <screens.EnterProof state={state} commands={commands} busy={busy} />;
    case "enteringPassword":
      return <screens.EnterPassword state={state} commands={commands} busy={busy} />;
    case "savingRecoveryCode":
      return (
        <screens.SaveRecoveryCode
          state={state}
          commands={commands}
          busy={busy}
          siteName={hints.siteName}
          accountName={view?.person?.name ?? null}
          madeAt={serverNow}
          devices={hints.devices}
        />
      );
    case "confirmingRemoval":
      return null;
    default:
      return <screens.Aside state={state} commands={commands} busy={busy} />;
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

function EnterContact(props: EnrollmentWizardProps & { state: StateOf<"enteringContact">; screens: LazyScreens }) {
  const { enrollment, state, hints, screens } = props;
  const { commands, busy } = enrollment;
  const { channel, contact, channels, problem } = state;
  // What was typed before a reload is on its way; a field that fills itself under the person's hands would be worse.
  if (contact === null) return <Loading />;
  const sibling = siblingOf(channel);
  const common = {
    channel,
    busy,
    problem,
    defaultRegion: hints.defaultRegion,
    siblingOffered: sibling !== null && channels.includes(sibling),
    onSubmit: commands.start,
    onBack: state.chose ? commands.openChannels : undefined,
    onCancel: commands.cancel,
  };
  return channel === "email" ? (
    <screens.EnterEmail {...common} initialContact={contact === "" ? (hints.defaultEmail ?? "") : contact} />
  ) : (
    <screens.EnterPhone {...common} initialContact={contact} />
  );
}
