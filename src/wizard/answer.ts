import type { SessionView } from "../contract/session-view.ts";
import { addedBy, done, land, proceed } from "./arrival.ts";
import type { About } from "./event.ts";
import { OTHERS_OFFERED, withOthers } from "./other-sessions.ts";
import { stepsIn } from "./progress.ts";
import { afterSaving, read, thenOf } from "./reading.ts";
import type { Pending, WizardState } from "./state.ts";

/** Takes in the answer to what the person asked for. Only this carries a person forward. */
export function answer(state: WizardState, { ask }: About, view: SessionView): WizardState {
  if (view.person === null) return read(state, view);
  switch (ask) {
    case "cancel":
      return { step: "closed" };
    case "remove":
      return { step: "closed", others: OTHERS_OFFERED };
    case "endOtherSessions":
      return withOthers(state, { ended: true, problem: null });
    case "start":
      if (state.step !== "enteringContact") return state;
      return land(view, { then: { to: "closed" }, contact: state.contact, chose: state.chose });
    case "resend":
      return isPending(state) ? resent(state, view) : state;
    case "confirm":
      return isPending(state) ? confirmed(state, view) : state;
    case "signIn":
    case "verify":
    case "challenge":
    case "renewRecoveryCode":
      if (view.flow.step === "idle" && ask === "challenge") return read(state, view);
      return land(view, { then: thenOf(state) });
    case "acknowledge":
      return state.step === "savingRecoveryCode" ? afterSaving(state, view) : state;
    case "recoveryCode":
      return state;
  }
}

function isPending(state: WizardState): state is WizardState & Pending {
  return "enrollment" in state;
}

function resent(state: WizardState, view: SessionView): WizardState {
  // A new message starts afresh: what was wrong with the last code is no longer said.
  return read("problem" in state ? { ...state, problem: null } : state, view);
}

function confirmed(state: WizardState & Pending, view: SessionView): WizardState {
  const { flow } = view;
  const { enrollment, chose } = state;
  if (flow.step === "code") return read(state, view);
  if (flow.step !== "idle") return land(view, { then: { to: "closed" }, chose, pending: enrollment });
  const added = addedBy(enrollment, view);
  return added === null ? proceed(view, { to: "closed" }) : done(added, stepsIn(chose));
}
