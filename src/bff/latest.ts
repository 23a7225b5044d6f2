/** Keeps what was used last, and forgets the rest. */
export type Latest<V> = {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
};

/** Creates what keeps as many values as `most`; the one that was used longest ago gives way. */
export function createLatest<V>(most: number): Latest<V> {
  // A Map tells its keys in the order in which they were put in.
  const values = new Map<string, V>();

  function set(key: string, value: V): void {
    values.delete(key);
    values.set(key, value);
    if (values.size <= most) return;
    for (const oldest of values.keys()) {
      values.delete(oldest);
      return;
    }
  }

  return {
    get(key) {
      const value = values.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },
    set,
  };
}
