import type { EnrollmentClient, Unheard } from "../client/enrollment-client.ts";
import type { Problem } from "../contract/problem.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardState } from "../wizard/state.ts";

/** Says why the session could not be read: the service refused, or the request did not work. */
export class ReadFailure extends Error {
  readonly why: Problem | Unheard;

  constructor(why: Problem | Unheard) {
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

/**
 * Returns how often the session is read by itself: only while the screen says "we're checking", and otherwise never. No first
 * screen is one of those, so that the first render reads no clock.
 */
export function pollInterval(state: WizardState, now: () => number): number | false {
  if (!("enrollment" in state)) return false;
  const { newerMessageLost, resendAt } = state.enrollment;
  const isUnclear = state.step === "awaitingSend" || state.step === "awaitingOutcome";
  const isLost = state.step === "facingLostSend" || newerMessageLost;
  // The service may still hear what it has called lost, as long as its own request runs. Once it lets another message be asked
  // for, that is what leads on, and nothing is waited for any more.
  return isUnclear || (isLost && now() < resendAt) ? ASK_AGAIN_MS : false;
}
