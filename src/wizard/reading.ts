import type { SessionView } from "../contract/session-view.ts";
import { addedBy, askForProof, land, owed, pendingState, proceed, resume, signIn } from "./arrival.ts";
import { choicesOf, openChannels, openContact } from "./choices.ts";
import { stepsIn } from "./progress.ts";
import type { EnteringProof, Pending, SavingRecoveryCode, Then, WizardState } from "./state.ts";

/**
 * Takes in a session that was merely read. A reading corrects facts and ends what has ended elsewhere; it never carries a
 * person forward who did not ask, and never takes away what they are typing.
 */
export function read(state: WizardState, view: SessionView): WizardState {
  if (state.step === "waiting") return resume(view, state.opens);
  if (view.person === null) return readSignedOut(state, view);
  switch (state.step) {
    case "signingIn":
      return land(view, { then: state.then });
    case "choosingChannel":
      return { ...state, choices: choicesOf(view) };
    case "enteringContact":
      return state.problem?.code === "proof_needed" ? askForProof(view, thenOf(state)) : state;
    case "awaitingSend":
    case "facingLostSend":
    case "enteringCode":
    case "awaitingOutcome":
      return readPending(state, view);
    case "choosingProof":
      if (view.proof?.by !== "challenge") return state;
      return { ...state, methods: view.proof.methods, recoveryCode: view.proof.recoveryCode };
    case "enteringProof":
      return readChallenge(state, view);
    case "savingRecoveryCode":
      return readRecoveryCode(state, view);
    case "confirmingRemoval":
      if (state.problem?.code === "proof_needed") {
        return askForProof(view, thenOf(state));
      }
      return view.authenticators?.items.some(({ id }) => id === state.authenticator.id) === false
        ? { step: "closed" }
        : state;
    default:
      return state;
  }
}

/** Returns where a proof or sign-in that became necessary on this screen leads back to. */
export function thenOf(state: WizardState): Then {
  switch (state.step) {
    case "enteringContact":
      return contactIn(state);
    case "awaitingSend":
    case "facingLostSend":
    case "enteringCode":
      return contactIn({ ...state.enrollment, contact: state.contact, chose: state.chose });
    case "choosingChannel":
      return { to: "choosing" };
    case "confirmingRemoval":
      return { to: "removal", authenticator: state.authenticator };
    case "signingIn":
    case "choosingProof":
    case "enteringProof":
    case "enteringPassword":
    case "leavingForProof":
      return state.then;
    default:
      return { to: "closed" };
  }
}

type Contact = Extract<Then, { to: "contact" }>;

function contactIn({ channel, contact, replaces, chose }: Omit<Contact, "to">): Contact {
  return { to: "contact", channel, contact, replaces, chose };
}

function readSignedOut(state: WizardState, view: SessionView): WizardState {
  if (state.step === "signingIn") return { ...state, signIn: view.signIn };
  // These two are the person's to read to the end; nothing on them needs a session.
  if (state.step === "done" || state.step === "doneWithoutRecoveryCode") return state;
  return signIn(view, { then: thenOf(state), again: true });
}

function readPending(state: WizardState & Pending, view: SessionView): WizardState {
  const { enrollment, contact, channels, chose, known, problem } = state;
  const { flow } = view;
  if (flow.step === "code" && flow.enrollment.enrollmentId === enrollment.enrollmentId) {
    if (flow.enrollment.channel === "otp" || flow.enrollment.channel === "push") return state;
    return pendingState(flow.enrollment, { contact, channels, chose, known, problem });
  }
  if (flow.step !== "idle") return land(view, { then: { to: "closed" }, chose, pending: enrollment });
  if (problem?.code === "proof_needed") return askForProof(view, thenOf(state));
  const added = addedBy(enrollment);
  const isNew = (view.authenticators?.items ?? []).some(
    ({ id, channels: has }) => !known.includes(id) && has.includes(enrollment.channel),
  );
  if (isNew && added !== null) return { step: "done", added, steps: stepsIn(chose) };
  const { channel, replaces } = enrollment;
  const on = contact === null ? openChannels(view) : openContact({ channel, contact, replaces, channels, chose });
  return { step: "stopped", why: problem ?? { code: "enrollment_ended" }, on };
}

function readChallenge(state: EnteringProof, view: SessionView): WizardState {
  const { flow } = view;
  const { problem, then } = state;
  if (flow.step === "proof") return { ...state, challenge: flow.challenge };
  if (flow.step !== "idle") return land(view, { then });
  // Gone without a refusal and nothing owed any more: it was proven in another tab.
  if (problem === null && !owed(view, then)) return proceed(view, then);
  const next = askForProof(view, then);
  return "problem" in next ? { ...next, problem } : next;
}

function readRecoveryCode(state: SavingRecoveryCode, view: SessionView): WizardState {
  const { flow } = view;
  if (flow.step !== "recovery_code") return afterSaving(state, view);
  if (flow.state === "lost") return { step: "doneWithoutRecoveryCode", added: state.added };
  // A code that is already on the screen stays there; it is asked for again only with a proof.
  if (flow.needsProof && state.codes === null) return askForProof(view, { to: "recovery_code" });
  return state;
}

/** Leaves the recovery code once it is saved: to what changed, or to what a proof interrupted. */
export function afterSaving(state: SavingRecoveryCode, view: SessionView): WizardState {
  if (state.then.to !== "closed" && state.then.to !== "choosing") return proceed(view, state.then);
  if (state.added === null) return proceed(view, state.then);
  return { step: "done", added: state.added, steps: null };
}
