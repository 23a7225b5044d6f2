import { createRedisClient, scriptOf } from "./redis-client.ts";
import { newNumber } from "./sealing.ts";
import type { Store } from "./store.ts";

/**
 * Compares and sets in one step: key; the version that must stand there ("" for none), the new version, the text, its life
 * in ms. A write that was done already counts as done, for the version names this very write.
 */
const WRITE = `
local held = redis.call('HGET', KEYS[1], 'version')
if held == ARGV[2] then return 1 end
if (held or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'text', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`;

/**
 * Creates a store in Redis, which outlives this process and which several nodes can share. Every key has an end. Where Redis
 * does not answer, each call rejects within `answerWithinMs`: nothing waits in a queue to be done later, unseen.
 */
export function createRedisStore(
  redisUrl: string,
  options: { answerWithinMs?: number } = {},
): Store & { close(): Promise<void> } {
  const redis = createRedisClient(redisUrl, options);
  const { opened } = redis;
  const compareAndSet = scriptOf(redis, "compareAndSet", WRITE);

  return {
    async read(id) {
      await opened;
      const [version, text] = await redis.hmget(id, "version", "text");
      return version == null || text == null ? null : { text, version: Number(version) };
    },
    async write(id, text, { ifVersion, ttlSeconds }) {
      await opened;
      const life = Math.max(1, Math.ceil(ttlSeconds * 1000));
      // Drawn: a count would begin anew when Redis lost its memory or a replica took over, and an entry that went and came back could
      // then look unchanged.
      const version = newNumber();
      return (await compareAndSet(1, id, ifVersion ?? "", version, text, life)) === 1 ? version : null;
    },
    async remove(id) {
      await opened;
      await redis.del(id);
    },
    async close() {
      await opened;
      redis.disconnect();
    },
  };
}
