import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/*
 * Stands for React Query in the file that brings everything with it: what `use-enrollment.ts` asks of it, in a tenth of its bytes. The same tests
 * are run with it and with React Query. It knows nothing of what is asked.
 */

/** What is known of one question. */
type Known = {
  data: unknown;
  error: unknown;
  /** When the data came, in epoch ms; 0 while there is none. */
  at: number;
  asking: AbortController | null;
  told: Set<() => void>;
};

type Key = { readonly queryKey: readonly unknown[] };

/** Describes a question as React Query does: how it is asked, how long its answer counts, and how often it is asked again, in ms. */
type QueryOptions<Data> = Key & {
  readonly queryFn: (given: { signal: AbortSignal }) => Promise<Data>;
  readonly staleTime: number;
  readonly enabled: boolean;
  readonly refetchInterval: () => number | false;
  readonly initialData?: Data;
};

/** Holds what is known. Each root has one of its own, and what it holds goes with it. */
export class QueryClient {
  readonly #known = new Map<string, Known>();

  /** What is known of a question. */
  of({ queryKey }: Key): Known {
    const key = JSON.stringify(queryKey);
    const known = this.#known.get(key) ?? { data: undefined, error: null, at: 0, asking: null, told: new Set() };
    this.#known.set(key, known);
    return known;
  }

  /** Takes an answer that came another way. */
  setQueryData(queryKey: readonly unknown[], data: unknown): void {
    change(this.of({ queryKey }), { data, error: null, at: Date.now() });
  }

  /** Stops asking; the answer counts for nothing. */
  async cancelQueries(key: Key): Promise<void> {
    stop(this.of(key));
  }
}

function change(known: Known, what: Partial<Known>): void {
  Object.assign(known, what);
  for (const tell of known.told) tell();
}

/** Takes what a server has read already, where nothing is known yet. */
function begin(known: Known, data: unknown): void {
  if (known.at === 0) Object.assign(known, { data, at: Date.now() });
}

function stop(known: Known): void {
  known.asking?.abort();
  known.asking = null;
}

/** Asks, unless that is being done. */
async function ask<Data>(known: Known, queryFn: QueryOptions<Data>["queryFn"]): Promise<void> {
  if (known.asking) return;
  const asking = new AbortController();
  // What is not known at all is no longer unknown for the reason it was.
  change(known, { asking, ...(known.at === 0 ? { error: null } : {}) });
  const outcome = await queryFn({ signal: asking.signal }).then(
    (data) => ({ data, error: null, at: Date.now() }),
    (error: unknown) => ({ error }),
  );
  if (known.asking === asking) change(known, { asking: null, ...outcome });
}

/** Asks when it is first looked at, and again where the answer no longer counts. */
export function useQuery<Data>(options: QueryOptions<Data>, client: QueryClient) {
  const known = client.of(options);
  const { enabled, staleTime, queryFn, initialData } = options;
  if (initialData !== undefined) begin(known, initialData);
  const [, drawAgain] = useState({});
  const latest = useRef(queryFn);
  useLayoutEffect(() => {
    latest.current = queryFn;
  });
  const refetch = useCallback(() => ask(known, (given) => latest.current(given)), [known]);

  useEffect(() => {
    const tell = () => drawAgain({});
    known.told.add(tell);
    // What came between the drawing and now.
    tell();
    return () => {
      known.told.delete(tell);
      if (known.told.size === 0) stop(known);
    };
  }, [known]);

  // At once and not after the first picture, for which Preact waits a while: what is asked here is what is waited for.
  useLayoutEffect(() => {
    if (enabled && Date.now() - known.at >= staleTime) void refetch();
  }, [known, enabled, staleTime, refetch]);

  const every = options.refetchInterval();
  useEffect(() => {
    if (every === false || !enabled) return;
    const timer = setInterval(() => {
      if (document.visibilityState !== "hidden") void refetch();
    }, every);
    return () => clearInterval(timer);
  }, [every, enabled, refetch]);

  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- What is known of a question came from its own `queryFn`.
  return { data: known.data as Data | undefined, error: known.error, refetch };
}

/** Describes what is done with what an action came to, while somebody still looks. */
type Then<Data> = { readonly onSuccess: (data: Data) => void; readonly onError: () => void };

/** Does something once for each time it is asked to, and shows that it is being done. */
export function useMutation<Data, Variables>({
  mutationFn,
}: {
  readonly mutationFn: (variables: Variables) => Promise<Data>;
}) {
  const [shown, show] = useState<{ isPending: boolean; error: unknown }>(RESTING);
  const doing = useRef<object | null>(null);
  const latest = useRef(mutationFn);
  useLayoutEffect(() => {
    latest.current = mutationFn;
  });
  useEffect(
    () => () => {
      doing.current = null;
    },
    [],
  );
  const mutate = useCallback((variables: Variables, { onSuccess, onError }: Then<Data>) => {
    const mine = {};
    doing.current = mine;
    show({ isPending: true, error: null });
    latest.current(variables).then(
      (data) => {
        if (doing.current !== mine) return;
        show(RESTING);
        onSuccess(data);
      },
      (error: unknown) => {
        if (doing.current !== mine) return;
        show({ isPending: false, error });
        onError();
      },
    );
  }, []);
  const reset = useCallback(() => {
    doing.current = null;
    show(RESTING);
  }, []);
  return { ...shown, mutate, reset };
}

const RESTING = { isPending: false, error: null };
