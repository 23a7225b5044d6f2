import { useEffect, useLayoutEffect, useMemo } from "react";
import type { SessionView } from "../contract/session-view.ts";
import { siblingOf } from "../contract/channel.ts";
import type { StateOf } from "../wizard/state.ts";
import type { EnrollmentWizardProps } from "./enrollment-wizard.tsx";
import later from "./later.css?inline";
import { lazyScreens, preloadAfter } from "./lazy-screens.ts";
import { wearLater } from "./look.ts";
import { enLater } from "./messages/en-later.ts";
import { MessagesProvider, useMessages } from "./messages/messages.ts";
import { Button } from "./parts/button.tsx";
import { useDress } from "./parts/dress.ts";
import { Loading } from "./parts/loading.tsx";
import { Notice } from "./parts/notice.tsx";
import { OfflineNotice } from "./parts/offline-notice.tsx";
import { OtherSessionsOffer } from "./parts/other-sessions-offer.tsx";
import { Removal } from "./parts/removal.tsx";
import { ConfirmUnclear, SendLost, SendUnclear } from "./screens/code-unclear.tsx";
import { DoneScreen } from "./screens/done.tsx";
import { DoneWithoutRecoveryCodeScreen } from "./screens/done-without-recovery-code.tsx";
import { EnterPassword } from "./screens/enter-password.tsx";
import { LeaveForProof } from "./screens/leave-for-proof.tsx";
import { ProofMethods } from "./screens/proof-methods.tsx";
import { StoppedScreen } from "./screens/stopped.tsx";

export { preloadAfter, preloadContact } from "./lazy-screens.ts";

wearLater(later);

/**
 * Renders every screen but the first ones, in their own words. It comes in one piece, right after the page is there; the
 * screens on which something is typed come after it, while the one before them is read. Beside a first screen it renders
 * only what it adds to that.
 */
export function LaterScreens(props: EnrollmentWizardProps) {
  const messages = useMessages();
  const more = useMemo(() => messages.with(enLater), [messages]);
  const { step } = props.enrollment.state;
  const dress = useDress();
  useLayoutEffect(dress, [dress]);
  useEffect(() => preloadAfter(step), [step]);
  return (
    <MessagesProvider value={more}>
      {/* In the panel these are a row or a note of it, which is no place for news of the whole page. */}
      {step === "closed" || step === "confirmingRemoval" ? null : (
        <OfflineNotice isShown={props.enrollment.failure === null} />
      )}
      <Screen {...props} />
    </MessagesProvider>
  );
}

function Screen({ enrollment, hints }: EnrollmentWizardProps) {
  const { state, commands, busy, view, serverNow } = enrollment;
  const given = { commands, busy };
  switch (state.step) {
    case "choosingChannel":
      return <BackToCode enrollment={enrollment} />;
    case "enteringContact":
      return (
        <>
          <EnterContact enrollment={enrollment} state={state} hints={hints} />
          <BackToCode enrollment={enrollment} />
        </>
      );
    case "awaitingSend":
      return <SendUnclear state={state} {...given} />;
    case "facingLostSend":
      return <SendLost state={state} {...given} />;
    case "enteringCode":
      return <lazyScreens.EnterCode state={state} {...given} />;
    case "awaitingOutcome":
      return <ConfirmUnclear state={state} {...given} />;
    case "choosingProof":
      return <ProofMethods state={state} {...given} />;
    case "enteringProof":
      return <lazyScreens.EnterProof state={state} {...given} />;
    case "enteringPassword":
      return <EnterPassword state={state} {...given} />;
    case "leavingForProof":
      return <LeaveForProof state={state} {...given} />;
    case "savingRecoveryCode":
      return (
        <lazyScreens.SaveRecoveryCode
          state={state}
          siteName={hints.siteName}
          accountName={hints.accountName ?? view?.person?.name ?? null}
          hides={hints.hidesRecoveryCode ?? true}
          asksBack={hints.asksRecoveryCodeBack ?? false}
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
      return (
        <>
          {view?.noticesDelayed === true ? <NoticesDelayed /> : null}
          {state.others === undefined ? null : <OtherSessionsOffer others={state.others} {...given} />}
        </>
      );
    case "signingIn":
      return state.signIn.problem === null ? null : <SignInProblem why={state.signIn.problem} />;
    case "waiting":
      return null;
  }
}

/** Says why the last sign-in by redirect did not work, above the ways to try again. */
function SignInProblem({ why }: { readonly why: NonNullable<SessionView["signIn"]["problem"]> }) {
  const { t } = useMessages();
  return <Notice tone="warning">{t(`sign_in.problem.${why}`)}</Notice>;
}

/** Says that a change is known to the account and not yet in the mailbox of its owner. There is nothing to be done about it. */
function NoticesDelayed() {
  const { t } = useMessages();
  return <Notice>{t("panel.notices_delayed")}</Notice>;
}

/** Leads back to the code that was sent, as long as it is waited for, from where another contact or channel is looked at. */
function BackToCode({ enrollment }: Pick<EnrollmentWizardProps, "enrollment">) {
  const { t } = useMessages();
  const { view, commands, busy } = enrollment;
  const open = view?.flow.step === "code" && "contact" in view.flow.enrollment ? view.flow.enrollment : null;
  if (open === null) return null;
  return (
    <div className="mfa-ways">
      <Button look="quiet" busy={busy} onPress={commands.takeUp}>
        {t("contact.back_to_code", { contact: open.contact })}
      </Button>
    </div>
  );
}

function EnterContact(props: EnrollmentWizardProps & { readonly state: StateOf<"enteringContact"> }) {
  const { enrollment, state, hints } = props;
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
    onLeave: commands.leaveContact,
    onBack: state.chose ? commands.openChannels : undefined,
    onCancel: commands.cancel,
  };
  return channel === "email" ? (
    <lazyScreens.EnterEmail {...given} initialContact={contact === "" ? (hints.defaultEmail ?? "") : contact} />
  ) : (
    <lazyScreens.EnterPhone {...given} policy={enrollment.view?.phonePolicy ?? null} initialContact={contact} />
  );
}
