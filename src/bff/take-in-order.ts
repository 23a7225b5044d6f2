import type { Limit, Limiter, Taken } from "./limiter.ts";

/** Names one count: which limiter it is to an operator, whose it is, and how much there is. */
export type Count = { name: string; key: string; limit: Limit };

/** Says how the takings ended: `refusedBy` the first that had no more, or null; what was taken is held until it is given back. */
export type Holding = {
  refusedBy: { name: string; retryAt: number } | null;
  /** How many counts it was taken from. */
  taken: number;
  giveBack(): Promise<void>;
};

/**
 * Takes one of each count in their order, so that what is refused by a near one never touches those that others share. Where one
 * has no more, all are given back. `isEnough` ends it before the later ones.
 */
export async function takeInOrder(
  limiter: Limiter,
  counts: readonly Count[],
  isEnough: (taken: Taken, count: Count) => boolean = () => false,
): Promise<Holding> {
  const held: Count[] = [];
  async function giveBack(): Promise<void> {
    // One that cannot be given back stays counted.
    for (const { key, limit } of held.splice(0)) await limiter.giveBack(key, limit).catch(() => null);
  }
  for (const count of counts) {
    const taken = await limiter.take(count.key, count.limit).catch(async (error: unknown) => {
      await giveBack();
      throw error;
    });
    if (!taken.taken) {
      await giveBack();
      return { refusedBy: { name: count.name, retryAt: taken.retryAt }, taken: 0, giveBack };
    }
    held.push(count);
    if (isEnough(taken, count)) break;
  }
  return { refusedBy: null, taken: held.length, giveBack };
}
