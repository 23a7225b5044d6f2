import type { WizardState } from "./state.ts";

/** Describes "step 2 of 4". */
export type Progress = { readonly step: number; readonly steps: number };

/**
 * Counts the steps that will happen, so that the number is always true: choosing counts only where there is something to
 * choose, and the last step is the end itself, reached by way of the recovery code where the tenant hands one out. A
 * proof, a sign-in and a stop are not on the way, so they have no number.
 */
export function progressOf(state: WizardState): Progress | null {
  switch (state.step) {
    case "choosingChannel":
      return { step: 1, steps: 4 };
    case "enteringContact":
      return { step: state.chose ? 2 : 1, steps: stepsIn(state.chose) };
    case "awaitingSend":
    case "facingLostSend":
    case "enteringCode":
    case "awaitingOutcome":
      return { step: state.chose ? 3 : 2, steps: stepsIn(state.chose) };
    case "savingRecoveryCode":
    case "done":
      return state.steps === null ? null : { step: state.steps, steps: state.steps };
    default:
      return null;
  }
}

/** Returns how many steps there are: contact, code, end, and the choice of a channel where it was one. */
export function stepsIn(chose: boolean): number {
  return chose ? 4 : 3;
}
