import { createRedisClient } from "../bff/redis-client.ts";

/** Asks the Redis at an address whether it is there, as the server would reach it. It resolves, within a few seconds. */
export async function pingRedis(url: string): Promise<boolean> {
  const redis = createRedisClient(url);
  try {
    await redis.opened;
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}
