import type { OtherSessions, WizardState } from "./state.ts";

/** The offer as it is made: nothing has been ended, and nothing has been refused. */
export const OTHERS_OFFERED: OtherSessions = { ended: false, problem: null };

/** Notes what became of the offer to end the other sessions. A screen that does not make it stays as it is. */
export function withOthers(state: WizardState, others: OtherSessions): WizardState {
  return "others" in state ? { ...state, others } : state;
}
