import type { SessionView } from "../contract/session-view.ts";
import { addedBy, askForProof, done, land, owed, pendingState, proceed, resume, signIn } from "./arrival.ts";
import { choicesOf, openChannels, reopenContact } from "./choices.ts";
import { stepsIn } from "./progress.ts";
import type {
  DoneWithoutRecoveryCode,
  EnteringProof,
  Pending,
  SavingRecoveryCode,
  Stopped,
  Then,
  WizardState,
} from "./state.ts";

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
      if (isProven(view, state.then)) return proceed(view, state.then);
      if (view.proof?.by !== "challenge") return state;
      return { ...state, methods: view.proof.methods, recoveryCode: view.proof.recoveryCode };
    case "enteringPassword":
    case "leavingForProof":
      return isProven(view, state.then) ? proceed(view, state.then) : state;
    case "enteringProof":
      return readChallenge(state, view);
    case "savingRecoveryCode":
      return readRecoveryCode(state, view);
    case "doneWithoutRecoveryCode":
      return readLostCode(state, view);
    case "stopped":
      return readStopped(state, view);
    case "confirmingRemoval":
      if (state.problem?.code === "proof_needed") return askForProof(view, thenOf(state));
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
    case "doneWithoutRecoveryCode":
      return { to: "recovery_code", added: state.added };
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
  // Somebody whose sign-in could not be done has none that ended.
  if (state.step === "stopped" && state.on?.step === "signingIn") return state;
  // These two are the person's to read to the end; what is read on them needs no session, only what is asked for there.
  if (state.step === "done") return state;
  if (state.step === "doneWithoutRecoveryCode" && state.problem?.code !== "signed_out") return state;
  return signIn(view, { then: thenOf(state), again: true });
}

function readPending(state: WizardState & Pending, view: SessionView): WizardState {
  const { enrollment, chose, known, problem } = state;
  const { flow } = view;
  const isHere = flow.step === "code" && flow.enrollment.enrollmentId === enrollment.enrollmentId;
  // Also while the earlier code still counts: whoever asked for another one was told what it takes.
  if (problem?.code === "proof_needed" && (isHere || flow.step === "idle")) return askForProof(view, thenOf(state));
  if (isHere) {
    if (flow.enrollment.channel === "otp" || flow.enrollment.channel === "push") return state;
    return pendingState(flow.enrollment, state);
  }
  // Begun anew or gone on with in another tab: what was typed here belongs to a code that no longer counts.
  if (flow.step === "code") return { step: "stopped", why: { code: "continued_elsewhere" }, on: null };
  if (flow.step === "proof") return land(view, { then: thenOf(state) });
  if (flow.step !== "idle") return land(view, { then: { to: "closed" }, chose, pending: enrollment });
  const added = addedBy(enrollment, view);
  const isNew = (view.authenticators?.items ?? []).some(
    ({ id, channels: has }) => !known.includes(id) && has.includes(enrollment.channel),
  );
  if (isNew && added !== null) return done(added, stepsIn(chose));
  // While it is not known what there is, an enrollment that is gone may have been confirmed.
  if (view.authenticators === null && problem === null) return state;
  const on = state.contact === null ? openChannels(view) : reopenContact(state);
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
  if (flow.state === "lost") {
    return { step: "doneWithoutRecoveryCode", added: state.added, canRenew: flow.canRenew, problem: null };
  }
  // A code that is already on the screen stays there; it is asked for again only with a proof.
  if (flow.needsProof && state.codes === null) return askForProof(view, { to: "recovery_code", added: state.added });
  return state;
}

function readLostCode(state: DoneWithoutRecoveryCode, view: SessionView): WizardState {
  const { flow } = view;
  if (state.problem?.code === "proof_needed") return askForProof(view, thenOf(state));
  // They were told in another tab: it is lost all the same.
  if (view.lostCode !== undefined) return { ...state, ...view.lostCode };
  if (flow.step !== "recovery_code") return state;
  // A new one was asked for in another tab: that there is none is no longer so.
  if (flow.state === "to_save") return land(view, { then: thenOf(state) });
  return { ...state, canRenew: flow.canRenew };
}

/** A refusal that says "over" may mean that it was confirmed, or that another tab has gone on; only the session tells. */
function readStopped(state: Stopped, view: SessionView): WizardState {
  const { flow } = view;
  if (state.why.code !== "enrollment_over") {
    // The screen to go back to shows what is true by then, not what was true when it was left.
    const on = state.on === null ? null : read(state.on, view);
    return on === state.on ? state : { ...state, on };
  }
  if (flow.step === "recovery_code") return land(view, { then: { to: "closed" } });
  return flow.step === "code" ? { step: "stopped", why: { code: "continued_elsewhere" }, on: null } : state;
}

/** Tells whether what a proof was asked for is allowed by now: it was given in another tab. */
function isProven(view: SessionView, then: Then): boolean {
  const isAsked = then.to === "contact" || then.to === "removal" || then.to === "list";
  return isAsked && !owed(view, then);
}

/** Leaves the recovery code once it is saved: to what changed, or to what a proof interrupted. */
export function afterSaving(state: SavingRecoveryCode, view: SessionView): WizardState {
  const { then, added } = state;
  const isInterrupted = then.to === "contact" || then.to === "removal" || then.to === "list";
  return isInterrupted || added === null ? proceed(view, then) : done(added, null);
}
