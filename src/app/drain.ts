import type { Clock } from "../bff/clock.ts";

/**
 * Thirty-five seconds for what is in work: thirty is how long the tenant's answer is waited for, which may hold the only copy of a
 * recovery code, and five are for writing it down.
 */
const FINISH_WITHIN_MS = 35_000;
/** A tenth of a second: nobody waits for the end more exactly than that. */
const LOOK_EVERY_MS = 100;

/** The parts of a node, in the order in which they go. */
export type Leaving = {
  /** From now on the node says that it is not ready. */
  leave(): void;
  /** Takes no more connections. Resolves when the requests under way are answered. */
  stopTaking(): Promise<void>;
  /** How many requests and changes are in work, also those whose page has stopped waiting. */
  inWork(): number;
  /** Lets go of the store, the tenant and the mail server. */
  close(): Promise<void>;
};

/**
 * Takes a node out of service without anybody noticing: first it says that it is leaving and goes on serving for `graceMs`, then it
 * takes nothing new and finishes what is in work, and only then lets go of the store. Tells whether everything was finished in time.
 */
export async function drain(
  { leave, stopTaking, inWork, close }: Leaving,
  { clock, graceMs }: { clock: Clock; graceMs: number },
): Promise<boolean> {
  leave();
  if (graceMs > 0) await clock.wait(graceMs);
  const givesUpAt = clock.now() + FINISH_WITHIN_MS;
  const waiting = new AbortController();
  const late = clock.wait(FINISH_WITHIN_MS, waiting.signal);
  await Promise.race([stopTaking(), late]);
  waiting.abort();
  while (inWork() > 0 && clock.now() < givesUpAt) await clock.wait(LOOK_EVERY_MS);
  const isFinished = inWork() === 0;
  await close();
  return isFinished;
}
