import type * as z from "zod/mini";
import { createLatest } from "./latest.ts";
import { createMemoryRecords } from "./memory-records.ts";
import { Refused } from "./refused.ts";
import type { Sealer } from "./sealing.ts";
import { memoryOf, type Store } from "./store.ts";

/** Sixteen: updates of one process wait in line, so more collisions in a row than there are nodes mean that the store is broken. */
const MAX_COLLISIONS = 16;
/** As many records as a busy node works on within a second or two; at a few KiB each they take up a few MiB. */
const MOST_OPENED = 1_000;

/** Reads and changes records of one kind, which nobody may change in place. Every change is a compare-and-set, run again when another was faster. */
export type Records<T> = {
  read(id: string): Promise<T | null>;
  /**
   * Replaces the record by what `change` makes of it and returns the result. `change` may run several times, so it must be
   * pure; returning the same record writes nothing; what it throws is thrown, and nothing is written.
   */
  update<R>(id: string, change: (current: T | null) => { record: T; result: R }): Promise<R>;
  remove(id: string): Promise<void>;
};

/**
 * Creates the records of one kind over a store, sealed wherever they leave this process. A stored text that does not open or has
 * another shape (an older version's) counts as absent. A store that fails is a refusal `service_unavailable`.
 */
export function createRecords<T extends object>(options: {
  kind: string;
  store: Store;
  sealer: Sealer;
  parse: z.ZodMiniType<T>;
  ttlSeconds: (record: T) => number;
}): Records<T> {
  const { kind, store, sealer, parse, ttlSeconds } = options;
  const memory = memoryOf(store);
  if (memory) return createMemoryRecords({ kind, memory, parse, ttlSeconds });
  const keyOf = (id: string) => `${kind}:${id}`;
  /** The last update under way in this process for each record: a thousand at once wait in line and never collide. */
  const lines = new Map<string, Promise<unknown>>();

  /** What was read last, opened: a text that is still the same need not be opened and parsed again. */
  const opened = createLatest<{ text: string; record: T | null }>(MOST_OPENED);

  async function load(key: string) {
    const stored = await guarded(store.read(key));
    if (!stored) return { record: null, version: null };
    const { text, version } = stored;
    const known = opened.get(key);
    if (known?.text === text) return { record: known.record, version };
    const plain = sealer.open(text, key);
    const parsed = plain === null ? null : parse.safeParse(JSON.parse(plain));
    const record = parsed?.success ? parsed.data : null;
    opened.set(key, { text, record });
    return { record, version };
  }

  async function updateNow<R>(key: string, change: (current: T | null) => { record: T; result: R }): Promise<R> {
    for (let collisions = 0; collisions < MAX_COLLISIONS; collisions += 1) {
      const { record, version } = await load(key);
      const next = change(record);
      if (next.record === record) return next.result;
      const sealed = sealer.seal(JSON.stringify(next.record), key);
      const done = await guarded(store.write(key, sealed, { ifVersion: version, ttlSeconds: ttlSeconds(next.record) }));
      if (!done) continue;
      opened.set(key, { text: sealed, record: next.record });
      return next.result;
    }
    throw new Refused({ code: "service_unavailable" });
  }

  return {
    read: async (id) => (await load(keyOf(id))).record,
    async update(id, change) {
      const key = keyOf(id);
      const before = lines.get(key) ?? Promise.resolve();
      const turn = before.then(() => updateNow(key, change));
      const ended = turn.catch(() => null);
      lines.set(key, ended);
      try {
        return await turn;
      } finally {
        if (lines.get(key) === ended) lines.delete(key);
      }
    },
    remove: (id) => guarded(store.remove(keyOf(id))),
  };
}

/** Turns a failing store into a refusal: while it is unknown what was counted, nothing is sent. */
async function guarded<R>(work: Promise<R>): Promise<R> {
  try {
    return await work;
  } catch {
    throw new Refused({ code: "service_unavailable" });
  }
}
