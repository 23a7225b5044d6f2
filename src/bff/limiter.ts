import type { Clock } from "./clock.ts";

/** Says how many points a key has for how long. The time begins with the first point that is taken and ends for all at once. */
export type Limit = { points: number; windowSeconds: number };

/** Asks for one point of a key. With `stopsWhenPaid` a count of 0 or less, this point among it, leaves out those after it. */
export type Asked = { key: string; limit: Limit; stopsWhenPaid?: true };

/**
 * Says how a taking ended: what each count is of which a point was taken, in their order; or which one had no more, by its index,
 * and when that begins anew, epoch ms: nothing was taken of any then.
 */
export type Taken = { counts: readonly number[]; refused: { at: number; retryAt: number } | null };

/**
 * Counts by key, at once for all who share it. Every key has an end. It rejects where it is not known what was counted: nobody may
 * take that for a yes.
 */
export type Limiter = {
  /** Takes one point of each key in their order, all or none, in one step. No two have one key. */
  take(asked: readonly Asked[]): Promise<Taken>;
  /** Gives points back, one by default, to no fewer than `floor`, 0 by default: below it the key would have more than its limit. */
  giveBack(key: string, limit: Limit, given?: { points?: number; floor?: number }): Promise<void>;
};

/** What counts: this process's memory, or a Redis. */
type Counter = {
  /**
   * Adds one to each key in their order, in one step, as far as {@link walk} goes; to none where one has no more. Returns what the
   * counts are with that one, as far as it went, and when the last of them ends, epoch ms.
   */
  addOneToEach(asked: readonly Asked[]): Promise<{ counts: readonly unknown[]; endsAt: number }>;
  /** Adds to one key and returns its count. */
  add(key: string, points: number, windowSeconds: number): Promise<number>;
};

/** Windows that have ended are cleared out by the first taking of each minute: the cost is spread, the memory is bounded. */
const SWEEP_EVERY_MS = 60_000;

/**
 * Creates a limiter over what counts. It compares by itself what comes back: nothing is above a limit that cannot be compared, such
 * as the answer of a store that has gone wrong.
 */
export function createLimiter({ addOneToEach, add }: Counter): Limiter {
  return {
    async take(asked) {
      const added = await addOneToEach(asked);
      const { counts, refusedAt } = walk(asked, (_, at) => added.counts[at]);
      const retryAt = readable(added.endsAt);
      return refusedAt === null ? { counts, refused: null } : { counts: [], refused: { at: refusedAt, retryAt } };
    },
    async giveBack(key, { windowSeconds }, { points = 1, floor = 0 } = {}) {
      const count = readable(await add(key, -points, windowSeconds));
      if (count < floor) readable(await add(key, floor - count, windowSeconds));
    },
  };
}

/** Goes through counts, each with its new point, to the first that is above its limit, or that is paid and stops there. */
function walk(asked: readonly Asked[], countOf: (asked: Asked, at: number) => unknown) {
  const counts: number[] = [];
  for (const [at, one] of asked.entries()) {
    const count = readable(countOf(one, at));
    counts.push(count);
    if (count > one.limit.points) return { counts, refusedAt: at };
    if (one.stopsWhenPaid && count <= 0) break;
  }
  return { counts, refusedAt: null };
}

function readable(count: unknown): number {
  if (typeof count !== "number" || !Number.isSafeInteger(count)) throw new Error("A count could not be read.");
  return count;
}

/**
 * Creates a limiter in this process's memory: it forgets all when the process ends, and other nodes know nothing of it. The library
 * that counts in Redis tells its counts by promises here too, and so cannot look at several and add to them in one step.
 */
export function createMemoryLimiter(clock: Pick<Clock, "now">): Limiter {
  const windows = new Map<string, { count: number; endsAt: number }>();
  let sweptAt = clock.now();

  function windowOf(key: string, windowSeconds: number) {
    const known = windows.get(key);
    return known && known.endsAt > clock.now() ? known : { count: 0, endsAt: clock.now() + windowSeconds * 1000 };
  }

  function add(key: string, points: number, windowSeconds: number): number {
    const window = windowOf(key, windowSeconds);
    window.count += points;
    windows.set(key, window);
    return window.count;
  }

  function sweep(now: number): void {
    if (now < sweptAt + SWEEP_EVERY_MS) return;
    sweptAt = now;
    for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key);
  }

  return createLimiter({
    add: async (...asked) => add(...asked),
    async addOneToEach(asked) {
      sweep(clock.now());
      let endsAt = Number.NaN;
      const { counts, refusedAt } = walk(asked, ({ key, limit }) => {
        const window = windowOf(key, limit.windowSeconds);
        endsAt = window.endsAt;
        return window.count + 1;
      });
      if (refusedAt !== null) return { counts, endsAt };
      // Nobody else is served between looking and adding.
      for (const { key, limit } of asked.slice(0, counts.length)) add(key, 1, limit.windowSeconds);
      return { counts, endsAt };
    },
  });
}
