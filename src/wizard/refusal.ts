import type { Problem } from "../contract/problem.ts";
import { reopenContact } from "./choices.ts";
import type { About } from "./event.ts";
import { withOthers } from "./other-sessions.ts";
import type { EnteringContact, WizardState } from "./state.ts";

/**
 * Takes in a refusal: a count corrects what the screen shows, a refusal that ends the matter stops the person with a way
 * on, and all others stay beside the field they are about, with everything that was typed.
 */
export function refuse(state: WizardState, { ask }: About, problem: Problem): WizardState {
  // An offer beside the matter: whatever is said to it, the screen and its news stay.
  if (ask === "endOtherSessions") return withOthers(state, { ended: false, problem });
  switch (problem.code) {
    case "channel_off":
    case "enrollment_limit":
      return { step: "stopped", why: problem, on: null };
    case "too_many_codes":
    case "enrollment_over":
      return { step: "stopped", why: problem, on: contactOf(state) };
    case "tenant_misconfigured":
    case "upstream_unavailable":
    case "unexpected_answer":
    case "service_unavailable":
      return { step: "stopped", why: problem, on: state };
    case "wrong_code":
    case "wrong_recovery_code":
      return withTries(state, problem);
    default:
      return withProblem(state, problem);
  }
}

function withTries(state: WizardState, problem: Problem & { attemptsLeft: number }): WizardState {
  const { attemptsLeft } = problem;
  if (state.step === "enteringCode") return { ...state, enrollment: { ...state.enrollment, attemptsLeft }, problem };
  if (state.step === "enteringProof" && state.challenge.channel !== "push") {
    return { ...state, challenge: { ...state.challenge, attemptsLeft }, problem };
  }
  return withProblem(state, problem);
}

function withProblem(state: WizardState, problem: Problem): WizardState {
  return "problem" in state ? { ...state, problem } : state;
}

function contactOf(state: WizardState): EnteringContact | null {
  return "enrollment" in state && state.contact !== null ? reopenContact(state) : null;
}
