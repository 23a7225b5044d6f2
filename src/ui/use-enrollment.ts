import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { SessionView } from "../contract/session-view.ts";
import { firstScreen } from "../wizard/first-screen.ts";
import type { WizardState } from "../wizard/state.ts";
import { createDeferred } from "./deferred.ts";
import type { EngineParts } from "./engine.ts";
import type { Change, Enrollment, EnrollmentParts } from "./enrollment.ts";
import type { Settled } from "./request.ts";
import { RequestFailure } from "./request-failure.ts";
import { pollInterval, ReadFailure, readView } from "./session-reading.ts";

/*
 * The controller: where the person is, what is known, what they can do. It has no markup and speaks no language, so that a
 * host can bring its own screens. It is the only file with React Query hooks.
 */

/** Ten seconds: a session that a server has just written into the page is not asked for again on arrival. */
const FRESH_MS = 10_000;

/**
 * One second: a request holds what was typed, and a session all that was drawn of it, so both are dropped soon after nobody looks at
 * them. Not 0, with which React Query looks again without a pause for as long as a request goes on whose page is gone.
 */
const KEPT_MS = 1_000;

/** What is true right now, for whoever acts between two renders. */
type Present = { state: WizardState; view: SessionView | null; offset: number };

/** Runs one wizard. Mounting, focusing and remounting read the session at most; only a command sends anything. */
export function useEnrollment(parts: EnrollmentParts): Enrollment {
  const { client, queryClient, instance, service, initialView, opens, now, newKey, navigate, returnTo, reload } = parts;
  const sessionKey = useMemo(() => ["mfa", instance, "session"], [instance]);
  const [state, setState] = useState<WizardState>(() => {
    const first = initialView === undefined ? null : firstScreen(initialView, opens);
    // That nothing is offered is news for the host, and is come to like any other.
    return first === null || first.step === "stopped" ? { step: "waiting", opens } : first;
  });
  const [isEngineMissing, setIsEngineMissing] = useState(false);
  const at = useRef<Present>({ state, view: state.step === "waiting" ? null : (initialView ?? null), offset: 0 });
  const listener = useRef(parts.onChange);
  useEffect(() => {
    listener.current = parts.onChange;
  });

  const mutation = useMutation<Settled, Error, () => Promise<Settled>>(
    { mutationFn: (send) => send(), networkMode: "always", gcTime: KEPT_MS, retry: false },
    queryClient,
  );
  const { mutate, reset } = mutation;

  const serverNow = useCallback(() => now() + at.current.offset, [now]);

  const session = useQuery<SessionView>(
    {
      queryKey: sessionKey,
      queryFn: ({ signal }) => readView(client, signal),
      networkMode: "always",
      retry: false,
      staleTime: FRESH_MS,
      gcTime: KEPT_MS,
      structuralSharing: false,
      // A reading that crosses an action on its way could be older than the action's answer.
      enabled: !mutation.isPending,
      refetchInterval: () => pollInterval(state, serverNow),
      // The engine asks when the page comes back into sight, and after what other tabs and the connection do.
      refetchOnWindowFocus: false,
      ...(initialView === undefined ? {} : { initialData: initialView }),
    },
    queryClient,
  );

  const take = useCallback(
    (view: SessionView) => {
      at.current.view = view;
      at.current.offset = view.now - now();
    },
    [now],
  );

  const changed = useCallback((change: Change) => {
    at.current.state = change.after;
    setState(change.after);
    listener.current?.(change);
  }, []);

  const { refetch } = session;
  const readAgain = useCallback(() => void refetch(), [refetch]);

  const engine = useMemo(() => {
    const world: EngineParts = {
      client,
      newKey,
      navigate,
      returnTo,
      state: () => at.current.state,
      view: () => at.current.view,
      know: (view) => {
        take(view);
        queryClient.setQueryData(sessionKey, view);
      },
      changed,
      run: (send, told) => {
        void queryClient.cancelQueries({ queryKey: sessionKey });
        // React Query keeps what it is given here until the next request, so it is given no more than a way to what was typed.
        let asked: typeof told | null = told;
        mutate(send, {
          onSuccess: (settled) => {
            // The request is forgotten with its answer: it holds what was typed.
            reset();
            asked?.done(settled);
            asked = null;
          },
          onError: () => asked?.failed(),
        });
      },
      forget: reset,
      readAgain,
      service,
    };
    return createDeferred(
      async () => (await import("./engine.ts")).createEngine(world),
      (isMissing) => setIsEngineMissing(isMissing),
    );
  }, [client, newKey, navigate, returnTo, take, queryClient, sessionKey, changed, mutate, reset, readAgain, service]);

  // Fetched while the first screen is read, so that it is there when something is pressed.
  useEffect(() => engine.prepare(), [engine]);

  // React holds on to what the render before had until the next one, and that may have been the recovery code.
  const [, renderAgain] = useState(state.step);
  useEffect(() => renderAgain(state.step), [state.step]);

  const view = session.data ?? null;
  useEffect(() => {
    // The server's clock is compared here and not in the render, which reads no clock.
    if (view !== null && view === initialView && view === at.current.view) take(view);
    if (view === null || view === at.current.view) return;
    take(view);
    const before = at.current.state;
    const event = { type: "viewArrived", view } as const;
    const first = before.step === "waiting" ? firstScreen(view, before.opens) : null;
    if (first !== null) changed({ event, before, after: first });
    else engine.use(({ happened }) => happened(event));
  }, [view, initialView, take, changed, engine]);

  // What was typed before a reload is read back, and the recovery code fetched, once for each time they are missing.
  const wants = missing(state);
  useEffect(() => {
    if (wants === "contact") engine.use(({ commands }) => void commands.recall());
    if (wants === "recovery_code") engine.use(({ commands }) => commands.revealRecoveryCode());
  }, [wants, engine]);

  const { error } = mutation;
  const failure = isEngineMissing ? "unreachable" : error instanceof RequestFailure ? error.kind : null;
  const unread = view === null && session.error instanceof ReadFailure ? session.error.why : null;
  return {
    state,
    view,
    commands: engine.commands,
    busy: mutation.isPending,
    failure,
    // A page that is out of date asks nothing again: what became of it is read by the page that takes its place.
    retry:
      failure === "outdated"
        ? reload
        : () =>
            engine.use(({ retry, happened }) => {
              retry();
              // Where the rules could not be fetched for the first session, that session is still to be taken in.
              const { state: present, view: known } = at.current;
              if (present.step === "waiting" && known !== null) happened({ type: "viewArrived", view: known });
            }),
    unread,
    readAgain: unread === "outdated" ? reload : readAgain,
    serverNow,
  };
}

function missing(state: WizardState): "contact" | "recovery_code" | null {
  if (state.step === "enteringContact" && state.contact === null) return "contact";
  return state.step === "savingRecoveryCode" && state.codes === null && state.problem === null ? "recovery_code" : null;
}
