import { setTimeout as pause } from "node:timers/promises";
import { redisCommand } from "../kills/redis-command.ts";
import type { RunningRedis } from "../kills/redis-server.ts";

/** One way in which a Redis can be away, and back again when it is over. */
export type StoreOutage = {
  title: string;
  /** Whether nothing can be written from its beginning to its end: then nothing may be sent either. */
  isShut: boolean;
  happen(redis: RunningRedis): Promise<void>;
};

/** Longer than what was counted before needs to reach the tenant, and shorter than somebody's patience. */
const AWAY_MS = 4_000;
/** Longer than a change holds an account. */
const AWAY_LONG_MS = 9_000;

/** Each way that is played. */
export const storeOutages: readonly StoreOutage[] = [
  {
    title: "loses its power",
    isShut: true,
    async happen(redis) {
      await redis.kill();
      await pause(AWAY_MS);
      await redis.start();
    },
  },
  {
    title: "stands still",
    isShut: true,
    async happen(redis) {
      redis.signal("SIGSTOP");
      await pause(AWAY_MS);
      redis.signal("SIGCONT");
    },
  },
  {
    title: "stands still for longer than a change holds an account",
    isShut: true,
    async happen(redis) {
      redis.signal("SIGSTOP");
      await pause(AWAY_LONG_MS);
      redis.signal("SIGCONT");
    },
  },
  {
    title: "makes everybody wait",
    isShut: true,
    async happen({ port }) {
      await redisCommand(port, "CLIENT", "PAUSE", String(AWAY_MS), "ALL");
      await pause(AWAY_MS);
    },
  },
  {
    title: "hangs up again and again",
    isShut: false,
    async happen({ port }) {
      for (const until = Date.now() + AWAY_MS; Date.now() < until; await pause(400))
        await redisCommand(port, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    },
  },
  {
    title: "is a replica that takes no writes",
    isShut: true,
    async happen({ port }) {
      // Port 1 answers nobody, so it waits for its master with what it has.
      await redisCommand(port, "REPLICAOF", "127.0.0.1", "1");
      await pause(AWAY_MS);
      await redisCommand(port, "REPLICAOF", "NO", "ONE");
    },
  },
];
