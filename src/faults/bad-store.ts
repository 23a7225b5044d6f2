import type { Clock } from "../bff/clock.ts";
import type { Store } from "../bff/store.ts";
import type { StoreFault } from "./schedule.ts";

const SLOW_MS = 3_000;
/** A failover: a few seconds in which nothing can be read or written. */
const DOWN_MS = 4_000;

/** Creates a store in front of another that fails at its nth operations, and keeps every text that was written. */
export function createBadStore(options: {
  readonly inner: Store;
  readonly faults: readonly StoreFault[];
  readonly clock: Clock;
  readonly onStruck: (fault: StoreFault) => void;
}): { readonly store: Store; readonly texts: string[]; readonly heal: () => void } {
  const { inner, clock, onStruck } = options;
  let faults = options.faults;
  let count = 0;
  let downUntil = 0;
  const texts: string[] = [];

  async function pass<T>(work: () => Promise<T>): Promise<T> {
    count += 1;
    const fault = faults.find(({ nth }) => nth === count);
    if (fault !== undefined) onStruck(fault);
    if (fault?.how === "down") downUntil = clock.now() + DOWN_MS;
    if (fault?.how === "slow") await clock.wait(SLOW_MS);
    if (fault?.how === "fails" || downUntil > clock.now()) throw new Error("The store is not there.");
    return work();
  }

  return {
    texts,
    heal() {
      faults = [];
      downUntil = 0;
    },
    store: {
      read: (id) => pass(() => inner.read(id)),
      write: (id, text, how) => {
        texts.push(id, text);
        return pass(() => inner.write(id, text, how));
      },
      remove: (id) => pass(() => inner.remove(id)),
    },
  };
}
