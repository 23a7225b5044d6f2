import { RateLimiterRedis } from "rate-limiter-flexible";
import type { Clock } from "./clock.ts";
import { createLimiter, type Limiter } from "./limiter.ts";
import type { RedisClient } from "./redis-client.ts";

/**
 * Creates a limiter in Redis, which several nodes share: each adding is one script there, and Redis ends the keys by its own clock.
 * Where it does not answer the call rejects. The library's stand-in for such a time is left out on purpose: each node would then
 * count for itself, and a fraudster would have as many limits as there are nodes.
 */
export function createRedisLimiter(redis: RedisClient, clock: Pick<Clock, "now">): Limiter {
  const counter = new RateLimiterRedis({ storeClient: redis, keyPrefix: "limit", points: 0, duration: 1 });
  return createLimiter(async ({ key, points, windowSeconds }) => {
    await redis.opened;
    const { consumedPoints, msBeforeNext } = await counter.penalty(key, points, { customDuration: windowSeconds });
    // Adding hides that there is no end: nothing is the same as 0 then.
    return {
      count: consumedPoints,
      endsAt: Number.isSafeInteger(msBeforeNext) ? clock.now() + msBeforeNext : Number.NaN,
    };
  });
}
