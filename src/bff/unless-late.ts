import type { Clock } from "./clock.ts";

/** Eight seconds: then the page hears what is known so far, while the work goes on behind it. */
export const ANSWER_WITHIN_MS = 8_000;

/** Resolves to `late` when the work takes longer than a page waits. What it comes to later is in the record. */
export async function unlessLate<T>(clock: Clock, work: Promise<T>): Promise<T | "late"> {
  const waiting = new AbortController();
  const late = clock.wait(ANSWER_WITHIN_MS, waiting.signal).then(() => "late" as const);
  // Once late, nobody else listens to the work: what it throws then is in no answer, and must not end the process.
  work.catch(() => null);
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
  }
}
