import { isMessageChannel } from "../contract/channel.ts";
import type { MessageEnrollment } from "../contract/enrollment.ts";
import type { SessionView } from "../contract/session-view.ts";
import { messageChannels, openChannels, openContact } from "./choices.ts";
import { OTHERS_OFFERED } from "./other-sessions.ts";
import { stepsIn } from "./progress.ts";
import type { Added, Done, Pending, Then, WizardState } from "./state.ts";

/** What a screen hands to the next one, because the session does not repeat it. */
export type Carried = {
  readonly then: Then;
  readonly contact?: string | null;
  readonly chose?: boolean;
  /** The enrollment whose confirmation led here. */
  readonly pending?: MessageEnrollment | null;
};

const STATUS_STEP = {
  code_sent: "enteringCode",
  send_unclear: "awaitingSend",
  send_lost: "facingLostSend",
  confirm_unclear: "awaitingOutcome",
} as const;

/** Rebuilds the screen from the session alone, so that a reload, another tab or a new device shows the same step. */
export function resume(view: SessionView, opens: boolean): WizardState {
  // What was kept on the server comes before the plain start, also where a proof was left half done.
  const then = draftOf(view) ?? { to: opens ? "choosing" : "closed" };
  return land(view, { then });
}

/** Returns the screen that the session is at, with what the earlier screen handed over. */
export function land(view: SessionView, carried: Carried): WizardState {
  const { then } = carried;
  if (view.person === null) return signIn(view, { then, again: false });
  const { flow } = view;
  switch (flow.step) {
    case "code":
      // Another kind of enrollment has no screen in this wizard; the person keeps the choice of the channels it knows.
      if (flow.enrollment.channel === "otp" || flow.enrollment.channel === "push") return openChannels(view);
      return pendingState(flow.enrollment, {
        contact: carried.contact ?? null,
        channels: messageChannels(view),
        chose: carried.chose ?? wouldChoose(view, flow.enrollment),
        known: (view.authenticators?.items ?? []).map(({ id }) => id),
        problem: null,
      });
    case "proof":
      return { step: "enteringProof", challenge: flow.challenge, then, problem: null };
    case "recovery_code": {
      const kept = then.to === "recovery_code" ? then.added : null;
      const added = addedBy(carried.pending ?? null, view) ?? kept ?? addedOf(flow.authenticator);
      if (flow.state === "lost") {
        return { step: "doneWithoutRecoveryCode", added, canRenew: flow.canRenew, problem: null };
      }
      if (flow.needsProof) return askForProof(view, { to: "recovery_code", added });
      return { step: "savingRecoveryCode", codes: null, added, steps: stepsTo(carried, view), then, problem: null };
    }
    case "idle":
      return proceed(view, then);
  }
}

/** Returns the screen of a pending enrollment's status. */
export function pendingState(enrollment: MessageEnrollment, facts: Omit<Pending, "enrollment">): WizardState {
  return { ...facts, step: STATUS_STEP[enrollment.status], enrollment };
}

/** Returns the screen where somebody signs in; `again` when the sign-in ended under their hands. */
export function signIn(view: SessionView, { then, again }: { then: Then; again: boolean }): WizardState {
  return { step: "signingIn", signIn: view.signIn, again, then, problem: null };
}

/** Leads on to where a proof or sign-in was asked for, or to the next proof where one was not enough. */
export function proceed(view: SessionView, then: Then): WizardState {
  if (owed(view, then) && view.proof !== null) return askForProof(view, then);
  switch (then.to) {
    case "closed":
    case "list":
      return { step: "closed" };
    case "recovery_code":
      if (view.lostCode === undefined) return { step: "closed" };
      return { step: "doneWithoutRecoveryCode", added: then.added, ...view.lostCode, problem: null };
    case "choosing":
      return openChannels(view);
    case "contact": {
      const { channel, contact, replaces, chose } = then;
      return openContact({ channel, contact, replaces, channels: messageChannels(view), chose });
    }
    case "removal": {
      const there = view.authenticators?.items.find(({ id }) => id === then.authenticator.id);
      if (there === undefined) return { step: "closed" };
      return { step: "confirmingRemoval", authenticator: there, problem: null };
    }
  }
}

/** Opens the way of proving who is there that the session names. */
export function askForProof(view: SessionView, then: Then): WizardState {
  const { proof } = view;
  if (proof === null) return signIn(view, { then, again: true });
  switch (proof.by) {
    case "challenge":
      return { step: "choosingProof", methods: proof.methods, recoveryCode: proof.recoveryCode, then, problem: null };
    case "password":
      return { step: "enteringPassword", then, problem: null };
    case "redirect":
      return { step: "leavingForProof", signInProblem: view.signIn.problem, then, problem: null };
  }
}

/** Returns the end of an enrollment, with the offer that follows each change. */
export function done(added: Added, steps: number | null): Done {
  return { step: "done", added, steps, others: OTHERS_OFFERED };
}

/** Returns what a confirmed enrollment changed. The old method has been replaced once it is listed no more. */
export function addedBy(enrollment: MessageEnrollment | null, view: SessionView): Added | null {
  if (enrollment === null) return null;
  const { channel, contact, replaces } = enrollment;
  const isThere = view.authenticators?.items.some(({ id }) => id === replaces) ?? true;
  return { channel, contact, replaced: replaces !== null && !isThere };
}

function addedOf(
  authenticator: { channels: readonly Added["channel"][]; contact: string | null } | null,
): Added | null {
  const channel = authenticator?.channels[0];
  if (authenticator === null || channel === undefined) return null;
  return { channel, contact: authenticator.contact, replaced: false };
}

function draftOf(view: SessionView): Then | null {
  const { draft } = view;
  if (draft === null || !isMessageChannel(draft.channel)) return null;
  return {
    to: "contact",
    channel: draft.channel,
    contact: null,
    replaces: draft.replaces,
    chose: wouldChoose(view, draft),
  };
}

/** After a reload nobody remembers the way; a plain addition starts with the choice where there is one. */
function wouldChoose(view: SessionView, { replaces }: { replaces: string | null }): boolean {
  return messageChannels(view).length > 1 && replaces === null;
}

/** A code that came with a method is the last step of adding it, also after a reload, which remembers no way. */
function stepsTo({ pending, chose, then }: Carried, view: SessionView): number | null {
  if (pending != null && chose !== undefined) return stepsIn(chose);
  const cameWithMethod = view.flow.step === "recovery_code" && view.flow.authenticator !== null;
  const isResumed = then.to === "closed" || then.to === "choosing";
  return isResumed && cameWithMethod ? stepsIn(wouldChoose(view, { replaces: null })) : null;
}

/** Tells whether a proof is still owed before the place it leads back to can be used. */
export function owed({ can }: SessionView, then: Then): boolean {
  if (then.to === "contact") return can.add === "after_proof";
  if (then.to === "removal") return can.remove === "after_proof";
  return then.to === "list" && can.list === "after_proof";
}
