import type { Clock } from "./clock.ts";

/**
 * Keeps sealed texts under ids, each with a version and an end. Every change is a compare-and-set, so two requests, or two
 * nodes, can never overwrite each other unseen.
 */
export type Store = {
  read(id: string): Promise<{ text: string; version: number } | null>;
  /**
   * Writes if the stored version is still `ifVersion` (null: if there is none) and returns the version that stands there since; null
   * where it did not. The entry ends after `ttlSeconds`.
   */
  write(id: string, text: string, options: { ifVersion: number | null; ttlSeconds: number }): Promise<number | null>;
  remove(id: string): Promise<void>;
};

/** A record with the schema that it is known to fit. */
export type Kept = { record: object; schema: unknown };

/**
 * Keeps records of one kind as they are, in this process: neither sealed nor written out, for they go nowhere, and so read and written
 * at once. A record that was put in is never changed again by anybody.
 */
export type Shelf = {
  read(id: string): { content: Kept; version: number } | null;
  /** As {@link Store.write}. */
  write(id: string, kept: Kept, options: { ifVersion: number | null; ttlSeconds: number }): number | null;
  remove(id: string): void;
};

/** Returns the shelf of a kind of record, the same one each time. */
export type Memory = (kind: string) => Shelf;

/** Ended entries are cleared out by the first write of each minute: the cost is spread, the memory is bounded. */
const SWEEP_EVERY_MS = 60_000;

/** The memory behind each store that is one. What stands in front of a store is another store, which is handed texts. */
const memories = new WeakMap<Store, Memory>();

/** Returns the memory that a store is, null for a store elsewhere. */
export function memoryOf(store: Store): Memory | null {
  return memories.get(store) ?? null;
}

/** Returns `front`, with whatever memory is behind it. */
export function handOn(behind: Store, front: Store): Store {
  const memory = memoryOf(behind);
  if (memory) memories.set(front, memory);
  return front;
}

/** Creates a store in this process's memory. It forgets all when the process ends; ended entries are gone at once. */
export function createMemoryStore(clock: Pick<Clock, "now">): Store {
  const texts = createEntries<string>(clock);
  const shelves = new Map<string, Shelf>();
  const store: Store = {
    async read(id) {
      const entry = texts.read(id);
      return entry && { text: entry.content, version: entry.version };
    },
    write: async (id, text, options) => texts.write(id, text, options),
    remove: async (id) => texts.remove(id),
  };
  memories.set(store, (kind) => {
    const shelf = shelves.get(kind) ?? createEntries<Kept>(clock);
    shelves.set(kind, shelf);
    return shelf;
  });
  return store;
}

/** Creates versioned entries that end. */
function createEntries<Content>(clock: Pick<Clock, "now">) {
  const entries = new Map<string, { content: Content; version: number; endsAt: number }>();
  let writes = 0;
  let sweptAt = clock.now();

  function live(id: string) {
    const entry = entries.get(id);
    if (entry === undefined) return null;
    if (entry.endsAt > clock.now()) return entry;
    entries.delete(id);
    return null;
  }

  return {
    read: live,
    write(id: string, content: Content, asked: { ifVersion: number | null; ttlSeconds: number }): number | null {
      const version = live(id)?.version ?? null;
      if (version !== asked.ifVersion) return null;
      writes += 1;
      const now = clock.now();
      // The count of writes and not a count per entry: an entry that went and came back must not look unchanged.
      entries.set(id, { content, version: writes, endsAt: now + asked.ttlSeconds * 1000 });
      if (now >= sweptAt + SWEEP_EVERY_MS) {
        sweptAt = now;
        for (const known of entries.keys()) live(known);
      }
      return writes;
    },
    remove(id: string): void {
      entries.delete(id);
    },
  };
}
