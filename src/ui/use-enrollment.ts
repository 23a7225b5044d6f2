import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardEvent } from "../wizard/event.ts";
import type { WizardState } from "../wizard/state.ts";
import { transition } from "../wizard/transition.ts";
import { createCommands } from "./commands.ts";
import type { Enrollment, EnrollmentParts } from "./enrollment.ts";
import { createIntentKeys } from "./intent-keys.ts";
import { type AskRequest, readSession, RequestFailure, type Settled, settle } from "./request.ts";
import { pollInterval, ReadFailure, readView, showsNewEnrollment } from "./session-reading.ts";

/*
 * The controller: where the person is, what is known, what they can do. It has no markup and speaks no language, so that a
 * host can bring its own screens. The only file with React Query hooks, and the only one that turns answers into events.
 */

/** Ten seconds: long enough that switching tabs back and forth asks once, short enough that a return shows the truth. */
const FRESH_MS = 10_000;

/** Runs one wizard. Mounting, focusing and remounting read the session at most; only a command sends anything. */
export function useEnrollment(parts: EnrollmentParts): Enrollment {
  const { client, queryClient, instance, initialView, opens, now, newKey, navigate } = parts;
  const sessionKey = useMemo(() => ["mfa", instance, "session"], [instance]);
  const [state, setState] = useState<WizardState>(() => firstState(opens, initialView));
  const at = useRef({ state, view: initialView ?? null, offset: 0, sending: false });
  const listener = useRef(parts.onChange);
  useEffect(() => {
    listener.current = parts.onChange;
  });

  const mutation = useMutation<Settled, Error, AskRequest & { key: string }>(
    {
      mutationFn: (request) => settle(client, request, request.key),
      networkMode: "always",
      gcTime: 0,
      retry: false,
    },
    queryClient,
  );

  const { mutate, reset } = mutation;

  const happened = useCallback(
    (event: WizardEvent) => {
      const before = at.current.state;
      const after = transition(before, event);
      if (after === before) return;
      at.current.state = after;
      setState(after);
      // A request that failed on a screen goes with the screen, and with it what was typed there.
      if (after.step !== before.step && !at.current.sending) reset();
      listener.current?.({ event, before, after });
    },
    [reset],
  );

  const session = useQuery<SessionView, Error>(
    {
      queryKey: sessionKey,
      queryFn: ({ signal }) => readView(client, signal),
      networkMode: "always",
      retry: false,
      staleTime: FRESH_MS,
      structuralSharing: false,
      // A reading that crosses an action on its way could be older than the action's answer.
      enabled: !mutation.isPending,
      refetchInterval: pollInterval(state),
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

  const view = session.data ?? null;
  useEffect(() => {
    if (view === null || view === at.current.view) return;
    take(view);
    happened({ type: "viewArrived", view });
  }, [view, take, happened]);

  // The server's clock is compared after the first render, so that the render itself reads no clock.
  useEffect(() => {
    if (initialView !== undefined && at.current.view === initialView) take(initialView);
  }, [initialView, take]);

  const keys = useMemo(() => createIntentKeys(newKey), [newKey]);
  const ask = useCallback(
    (request: AskRequest) => {
      // React's own "pending" comes a render too late for the second half of a double click.
      if (at.current.sending) return;
      at.current.sending = true;
      void queryClient.cancelQueries({ queryKey: sessionKey });
      const known = (next: SessionView) => {
        take(next);
        queryClient.setQueryData(sessionKey, next);
      };
      const about = { ask: request.ask, id: request.id };
      mutate(
        { ...request, key: keys.keyFor(request) },
        {
          onSuccess: (settled) => {
            at.current.sending = false;
            keys.settled();
            reset();
            if (settled.brings === "location") return navigate(settled.location);
            if (settled.brings === "codes") return happened({ type: "recoveryCodeArrived", codes: settled.codes });
            if (settled.view !== null) known(settled.view);
            if (settled.brings === "view") return happened({ type: "answered", ...about, view: settled.view });
            happened({ type: "refused", ...about, problem: settled.problem });
            if (settled.view !== null) happened({ type: "viewArrived", view: settled.view });
          },
          onError: () => {
            at.current.sending = false;
            const before = at.current.view;
            void readSession(client).then((found) => {
              if (found === null || at.current.sending) return;
              known(found);
              const done = request.ask === "start" && showsNewEnrollment(before, found);
              happened(done ? { type: "answered", ...about, view: found } : { type: "viewArrived", view: found });
            });
          },
        },
      );
    },
    [client, queryClient, sessionKey, keys, mutate, reset, navigate, happened, take],
  );

  const { returnTo } = parts;
  const commands = useMemo(
    () =>
      createCommands({
        client,
        state: () => at.current.state,
        view: () => at.current.view,
        happened,
        ask,
        returnTo,
      }),
    [client, happened, ask, returnTo],
  );

  // What was typed before a reload is read back, and the recovery code fetched, once for each time they are missing.
  const wants = missing(state);
  useEffect(() => {
    if (wants === "contact") void commands.recall();
    if (wants === "recovery_code") commands.revealRecoveryCode();
  }, [wants, commands]);

  const { error, variables } = mutation;
  return {
    state,
    view,
    commands,
    busy: mutation.isPending,
    failure: error instanceof RequestFailure ? error.kind : null,
    retry: () => {
      if (variables !== undefined) ask(variables);
    },
    unread: view === null && session.error instanceof ReadFailure ? session.error.why : null,
    readAgain: () => void session.refetch(),
    serverNow: useCallback(() => now() + at.current.offset, [now]),
  };
}

function firstState(opens: boolean, view: SessionView | undefined): WizardState {
  const waiting: WizardState = { step: "waiting", opens };
  return view === undefined ? waiting : transition(waiting, { type: "viewArrived", view });
}

function missing(state: WizardState): "contact" | "recovery_code" | null {
  if (state.step === "enteringContact" && state.contact === null) return "contact";
  return state.step === "savingRecoveryCode" && state.codes === null && state.problem === null ? "recovery_code" : null;
}
