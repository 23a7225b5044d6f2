import { hashOf } from "../bff/sealing.ts";
import type { Store } from "../bff/store.ts";
import type { Browser } from "../journeys/stack.ts";

/** Creates a store that can put one visit's record in the place of another's. */
export function swappingStore(store: Store) {
  const swapped = new Map<string, string>();
  const keyOf = (browser: Browser) => `session:${hashOf([...browser.jar.values()][0] ?? "")}`;
  return {
    ...store,
    swap: (from: Browser, to: Browser) => void swapped.set(keyOf(to), keyOf(from)),
    read: (id: string) => store.read(swapped.get(id) ?? id),
  };
}
