import type { Dispatch, RefObject, SetStateAction } from "react";
import type { SessionView } from "../contract/session-view.ts";
import { firstScreen } from "../wizard/first-screen.ts";
import type { WizardState } from "../wizard/state.ts";
import { createDeferred, type Deferred } from "./deferred.ts";
import type { Change, Enrollment, EnrollmentParts } from "./enrollment.ts";

/** What is drawn; the rest of an `Enrollment` is what can be done. */
export type Shown = Pick<Enrollment, "state" | "view" | "busy" | "failure" | "unread">;

/** What is true right now, for whoever acts between two renders. `knownAt` says since when the session is known, in epoch ms and 0 before that; `offset`, in ms, makes the page's clock the server's. */
export type Present = Pick<Shown, "state" | "view" | "unread"> & { knownAt: number; offset: number };

/** Returns what is drawn before anything has happened. */
export function shownFirst({ initialView, opens }: EnrollmentParts): Shown {
  const first = initialView === undefined ? null : firstScreen(initialView, opens);
  // That nothing is offered is news for the host, and is come to like any other.
  const state: WizardState = first === null || first.step === "stopped" ? { step: "waiting", opens } : first;
  return { state, view: initialView ?? null, busy: false, failure: null, unread: null };
}

/** What an engine is built for: with another of these, another begins. */
type Fixed = Pick<EnrollmentParts, "client" | "instance" | "service">;

/** Describes what goes on behind one root. */
export type Run = {
  readonly engine: Deferred;
  /** Reads the session again. */
  readonly read: () => void;
  /** Takes in the session, or reads it; returns what ends that. */
  readonly begin: () => () => void;
};

/**
 * Builds what goes on behind one root: it reads the session, draws the first screen and has the engine fetched, which does whatever comes after
 * that. What a host gives anew at each render is taken from `latest`.
 */
export function createRun(
  fixed: Fixed,
  latest: RefObject<EnrollmentParts>,
  at: RefObject<Present>,
  draw: Dispatch<SetStateAction<Shown>>,
): Run {
  const show = (part: Partial<Shown>) => {
    Object.assign(at.current, part);
    draw((before) => ({ ...before, ...part }));
  };
  const know = (view: SessionView) => {
    // Begun again, it is as old as it was.
    if (view === at.current.view && at.current.knownAt !== 0) return;
    at.current.knownAt = Date.now();
    at.current.offset = view.now - latest.current.now();
    if (view !== at.current.view) show({ view });
  };
  const changed = (change: Change) => {
    show({ state: change.after });
    try {
      latest.current.onChange?.(change);
    } catch (failure) {
      // The host's own: it is told as any mistake of its page, and ends nothing here.
      queueMicrotask(() => {
        throw failure;
      });
    }
  };
  const deferred = createDeferred(
    async () =>
      (await import("./engine.ts")).createEngine({
        ...fixed,
        queryClient: latest.current.queryClient,
        newKey: () => latest.current.newKey(),
        navigate: (location) => latest.current.navigate(location),
        returnTo: () => latest.current.returnTo(),
        state: () => at.current.state,
        known: () => ({ view: at.current.view, at: at.current.knownAt }),
        serverNow: () => latest.current.now() + at.current.offset,
        know,
        show,
        changed,
        readSession: read,
      }),
    (isMissing) => show({ failure: isMissing ? "unreachable" : null }),
  );

  /** Takes in the first session, which mostly needs no rules to be drawn; where they are there already, they are told. */
  const arrive = (view: SessionView) => {
    know(view);
    const before = at.current.state;
    if (before.step !== "waiting") return;
    const event = { type: "viewArrived", view } as const;
    const after = deferred.isReady() ? null : firstScreen(view, before.opens);
    if (after === null) deferred.use(({ happened }) => happened(event));
    else changed({ event, before, after });
  };

  let reading: AbortController | null = null;
  const readFirst = async () => {
    if (reading !== null) return;
    reading = new AbortController();
    const { signal } = reading;
    if (at.current.unread !== null) show({ unread: null });
    const outcome = await fixed.client.session(null, { signal });
    if (signal.aborted) return;
    reading = null;
    if (outcome.kind === "answered") arrive(outcome.answer);
    else show({ unread: outcome.kind === "refused" ? outcome.problem : outcome.kind });
  };
  const read = () => (at.current.view === null ? void readFirst() : deferred.use((ready) => ready.read()));

  return {
    engine: deferred,
    read,
    begin: () => {
      if (at.current.view === null) void readFirst();
      else arrive(at.current.view);
      return () => {
        reading?.abort();
        reading = null;
      };
    },
  };
}
