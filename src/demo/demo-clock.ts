import { type Clock, systemClock } from "../bff/clock.ts";

/** The demo's time, which BFF and tenant share: the machine's, and ahead of it once somebody has asked for later. */
export interface DemoClock extends Clock {
  /** Goes ahead by so many seconds. Whatever waits has waited that long. */
  later(seconds: number): void;
  /** Goes back to the machine's time. What waits goes on waiting as if nothing had happened. */
  reset(): void;
}

/** Creates a clock over `now`, in epoch ms. */
export function createDemoClock(now: () => number = Date.now): DemoClock {
  let aheadMs = 0;
  // Only ever grows: a wait is a length of time, so it must not become longer when the clock is set back.
  let skippedMs = 0;
  const passed = (): number => now() + skippedMs;
  const waiting = new Set<AbortController>();

  return {
    now: () => now() + aheadMs,
    async wait(ms, signal) {
      const until = passed() + ms;
      const isOver = (): boolean => signal?.aborted === true || passed() >= until;
      while (!isOver()) {
        const turn = new AbortController();
        const end = (): void => turn.abort();
        waiting.add(turn);
        signal?.addEventListener("abort", end, { once: true });
        await systemClock.wait(until - passed(), turn.signal);
        signal?.removeEventListener("abort", end);
        waiting.delete(turn);
      }
    },
    later(seconds) {
      aheadMs += seconds * 1000;
      skippedMs += seconds * 1000;
      for (const turn of waiting) turn.abort();
    },
    reset() {
      aheadMs = 0;
    },
  };
}
