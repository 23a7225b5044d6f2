/** Keeps what was used last, and forgets the rest. */
export type Latest<V> = {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  remove(key: string): void;
};

/**
 * Creates what keeps at least the `most` values that were used last, and at most twice as many: two maps, of which the older one goes
 * when the newer is full. To put them in order at each use would cost more than what most of them save.
 */
export function createLatest<V>(most: number): Latest<V> {
  let newer = new Map<string, V>();
  let older = new Map<string, V>();

  function set(key: string, value: V): void {
    newer.set(key, value);
    if (newer.size < most) return;
    older = newer;
    newer = new Map();
  }

  return {
    get(key) {
      const value = newer.get(key);
      if (value !== undefined) return value;
      const before = older.get(key);
      if (before !== undefined) set(key, before);
      return before;
    },
    set,
    remove(key) {
      newer.delete(key);
      older.delete(key);
    },
  };
}
