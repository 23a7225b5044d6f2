import type { SessionView } from "../contract/session-view.ts";
import { openChannels } from "./choices.ts";
import type { WizardState } from "./state.ts";

/**
 * Returns the screen of a session in which nothing is open: the panel, or the choice of a channel. Null where something
 * is, and `resume` has to say. It is apart from the rules because most pages start here and need nothing else to be drawn.
 */
export function firstScreen(view: SessionView, opens: boolean): WizardState | null {
  if (view.person === null || view.draft !== null || view.flow.step !== "idle") return null;
  return opens ? openChannels(view) : { step: "closed" };
}
