import type { About, Ask } from "./event.ts";
import type { Step, WizardState } from "./state.ts";

/** What each screen may have asked. A screen that is not listed asks nothing, so no answer can move it. */
const ASKED_BY: { readonly [Name in Step]?: readonly Ask[] } = {
  closed: ["endOtherSessions"],
  signingIn: ["signIn"],
  choosingChannel: ["cancel"],
  enteringContact: ["start", "cancel"],
  awaitingSend: ["resend", "cancel"],
  facingLostSend: ["resend", "cancel"],
  enteringCode: ["resend", "confirm", "cancel"],
  awaitingOutcome: ["confirm"],
  choosingProof: ["challenge", "cancel"],
  enteringProof: ["challenge", "verify", "cancel"],
  enteringPassword: ["signIn", "cancel"],
  leavingForProof: ["signIn", "cancel"],
  savingRecoveryCode: ["recoveryCode", "acknowledge"],
  done: ["endOtherSessions"],
  doneWithoutRecoveryCode: ["renewRecoveryCode"],
  confirmingRemoval: ["remove"],
};

/**
 * Tells whether a screen waits for this answer. An answer that names another enrollment, challenge or authenticator than
 * the one on the screen is a stranger: it belongs to something the person has left.
 */
export function expects(state: WizardState, { ask, id }: About): boolean {
  if (ASKED_BY[state.step]?.includes(ask) !== true) return false;
  const subject = subjectOf(state);
  return id === null || subject === null || subject === id;
}

/** Returns the id of what the screen is about, null where it is about nothing that has one. */
function subjectOf(state: WizardState): string | null {
  if ("enrollment" in state) return state.enrollment.enrollmentId;
  if (state.step === "enteringProof") return state.challenge.challengeId;
  if (state.step === "confirmingRemoval") return state.authenticator.id;
  return null;
}
