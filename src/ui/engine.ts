import type { EnrollmentClient } from "../client/enrollment-client.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardEvent } from "../wizard/event.ts";
import type { WizardState } from "../wizard/state.ts";
import { transition } from "../wizard/transition.ts";
import { type Commands, createCommands } from "./commands.ts";
import type { Change } from "./enrollment.ts";
import { createIntentKeys } from "./intent-keys.ts";
import { type AskRequest, readSession, type Settled, settle } from "./request.ts";

/*
 * What the controller needs once somebody does something: the rules, the commands and the way a request becomes an event.
 * It is fetched while the first screen is read, because that screen can be drawn without it.
 */

/** Describes what an engine works on. React and React Query stand behind it, and it knows neither. */
export type EngineParts = {
  readonly client: EnrollmentClient;
  readonly newKey: () => string;
  readonly navigate: (location: string) => void;
  readonly returnTo: () => string;
  readonly state: () => WizardState;
  readonly view: () => SessionView | null;
  /** Keeps a session that came with an answer. */
  readonly know: (view: SessionView) => void;
  readonly changed: (change: Change) => void;
  /** Runs one request and shows that it is on its way. */
  readonly run: (send: () => Promise<Settled>, then: { done: (settled: Settled) => void; failed: () => void }) => void;
  /** Forgets that a request failed. */
  readonly forget: () => void;
};

/** Describes what an engine does. */
export type Engine = {
  readonly happened: (event: WizardEvent) => void;
  readonly commands: Commands;
  /** Sends what did not get through once more, with the key it had. */
  readonly retry: () => void;
};

/** Builds the engine of one root. At most one request is on its way at a time, whatever is pressed how often. */
export function createEngine(parts: EngineParts): Engine {
  const { client, newKey, navigate, returnTo, state, view, know, changed, run, forget } = parts;
  const keys = createIntentKeys(newKey);
  let isSending = false;
  let failed: AskRequest | null = null;

  const happened = (event: WizardEvent) => {
    const before = state();
    const after = transition(before, event);
    if (after === before) return;
    // A request that failed on a screen goes with the screen, and with it what was typed there.
    if (after.step !== before.step && failed !== null) {
      failed = null;
      forget();
    }
    changed({ event, before, after });
  };

  const settled = ({ ask, id }: AskRequest, outcome: Settled) => {
    isSending = false;
    keys.settled();
    switch (outcome.brings) {
      case "location":
        return navigate(outcome.location);
      case "codes":
        return happened({ type: "recoveryCodeArrived", codes: outcome.codes });
      case "view":
        know(outcome.view);
        return happened({ type: "answered", ask, id, view: outcome.view });
      case "refusal":
        if (outcome.view !== null) know(outcome.view);
        happened({ type: "refused", ask, id, problem: outcome.problem });
        if (outcome.view !== null) happened({ type: "viewArrived", view: outcome.view });
    }
  };

  /** Finds out what became of a request whose answer is lost, by reading. */
  const findOut = async ({ ask, id }: AskRequest) => {
    const before = view();
    const found = await readSession(client);
    if (found === null || isSending) return;
    know(found);
    const isDone = ask === "start" && showsNewEnrollment(before, found);
    happened(isDone ? { type: "answered", ask, id, view: found } : { type: "viewArrived", view: found });
  };

  const ask = (request: AskRequest) => {
    if (isSending) return;
    isSending = true;
    failed = null;
    const key = keys.keyFor(request);
    run(() => settle(client, request, key), {
      done: (outcome) => settled(request, outcome),
      failed: () => {
        isSending = false;
        failed = request;
        void findOut(request);
      },
    });
  };

  return {
    happened,
    commands: createCommands({ client, state, view, happened, ask, returnTo }),
    retry: () => {
      if (failed !== null) ask(failed);
    },
  };
}

/**
 * Tells whether a session that was read after a lost answer shows that the start was done all the same: an enrollment is
 * pending that was not there before.
 */
function showsNewEnrollment(before: SessionView | null, after: SessionView): boolean {
  if (after.flow.step !== "code") return false;
  const earlier = before?.flow.step === "code" ? before.flow.enrollment.enrollmentId : null;
  return after.flow.enrollment.enrollmentId !== earlier;
}
