import type { Clock } from "./clock.ts";
import { createDelay } from "./delay.ts";

/** Eight seconds: then the page hears what is known so far, while the work goes on behind it. */
export const ANSWER_WITHIN_MS = 8_000;

/** Resolves to `late` when the work takes longer than a page waits. What it comes to later is in the record. */
export type UnlessLate = <T>(work: Promise<T>) => Promise<T | "late">;

/** Creates what waits for work. */
export function createUnlessLate(clock: Clock): UnlessLate {
  const later = createDelay(clock, ANSWER_WITHIN_MS);
  return <T>(work: Promise<T>) =>
    new Promise<T | "late">((resolve, reject) => {
      const callOff = later(() => resolve("late"));
      // Once late, what it throws is in no answer, and does not end the process: this promise is settled then.
      work.then(resolve, reject).finally(callOff);
    });
}
