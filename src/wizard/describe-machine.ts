import type { WizardEvent } from "./event.ts";
import { SAMPLE_EVENTS, SAMPLE_STATES } from "./sample-machine.ts";
import { transition } from "./transition.ts";

/**
 * Draws the machine as a Mermaid state diagram by letting `transition` walk every sample state with every sample event.
 * Nothing in the picture is written by hand, so it cannot be out of date; stays on the same screen are left out, and so
 * are the ways that lead from nearly everywhere (a sign-in that ends, another person's, an answer that cancels), which the note names.
 */
export function describeMachine(): string {
  const edges = new Map<string, Set<string>>();
  for (const state of SAMPLE_STATES) {
    for (const { event } of SAMPLE_EVENTS) {
      const next = transition(state, event);
      if (next.step === state.step || isFromEverywhere(next.step, event)) continue;
      const edge = `${state.step} --> ${next.step}`;
      edges.set(edge, (edges.get(edge) ?? new Set()).add(labelOf(event)));
    }
  }
  const lines = [...edges].map(([edge, labels]) => `  ${edge}: ${[...labels].join(", ")}`);
  return ["stateDiagram-v2", "  [*] --> waiting", ...lines].join("\n");
}

function isFromEverywhere(to: string, event: WizardEvent): boolean {
  if (to === "signingIn") return true;
  if (to !== "closed") return false;
  return event.type === "closed" || event.type === "personChanged" || ("ask" in event && event.ask === "cancel");
}

function labelOf(event: WizardEvent): string {
  switch (event.type) {
    case "viewArrived":
      return "read";
    case "answered":
      return event.ask;
    case "refused":
      return event.problem.code;
    default:
      return event.type;
  }
}
