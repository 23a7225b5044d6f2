import type { Clock } from "./clock.ts";

/**
 * Keeps sealed texts under ids, each with a version and an end. Every change is a compare-and-set, so two requests, or two
 * nodes, can never overwrite each other unseen.
 */
export type Store = {
  read(id: string): Promise<{ text: string; version: number } | null>;
  /**
   * Writes if the stored version is still `ifVersion` (null: if there is none) and tells whether it did. The entry ends
   * after `ttlSeconds`.
   */
  write(id: string, text: string, options: { ifVersion: number | null; ttlSeconds: number }): Promise<boolean>;
  remove(id: string): Promise<void>;
};

/** Ended entries are cleared out by the first write of each minute: the cost is spread, the memory is bounded. */
const SWEEP_EVERY_MS = 60_000;

/** Creates a store in this process's memory. It forgets all when the process ends; ended entries are gone at once. */
export function createMemoryStore(clock: Pick<Clock, "now">): Store {
  const entries = new Map<string, { text: string; version: number; endsAt: number }>();
  let writes = 0;
  let sweptAt = clock.now();
  function live(id: string) {
    const entry = entries.get(id);
    if (entry && entry.endsAt > clock.now()) return entry;
    entries.delete(id);
    return null;
  }
  return {
    async read(id) {
      const entry = live(id);
      return entry && { text: entry.text, version: entry.version };
    },
    async write(id, text, { ifVersion, ttlSeconds }) {
      const version = live(id)?.version ?? null;
      if (version !== ifVersion) return false;
      writes += 1;
      // The count of writes and not a count per entry: an entry that went and came back must not look unchanged.
      entries.set(id, { text, version: writes, endsAt: clock.now() + ttlSeconds * 1000 });
      if (clock.now() >= sweptAt + SWEEP_EVERY_MS) {
        sweptAt = clock.now();
        for (const known of entries.keys()) live(known);
      }
      return true;
    },
    async remove(id) {
      entries.delete(id);
    },
  };
}
