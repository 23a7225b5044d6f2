import type { Clock } from "./clock.ts";
import { Refused } from "./refused.ts";

/** Thirty seconds, as long as the tenant's answer itself is waited for: a store that fails over is back long before. */
const LONGEST_MS = 30_000;
/** A tenth of a second, then twice as long each time, up to two seconds. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/**
 * Repeats a write until the store takes it, for half a minute at most, and then throws what the last attempt threw. Only for
 * what nobody hands out a second time: what the tenant has answered. The write must be one that can be done twice.
 */
export async function untilKept<R>(clock: Clock, write: () => Promise<R>): Promise<R> {
  const givesUpAt = clock.now() + LONGEST_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await write();
    } catch (error) {
      const isStore = error instanceof Refused && error.refusal.code === "service_unavailable";
      if (!isStore || clock.now() + waitMs > givesUpAt) throw error;
      await clock.wait(waitMs);
    }
  }
}
