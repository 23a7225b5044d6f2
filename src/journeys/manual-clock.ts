import { randomBytes } from "node:crypto";
import type { Clock } from "../bff/clock.ts";

/** A clock that tests set. Whoever waits is woken when the time is moved past their hour, in order. */
export type ManualClock = Clock & {
  /** Moves the time on by `ms` and lets everything that was due happen. */
  advance(ms: number): Promise<void>;
};

/** Creates a clock that stands still at an instant. */
export function createManualClock(startAt: number): ManualClock {
  let time = startAt;
  let waiting: { at: number; wake: () => void }[] = [];
  return {
    now: () => time,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const entry = { at: time + ms, wake: done };
        waiting.push(entry);
        signal?.addEventListener("abort", done, { once: true });
        function done() {
          waiting = waiting.filter((other) => other !== entry);
          signal?.removeEventListener("abort", done);
          resolve();
        }
      }),
    async advance(ms) {
      const end = time + ms;
      for (;;) {
        await settle();
        const next = waiting.filter((entry) => entry.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting = waiting.filter((entry) => entry !== next);
        time = Math.max(time, next.at);
        next.wake();
      }
      time = end;
      await settle();
    },
  };
}

/**
 * Lets promises that are ready run: several turns, as one leads to the next. Signatures are made and checked beside the event loop,
 * by one thread in tests (vite.config.ts): what is drawn there comes after them, however busy the machine is.
 */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (turn % 2 === 0) await new Promise((resolve) => randomBytes(1, resolve));
  }
}
