import type { SessionView } from "../contract/session-view.ts";
import type { WizardEvent } from "../wizard/event.ts";
import { transition } from "../wizard/transition.ts";
import { type AskingParts, createAsking } from "./asking.ts";
import { type Commands, createCommands } from "./commands.ts";
import type { Change } from "./enrollment.ts";
import { createIntentKeys } from "./intent-keys.ts";
import { createPageWatch } from "./page-watch.ts";
import { createQuietAsk } from "./quiet-ask.ts";
import { type AskRequest, readSession, type Settled, settle } from "./request.ts";

/*
 * What the controller needs once somebody does something: the rules, the commands and the way a request becomes an event.
 * It is fetched while the first screen is read, because that screen can be drawn without it.
 */

/** Describes what an engine works on. React stands behind it, and it does not know it. */
export type EngineParts = Omit<AskingParts, "arrived"> & {
  readonly newKey: () => string;
  readonly navigate: (location: string) => void;
  readonly returnTo: () => string;
  /** Takes in what the session is. */
  readonly know: (view: SessionView) => void;
  readonly changed: (change: Change) => void;
  /** Reads the session: the first time, and again by way of the engine. */
  readonly readSession: () => void;
  /** Names the service among others of this origin. */
  readonly service: string;
};

/** Describes what an engine does. */
export type Engine = {
  readonly happened: (event: WizardEvent) => void;
  readonly commands: Commands;
  /** Reads the session again. */
  readonly read: () => void;
  /** Sends what did not get through once more, with the key it had. */
  readonly retry: () => void;
  /** Keeps what is shown true while other tabs, the connection and the page come and go; returns what ends it. */
  readonly attend: () => () => void;
};

/** Builds the engine of one root. At most one request is on its way at a time, whatever is pressed how often. */
export function createEngine(parts: EngineParts): Engine {
  const { client, newKey, navigate, returnTo, state, known, changed, service } = parts;
  const keys = createIntentKeys(newKey);
  let isSending = false;
  let failed: AskRequest | null = null;
  let asked = 0;
  /** True while somebody looks: false once the root is gone, or hidden with its state. */
  let isAttended = false;
  /** The id of whoever was signed in last. */
  let person: string | undefined;
  /** True while the page is put away: nothing is sent from there, and nothing secret arrives. */
  let isAway = false;
  /** True when something may have changed while an action was on its way, whose answer may be older than that. */
  let owesReading = false;

  const happened = (event: WizardEvent) => {
    const before = state();
    const last = person;
    person = ("view" in event ? event.view : view())?.person?.id ?? last;
    // Somebody else must find nothing of what the first one did.
    const mine = last === undefined || person === last ? before : transition(before, { type: "personChanged" });
    const after = transition(mine, event);
    if (after === before) return;
    // A request that failed on a screen goes with the screen, and with it what was typed there.
    if (after.step !== before.step && failed !== null) {
      failed = null;
      asking.forget();
    }
    changed({ event, before, after });
    asking.changed();
  };

  const view = () => known().view;
  const know = (latest: SessionView) => {
    parts.know(latest);
    asking.keep(latest);
  };
  const asking = createAsking({
    ...parts,
    arrived: (read) => {
      parts.know(read);
      happened({ type: "viewArrived", view: read });
    },
  });

  const take = ({ ask, id }: AskRequest, outcome: Settled) => {
    switch (outcome.brings) {
      case "location":
        return navigate(outcome.location);
      case "codes":
        if (!isAway) happened({ type: "recoveryCodeArrived", codes: outcome.codes });
        return;
      case "view":
        know(outcome.view);
        return happened({ type: "answered", ask, id, view: outcome.view });
      case "refusal":
        if (outcome.view !== null) know(outcome.view);
        happened({ type: "refused", ask, id, problem: outcome.problem });
        if (outcome.view !== null) happened({ type: "viewArrived", view: outcome.view });
    }
  };

  const look = () => {
    if (isSending || !isAttended) owesReading = true;
    else if (!isAway) parts.readSession();
  };

  const catchUp = () => {
    if (!owesReading) return;
    owesReading = false;
    look();
  };

  /**
   * Ends an action, whatever came of it; where nobody looks any more, that is read when somebody does again. All but showing the recovery code
   * may have changed what other tabs show.
   */
  const over = ({ ask }: AskRequest, takeIn: () => void) => {
    isSending = false;
    if (isAttended) takeIn();
    else owesReading = true;
    if (ask !== "recoveryCode") watch.tell();
    catchUp();
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
    if (isSending || isAway) return;
    isSending = true;
    asked += 1;
    failed = null;
    const key = keys.keyFor(request);
    asking.run(() => settle(client, request, key), {
      done: (outcome) => {
        keys.settled();
        over(request, () => take(request, outcome));
      },
      failed: () => {
        failed = request;
        over(request, () => void findOut(request));
      },
    });
  };

  const askQuietly = createQuietAsk({
    client,
    newKey,
    asked: () => (isSending || isAway ? null : asked),
    take: (request, outcome) => {
      // Nobody did anything: an answer is taken in as what was read, so that it moves no focus on a page just opened.
      if (outcome.brings !== "view") return take(request, outcome);
      know(outcome.view);
      happened({ type: "viewArrived", view: outcome.view });
      if (outcome.view.flow.step !== "proof") watch.tell();
    },
  });

  const commands = createCommands({
    client,
    state,
    view,
    happened,
    ask,
    askQuietly,
    returnTo,
    typedBy: () => person,
  });

  const watch = createPageWatch({
    service,
    look,
    left: () => {
      isAway = true;
      happened({ type: "pageLeft" });
    },
    cameBack: () => {
      isAway = false;
      const at = state();
      // The code was dropped with the page and is asked for again, which the service allows until it is saved.
      if (at.step === "savingRecoveryCode" && at.codes === null) commands.revealRecoveryCode();
      else look();
    },
  });

  return {
    happened,
    commands,
    read: asking.read,
    retry: () => {
      if (failed !== null) ask(failed);
    },
    attend: () => {
      isAttended = true;
      const ends = [asking.attend(), watch.start()];
      catchUp();
      return () => {
        isAttended = false;
        for (const end of ends) end();
      };
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
