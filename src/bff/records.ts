import type * as z from "zod/mini";
import { createLatest } from "./latest.ts";
import { createMemoryRecords } from "./memory-records.ts";
import { Refused } from "./refused.ts";
import type { Sealer } from "./sealing.ts";
import { memoryOf, type Store } from "./store.ts";

/** Sixteen: updates of one process wait in line, so more collisions in a row than there are nodes mean that the store is broken. */
const MAX_COLLISIONS = 16;
/** What stands under a key: null and null for nothing; a record of another shape is null too, and has a version. */
type Known<T> = { record: T | null; version: number | null };
const ABSENT = { record: null, version: null };

/** As many records as a busy node works on within a second or two; at a few KiB each they take up a few MiB. */
const MOST_OPENED = 1_000;

/** What a change makes of a record, null where there is none. */
type Alter<T, R> = (current: T | null) => { record: T; result: R };

/** Reads and changes records of one kind, which nobody may change in place. Every change is a compare-and-set, run again when another was faster. */
export type Records<T> = {
  read(id: string): Promise<T | null>;
  /**
   * Replaces the record by what `change` makes of it and returns the result. `change` may run several times, so it must be
   * pure; returning the same record writes nothing; what it throws is thrown, and nothing is written. `isNew`: the id has just been
   * drawn, so that there is most likely no record to be read.
   */
  update<R>(id: string, change: Alter<T, R>, about?: { isNew?: boolean }): Promise<R>;
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

  /** What was read or written last, opened: a version that still stands need not be opened and parsed again. */
  const opened = createLatest<Known<T>>(MOST_OPENED);

  async function load(key: string): Promise<Known<T>> {
    const stored = await guarded(store.read(key));
    if (!stored) return ABSENT;
    const { text, version } = stored;
    const known = opened.get(key);
    if (known?.version === version) return known;
    const plain = sealer.open(text, key);
    const parsed = plain === null ? null : parse.safeParse(JSON.parse(plain));
    const read = { record: parsed?.success ? parsed.data : null, version };
    opened.set(key, read);
    return read;
  }

  /** Writes a record where that version stands, and tells whether it did. */
  async function write(key: string, record: T, ifVersion: number | null): Promise<boolean> {
    const sealed = sealer.seal(JSON.stringify(record), key);
    const version = await guarded(store.write(key, sealed, { ifVersion, ttlSeconds: ttlSeconds(record) }));
    if (version === null) return false;
    opened.set(key, { record, version });
    return true;
  }

  /**
   * Makes a change of what was known last: most often nobody else has written since, and the write itself finds out. Returns null where
   * that cannot be told without a reading: what leaves the record as it is, or refuses, must be told of what stands there now.
   */
  async function updateUnread<R>(key: string, known: Known<T>, change: Alter<T, R>): Promise<{ result: R } | null> {
    let next: { record: T; result: R };
    try {
      next = change(known.record);
    } catch {
      return null;
    }
    const isDone = next.record !== known.record && (await write(key, next.record, known.version));
    return isDone ? { result: next.result } : null;
  }

  async function updateNow<R>(key: string, change: Alter<T, R>, isNew: boolean): Promise<R> {
    const known = opened.get(key) ?? (isNew ? ABSENT : null);
    const done = known && (await updateUnread(key, known, change));
    if (done) return done.result;
    for (let collisions = 0; collisions < MAX_COLLISIONS; collisions += 1) {
      const { record, version } = await load(key);
      const next = change(record);
      if (next.record === record || (await write(key, next.record, version))) return next.result;
    }
    throw new Refused({ code: "service_unavailable" });
  }

  return {
    read: async (id) => (await load(keyOf(id))).record,
    async update(id, change, { isNew = false } = {}) {
      const key = keyOf(id);
      const before = lines.get(key) ?? Promise.resolve();
      const turn = before.then(() => updateNow(key, change, isNew));
      const ended = turn.catch(() => null);
      lines.set(key, ended);
      try {
        return await turn;
      } finally {
        if (lines.get(key) === ended) lines.delete(key);
      }
    },
    remove(id) {
      opened.remove(keyOf(id));
      return guarded(store.remove(keyOf(id)));
    },
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
