import { createMemoryStore, type Store } from "../bff/store.ts";
import type { ManualClock } from "./manual-clock.ts";

/** Creates a store that several nodes share, as they do a Redis: it is handed sealed texts, for they leave the node that wrote them. */
export function createSharedStore(clock: Pick<ManualClock, "now">): Store {
  const { read, write, remove } = createMemoryStore(clock);
  return { read, write, remove };
}
