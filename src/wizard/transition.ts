import { answer } from "./answer.ts";
import { askForProof, land } from "./arrival.ts";
import { messageChannels, openChannels, openContact, reopenContact } from "./choices.ts";
import type { WizardEvent } from "./event.ts";
import { expects } from "./expectation.ts";
import { read, thenOf } from "./reading.ts";
import { refuse } from "./refusal.ts";
import type { WizardState } from "./state.ts";

/**
 * Decides which screen follows. An event the current screen does not expect changes nothing and returns the same object,
 * so a late answer to an abandoned enrollment can never move the person.
 */
export function transition(state: WizardState, event: WizardEvent): WizardState {
  switch (event.type) {
    case "viewArrived":
      return read(state, event.view);
    case "answered":
      return expects(state, event) ? answer(state, event, event.view) : state;
    case "refused":
      if (!expects(state, event)) return state;
      // What the server would not forget ends by itself; nobody is kept on a screen they want to leave.
      return event.ask === "cancel" ? { step: "closed" } : refuse(state, event, event.problem);
    case "recoveryCodeArrived":
      return state.step === "savingRecoveryCode" ? { ...state, codes: event.codes, problem: null } : state;
    case "pageLeft":
      return state.step === "savingRecoveryCode" && state.codes !== null ? { ...state, codes: null } : state;
    case "closed":
      return close(state);
    default:
      return act(state, event);
  }
}

/** Takes in what the person did; nothing here needs an answer. */
function act(state: WizardState, event: WizardEvent): WizardState {
  switch (event.type) {
    case "channelListOpened":
      return mayChooseAgain(state) ? openChannels(event.view) : state;
    case "channelChosen": {
      if (state.step !== "choosingChannel") return state;
      const channels = state.choices.map(({ channel }) => channel);
      return openContact({ channel: event.channel, contact: "", replaces: event.replaces, channels, chose: true });
    }
    case "replacementChosen":
      return state.step === "closed" ? replacing(state, event) : state;
    case "contactGiven":
      if (state.step !== "enteringContact") return state;
      return { ...state, channel: event.channel, contact: event.contact, problem: null };
    case "contactLeft":
      // Where the sign-in ended under their hands; whoever left of their own will has another screen by now.
      if (state.step !== "signingIn" || state.then.to !== "contact") return state;
      return { ...state, then: { ...state.then, contact: event.contact } };
    case "contactRecalled":
      if (state.step !== "enteringContact" || state.contact !== null || state.channel !== event.channel) return state;
      return { ...state, contact: event.contact };
    case "contactReopened":
      // A code that was handed in may have counted, so its enrollment is not walked away from here.
      return "enrollment" in state && state.step !== "awaitingOutcome" ? reopenContact(state) : state;
    case "removalChosen":
      if (state.step !== "closed") return state;
      return { step: "confirmingRemoval", authenticator: event.authenticator, problem: null };
    case "proofChosen":
      return mayProve(state) ? askForProof(event.view, state.step === "closed" ? event.then : thenOf(state)) : state;
    case "flowTakenUp":
      return mayTakeUp(state, event) ? takeUp(state, event) : state;
    case "personChanged":
      return forget(state);
    case "retried":
      return state.step === "stopped" && state.on !== null ? cleared(state.on) : state;
    default:
      return state;
  }
}

function close(state: WizardState): WizardState {
  // A code that was never saved is not waved away, and nobody is signed in by closing.
  if (state.step === "waiting" || state.step === "closed" || state.step === "signingIn") return state;
  return state.step === "savingRecoveryCode" ? state : { step: "closed" };
}

function mayChooseAgain({ step }: WizardState): boolean {
  return ["closed", "enteringContact", "facingLostSend", "enteringCode", "stopped"].includes(step);
}

type FlowTakenUp = Extract<WizardEvent, { type: "flowTakenUp" }>;

function mayTakeUp(state: WizardState, { view }: FlowTakenUp): boolean {
  // Back to the code that was sent, from where another contact or channel was looked at.
  if (state.step === "choosingChannel" || state.step === "enteringContact") return view.flow.step === "code";
  return state.step === "closed" || (state.step === "stopped" && state.why.code === "continued_elsewhere");
}

function takeUp(state: WizardState, { view }: FlowTakenUp): WizardState {
  const then = view.lostCode ? ({ to: "recovery_code", added: null } as const) : ({ to: "closed" } as const);
  return land(view, "chose" in state ? { then, chose: state.chose } : { then });
}

function forget(state: WizardState): WizardState {
  if (state.step === "waiting") return state;
  return state.step === "signingIn" ? { ...state, then: { to: "closed" } } : { step: "closed" };
}

function mayProve({ step }: WizardState): boolean {
  return ["closed", "enteringProof", "enteringPassword", "leavingForProof"].includes(step);
}

function replacing(
  state: WizardState,
  { authenticator, view }: Extract<WizardEvent, { type: "replacementChosen" }>,
): WizardState {
  const channels = messageChannels(view);
  const channel = channels.find((offered) => authenticator.channels.includes(offered));
  if (channel === undefined || authenticator.automatic) return state;
  return openContact({ channel, contact: "", replaces: authenticator.id, channels, chose: false });
}

function cleared(state: WizardState): WizardState {
  return "problem" in state ? { ...state, problem: null } : state;
}
