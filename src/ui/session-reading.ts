import type { EnrollmentClient } from "../client/enrollment-client.ts";
import type { Problem } from "../contract/problem.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardState } from "../wizard/state.ts";

/** Says why the session could not be read: the service refused, or the request did not work. */
export class ReadFailure extends Error {
  readonly why: Problem | "unreachable" | "garbled";

  constructor(why: Problem | "unreachable" | "garbled") {
    super("The session could not be read.");
    this.why = why;
  }
}

/** Reads the session; throws a `ReadFailure` where that did not work. */
export async function readView(client: EnrollmentClient, signal: AbortSignal): Promise<SessionView> {
  const outcome = await client.session(null, { signal });
  if (outcome.kind === "answered") return outcome.answer;
  throw new ReadFailure(outcome.kind === "refused" ? outcome.problem : outcome.kind);
}

/** Two seconds: an unclear answer is settled within 30 s, and asking costs the service a look at its own record. */
const ASK_AGAIN_MS = 2_000;

/** Returns how often the session is read by itself: only while the screen says "we're checking", and otherwise never. */
export function pollInterval(state: WizardState): number | false {
  // The service may still hear what it has called lost, as long as its own request runs.
  return "enrollment" in state && (state.step !== "enteringCode" || state.enrollment.newerMessageLost)
    ? ASK_AGAIN_MS
    : false;
}
