import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Clock } from "./clock.ts";

/** Says how many points a key has for how long. The time begins with the first point that is taken and ends for all at once. */
export type Limit = { points: number; windowSeconds: number };

/** Says how a taking ended: what the key's count is then, and when it begins anew, epoch ms. */
export type Taken = { taken: boolean; count: number; retryAt: number };

/**
 * Counts by key, at once for all who share it. Every key has an end. It rejects where it is not known what was counted: nobody may
 * take that for a yes.
 */
export type Limiter = {
  /** Takes one point, or takes none and says no. */
  take(key: string, limit: Limit): Promise<Taken>;
  /** Gives points back, one by default, to no fewer than `floor`, 0 by default: below it the key would have more than its limit. */
  giveBack(key: string, limit: Limit, given?: { points?: number; floor?: number }): Promise<void>;
};

/** Adds to a key's count in one step, and returns the count and when it ends, epoch ms. */
type Add = (asked: {
  key: string;
  points: number;
  windowSeconds: number;
}) => Promise<{ count: number; endsAt: number }>;

/** Windows that have ended are cleared out by the first taking of each minute: the cost is spread, the memory is bounded. */
const SWEEP_EVERY_MS = 60_000;

/**
 * Creates a limiter over what adds. It compares by itself: the library lets through what is no number, such as the answer of a
 * store that has gone wrong, because nothing is above a limit that cannot be compared.
 */
export function createLimiter(add: Add): Limiter {
  async function added(key: string, { windowSeconds }: Limit, points: number) {
    const { count, endsAt } = await add({ key, points, windowSeconds });
    if (!Number.isSafeInteger(count) || !Number.isSafeInteger(endsAt)) throw new Error("A count could not be read.");
    return { count, endsAt };
  }
  return {
    async take(key, limit) {
      const { count, endsAt } = await added(key, limit, 1);
      if (count <= limit.points) return { taken: true, count, retryAt: endsAt };
      // What was refused does not count: it would use up what others give back.
      await added(key, limit, -1);
      return { taken: false, count: count - 1, retryAt: endsAt };
    },
    async giveBack(key, limit, { points = 1, floor = 0 } = {}) {
      const { count } = await added(key, limit, -points);
      if (count < floor) await added(key, limit, floor - count);
    },
  };
}

/** Creates a limiter in this process's memory: it forgets all when the process ends, and other nodes know nothing of it. */
export function createMemoryLimiter(clock: Pick<Clock, "now">): Limiter {
  const counter = new RateLimiterMemory({ keyPrefix: "", points: 0, duration: 1 });
  // The library reads the machine's clock. Ours decides which window a point falls into, and the window is part of its key.
  const windows = new Map<string, { beganAt: number; endsAt: number }>();
  let sweptAt = clock.now();
  return createLimiter(async ({ key, points, windowSeconds }) => {
    const now = clock.now();
    if (now >= sweptAt + SWEEP_EVERY_MS) {
      sweptAt = now;
      for (const [known, { endsAt }] of windows) if (endsAt <= now) windows.delete(known);
    }
    const known = windows.get(key);
    const window = known && known.endsAt > now ? known : { beganAt: now, endsAt: now + windowSeconds * 1000 };
    windows.set(key, window);
    const { consumedPoints } = await counter.penalty(`${key} ${window.beganAt}`, points, {
      customDuration: windowSeconds,
    });
    return { count: consumedPoints, endsAt: window.endsAt };
  });
}
