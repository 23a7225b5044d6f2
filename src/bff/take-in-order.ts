import type { Asked, Limiter } from "./limiter.ts";

/** Names one count: which limiter it is to an operator, whose it is, and how much there is. */
export type Count = Asked & { name: string };

/** Says how the taking ended: `refusedBy` the first that had no more, or null; what was taken is held until it is given back. */
export type Holding = {
  refusedBy: { name: string; retryAt: number } | null;
  /** What each count is of which one was taken; none where it was refused. */
  counts: readonly number[];
  /** Never rejects: one that cannot be given back stays counted. */
  giveBack(): Promise<void>;
};

/** Takes one of each count, the nearest first, so that what is refused by a near one never touches those that others share. */
export async function takeInOrder(limiter: Limiter, asked: readonly Count[]): Promise<Holding> {
  const { counts, refused } = await limiter.take(asked);
  const held = asked.slice(0, counts.length);
  return {
    refusedBy: refused && { name: asked[refused.at]?.name ?? "", retryAt: refused.retryAt },
    counts,
    async giveBack() {
      // Each is taken out first: twice gives nothing back twice.
      await Promise.allSettled(held.splice(0).map(async ({ key, limit }) => limiter.giveBack(key, limit)));
    },
  };
}
