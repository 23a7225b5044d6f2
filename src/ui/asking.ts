import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import type { EnrollmentClient } from "../client/enrollment-client.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardState } from "../wizard/state.ts";
import type { Enrollment } from "./enrollment.ts";
import { readSession, type Settled } from "./request.ts";
import { RequestFailure } from "./request-failure.ts";

/*
 * How the service is asked, by React Query: a session that is kept, and one action at a time. It is the only file that knows React Query, and
 * is fetched with the engine.
 */

/** Ten seconds: a session that was read that shortly before is not asked for again on arrival, or after an action that brought none. */
const FRESH_MS = 10_000;

/**
 * One second: a request holds what was typed, and a session all that was drawn of it, so both are dropped soon after nobody looks at
 * them. Not 0, with which React Query looks again without a pause for as long as a request goes on whose page is gone.
 */
const KEPT_MS = 1_000;

/** Two seconds: an unclear answer is settled within 30 s, and asking costs the service a look at its own record. */
const ASK_AGAIN_MS = 2_000;

/** Describes what is done with what became of a request. */
export type Then = { readonly done: (settled: Settled) => void; readonly failed: () => void };

/** Describes what is asked, and who hears of it. */
export type AskingParts = {
  readonly client: EnrollmentClient;
  /** The host's own; one of this root's own where there is none. */
  readonly queryClient: QueryClient | undefined;
  /** Tells two roots on one page apart. */
  readonly instance: string;
  readonly state: () => WizardState;
  /** The session as it is known, and since when, in epoch ms. */
  readonly known: () => { readonly view: SessionView | null; readonly at: number };
  /** Returns the server's clock, in epoch ms. */
  readonly serverNow: () => number;
  /** Called with a session that was read. */
  readonly arrived: (view: SessionView) => void;
  readonly show: (doing: Partial<Pick<Enrollment, "busy" | "failure">>) => void;
};

/** Describes the way to the service. */
export type Asking = {
  /** Runs one request and shows that it is on its way. What is being read meanwhile could be older than its answer, and counts for nothing. */
  readonly run: (send: () => Promise<Settled>, then: Then) => void;
  /** Forgets that a request failed. */
  readonly forget: () => void;
  /** Keeps a session that came with an answer. */
  readonly keep: (view: SessionView) => void;
  /** Reads the session again. */
  readonly read: () => void;
  /** Looks anew at what is known, and at how often it is to be read by itself. */
  readonly changed: () => void;
  /** Listens, until what it returns is called. */
  readonly attend: () => () => void;
};

/** Builds the way to the service for one root. */
export function createAsking(parts: AskingParts): Asking {
  const { client, queryClient = new QueryClient(), instance, state, known, serverNow, arrived, show } = parts;
  const queryKey = ["mfa", instance, "session"];
  let running: object | null = null;
  /** What the query was begun with: it comes back where a host resets its queries, and is no news. */
  const given = new WeakSet<SessionView>();
  const mutation = new MutationObserver<Settled, Error, () => Promise<Settled>>(queryClient, {
    mutationFn: (send) => send(),
    networkMode: "always",
    gcTime: KEPT_MS,
    retry: false,
  });

  const options = () => {
    const { view, at } = known();
    if (view !== null) given.add(view);
    return {
      queryKey,
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const read = await readSession(client, signal);
        if (read === null) throw new Error("The session could not be read.");
        return read;
      },
      networkMode: "always",
      retry: false,
      staleTime: FRESH_MS,
      gcTime: KEPT_MS,
      structuralSharing: false,
      enabled: view !== null && running === null,
      refetchInterval: () => pollInterval(state(), serverNow),
      // The engine asks when the page comes back into sight, and after what other tabs and the connection do.
      refetchOnWindowFocus: false,
      refetchOnMount: true,
      ...(view === null ? {} : { initialData: view, initialDataUpdatedAt: at }),
    } as const;
  };
  const query = new QueryObserver<SessionView>(queryClient, options());
  const changed = () => query.setOptions(options());

  /** Ends a request. Whether the session is to be read can be told when what came of the request is taken in, and not before. */
  const over = (ended: object, failure: Enrollment["failure"], then: () => void) => {
    show({ busy: false, failure });
    try {
      then();
    } finally {
      if (running === ended) running = null;
      changed();
    }
  };

  return {
    run: (send, { done, failed }) => {
      void queryClient.cancelQueries({ queryKey });
      const mine = {};
      running = mine;
      changed();
      show({ busy: true, failure: null });
      void mutation.mutate(send).then(
        (settled) => {
          // The request is forgotten with its answer: it holds what was typed.
          mutation.reset();
          over(mine, null, () => done(settled));
        },
        (error: unknown) => over(mine, error instanceof RequestFailure ? error.kind : null, failed),
      );
    },
    forget: () => {
      mutation.reset();
      show({ failure: null });
    },
    keep: (view) => void queryClient.setQueryData(queryKey, view),
    read: () => {
      changed();
      void query.refetch();
    },
    changed,
    attend: () => {
      changed();
      return query.subscribe(({ data }) => {
        if (data !== undefined && data !== known().view && !given.has(data)) arrived(data);
      });
    },
  };
}

/** Returns how often the session is read by itself: only while the screen says "we're checking", and otherwise never. */
function pollInterval(state: WizardState, now: () => number): number | false {
  if (!("enrollment" in state)) return false;
  const { newerMessageLost, resendAt } = state.enrollment;
  const isUnclear = state.step === "awaitingSend" || state.step === "awaitingOutcome";
  const isLost = state.step === "facingLostSend" || newerMessageLost;
  // The service may still hear what it has called lost, as long as its own request runs. Once it lets another message be asked
  // for, that is what leads on, and nothing is waited for any more.
  return isUnclear || (isLost && now() < resendAt) ? ASK_AGAIN_MS : false;
}
