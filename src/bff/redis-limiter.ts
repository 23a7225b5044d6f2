import { RateLimiterRedis } from "rate-limiter-flexible";
import type { Clock } from "./clock.ts";
import { createLimiter, type Limiter } from "./limiter.ts";
import { type RedisClient, scriptOf } from "./redis-client.ts";

/** Braces: in a cluster a script reaches the keys of one slot alone. All counts are in one: they are few, small and soon over. */
const PREFIX = "{limit}";

/**
 * Takes one point of each key, all or none. For each key: its points, its time in ms, and 1 where it stops when it is paid. Looks
 * before it adds, so that a refusal has nothing to undo. Returns the ms to the end of the last key that it went to, and the counts.
 */
const TAKE = `
local function left(at)
  local ms = redis.call('PTTL', KEYS[at])
  if ms >= 0 then return ms end
  redis.call('PEXPIRE', KEYS[at], ARGV[at * 3 - 1])
  return tonumber(ARGV[at * 3 - 1])
end
local ms
local counts = {}
for at, key in ipairs(KEYS) do
  counts[at] = tonumber(redis.call('GET', key) or 0) + 1
  if counts[at] > tonumber(ARGV[at * 3 - 2]) then return {left(at), unpack(counts)} end
  if counts[at] <= 0 and ARGV[at * 3] == '1' then break end
end
for at in ipairs(counts) do
  counts[at] = redis.call('INCR', KEYS[at])
  ms = left(at)
end
return {ms, unpack(counts)}`;

/**
 * Creates a limiter in Redis, which several nodes share: each taking is one script there, and Redis ends the keys by its own clock.
 * Where it does not answer the call rejects. The library's stand-in for such a time is left out on purpose: each node would then
 * count for itself, and a fraudster would have as many limits as there are nodes.
 */
export function createRedisLimiter(redis: RedisClient, clock: Pick<Clock, "now">): Limiter {
  const counter = new RateLimiterRedis({ storeClient: redis, keyPrefix: PREFIX, points: 0, duration: 1 });
  const takeAllOrNone = scriptOf(redis, "takeAllOrNone", TAKE);
  return createLimiter({
    async addOneToEach(asked) {
      await redis.opened;
      const answer = await takeAllOrNone(
        asked.length,
        ...asked.map(({ key }) => `${PREFIX}:${key}`),
        ...asked.flatMap(({ limit, stopsWhenPaid }) => [
          limit.points,
          limit.windowSeconds * 1000,
          stopsWhenPaid ? 1 : 0,
        ]),
      );
      const said: readonly unknown[] = Array.isArray(answer) ? answer : [];
      const [ms, ...counts] = said;
      // Adding hides that there is no end: nothing is the same as 0 then.
      return { counts, endsAt: typeof ms === "number" && Number.isSafeInteger(ms) ? clock.now() + ms : Number.NaN };
    },
    async add(key, points, windowSeconds) {
      await redis.opened;
      return (await counter.penalty(key, points, { customDuration: windowSeconds })).consumedPoints;
    },
  });
}
