import { createOutage } from "./outage.ts";
import type { Report } from "./report.ts";
import { handOn, type Store } from "./store.ts";

/**
 * Returns the store with every call measured, and its outages told of. `now` counts ms, in fractions: a store beside the node takes less
 * than one. Records that never leave this process are not waited for, and so not measured.
 */
export function watchedStore(
  store: Store,
  { report, now = () => performance.now() }: { report: Report; now?: () => number },
): Store {
  const outage = createOutage(report, { down: "store_down", back: "store_back" });

  async function watched<R>(operation: keyof Store, work: Promise<R>): Promise<R> {
    const begunAt = now();
    try {
      const result = await work;
      report({ measure: "store_call", operation, outcome: "done", durationMs: now() - begunAt });
      outage.answered();
      return result;
    } catch (error) {
      report({ measure: "store_call", operation, outcome: "failed", durationMs: now() - begunAt });
      outage.failed();
      throw error;
    }
  }

  return handOn(store, {
    read: (id) => watched("read", store.read(id)),
    write: (id, text, options) => watched("write", store.write(id, text, options)),
    remove: (id) => watched("remove", store.remove(id)),
  });
}
