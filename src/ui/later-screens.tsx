import { Suspense, useEffect, useMemo, useState } from "react";
import { siblingOf } from "../contract/channel.ts";
import type { StateOf } from "../wizard/state.ts";
import type { EnrollmentWizardProps } from "./enrollment-wizard.tsx";
import { createLazyScreens, type LazyScreens, preloadAfter } from "./lazy-screens.ts";
import { enLater } from "./messages/en-later.ts";
import { MessagesProvider, useMessages } from "./messages/messages.ts";
import { Loading } from "./parts/loading.tsx";
import { OfflineNotice } from "./parts/offline-notice.tsx";
import { OtherSessionsOffer } from "./parts/other-sessions-offer.tsx";
import { Removal } from "./parts/removal.tsx";
import { ConfirmUnclear, SendLost, SendUnclear } from "./screens/code-unclear.tsx";
import { DoneScreen } from "./screens/done.tsx";
import { DoneWithoutRecoveryCodeScreen } from "./screens/done-without-recovery-code.tsx";
import { LeaveForProof } from "./screens/leave-for-proof.tsx";
import { ProofMethods } from "./screens/proof-methods.tsx";
import { SignIn } from "./screens/sign-in.tsx";
import { StoppedScreen } from "./screens/stopped.tsx";

/**
 * Renders every screen but the first ones, in their own words. It comes in one piece, right after the page is there; the
 * screens on which something is typed come after it, while the one before them is read.
 */
export function LaterScreens(props: EnrollmentWizardProps) {
  const messages = useMessages();
  const more = useMemo(() => messages.with(enLater), [messages]);
  const [screens] = useState(createLazyScreens);
  const { step } = props.enrollment.state;
  useEffect(() => preloadAfter(step), [step]);
  return (
    <MessagesProvider value={more}>
      {/* In the panel these are a row or a note of it, which is no place for news of the whole page. */}
      {step === "closed" || step === "confirmingRemoval" ? null : <OfflineNotice />}
      {/* Below the state that holds the lazy screens: a component that waits itself would forget it and wait for ever. */}
      <Suspense fallback={<Loading />}>
        <Screen {...props} screens={screens} />
      </Suspense>
    </MessagesProvider>
  );
}

function Screen({ enrollment, hints, screens }: EnrollmentWizardProps & { readonly screens: LazyScreens }) {
  const { state, commands, busy, view, serverNow } = enrollment;
  const given = { commands, busy };
  switch (state.step) {
    case "signingIn":
      return <SignIn state={state} screens={screens} {...given} />;
    case "enteringContact":
      return <EnterContact enrollment={enrollment} state={state} hints={hints} screens={screens} />;
    case "awaitingSend":
      return <SendUnclear state={state} {...given} />;
    case "facingLostSend":
      return <SendLost state={state} {...given} />;
    case "enteringCode":
      return <screens.EnterCode state={state} {...given} />;
    case "awaitingOutcome":
      return <ConfirmUnclear state={state} {...given} />;
    case "choosingProof":
      return <ProofMethods state={state} {...given} />;
    case "enteringProof":
      return <screens.EnterProof state={state} {...given} />;
    case "enteringPassword":
      return <screens.EnterPassword state={state} {...given} />;
    case "leavingForProof":
      return <LeaveForProof state={state} {...given} />;
    case "savingRecoveryCode":
      return (
        <screens.SaveRecoveryCode
          state={state}
          siteName={hints.siteName}
          accountName={view?.person?.name ?? null}
          madeAt={serverNow}
          devices={hints.devices}
          {...given}
        />
      );
    case "done":
      return <DoneScreen state={state} {...given} />;
    case "doneWithoutRecoveryCode":
      return <DoneWithoutRecoveryCodeScreen state={state} {...given} />;
    case "confirmingRemoval":
      return <Removal state={state} items={view?.authenticators?.items ?? []} {...given} />;
    case "stopped":
      return <StoppedScreen state={state} {...given} />;
    case "closed":
      return state.others === undefined ? null : <OtherSessionsOffer others={state.others} {...given} />;
    case "waiting":
    case "choosingChannel":
      return null;
  }
}

function EnterContact(
  props: EnrollmentWizardProps & { readonly state: StateOf<"enteringContact">; readonly screens: LazyScreens },
) {
  const { enrollment, state, hints, screens } = props;
  const { commands, busy } = enrollment;
  const { channel, contact, channels, problem } = state;
  // What was typed before a reload is on its way; a field that fills itself under the person's hands would be worse.
  if (contact === null) return <Loading />;
  const sibling = siblingOf(channel);
  const given = {
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
    <screens.EnterEmail {...given} initialContact={contact === "" ? (hints.defaultEmail ?? "") : contact} />
  ) : (
    <screens.EnterPhone {...given} initialContact={contact} />
  );
}
