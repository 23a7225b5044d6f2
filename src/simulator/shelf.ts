/** Things kept under a key until they are over. */
export interface Shelf<T> {
  put(key: string, value: T): void;
  /** Gives what is kept and not over. */
  get(key: string): T | undefined;
  /** Gives it and forgets it in one step, so that it can be had only once. */
  take(key: string): T | undefined;
  delete(key: string): void;
  values(): readonly T[];
  clear(): void;
}

/** Creates a shelf whose things end at their own `expiresAt`, in epoch milliseconds. */
export function createShelf<T extends { readonly expiresAt: number }>(now: () => number): Shelf<T> {
  const held = new Map<string, T>();
  const get = (key: string): T | undefined => {
    const value = held.get(key);
    return value !== undefined && now() < value.expiresAt ? value : undefined;
  };
  return {
    get,
    put(key, value) {
      // Swept now and then rather than at each call: a tenant under load holds thousands.
      if (held.size % 256 === 255) for (const [old, { expiresAt }] of held) if (expiresAt <= now()) held.delete(old);
      held.set(key, value);
    },
    take(key) {
      const value = get(key);
      held.delete(key);
      return value;
    },
    delete: (key) => {
      held.delete(key);
    },
    values: () => [...held.values()],
    clear: () => held.clear(),
  };
}
