import type { Bff, BffOptions } from "./bff-options.ts";
import { createBff } from "./bff.ts";
import { systemClock } from "./clock.ts";
import { createLog, standardOutput } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createRedisClient } from "./redis-client.ts";
import { createRedisLimiter } from "./redis-limiter.ts";
import { createRedisStore } from "./redis-store.ts";
import type { Settings } from "./settings.ts";
import { createMemoryStore, type Store } from "./store.ts";
import { createUndiciUpstream } from "./undici-upstream.ts";

/** A BFF with all that stands behind it. */
export type Node = {
  bff: Bff;
  store: Store;
  metrics: Metrics;
  /** Ends the connections to the tenant and to Redis. */
  close(): Promise<void>;
};

/**
 * Creates a BFF as production runs it: its log on standard output, its records and counts in the Redis that the settings name, or in
 * this process. Throws where the address of the Redis is none.
 */
export function createNode(
  settings: Settings,
  {
    notify,
    account,
    stepUpAddress,
    renderPage,
  }: { [Name in "notify" | "account" | "stepUpAddress" | "renderPage"]?: BffOptions[Name] | undefined } = {},
): Node {
  const { tenant, redisUrl } = settings;
  const upstream = createUndiciUpstream(new URL(tenant.issuer).origin);
  const shared = redisUrl === null ? null : { client: createRedisClient(redisUrl), store: createRedisStore(redisUrl) };
  const store = shared?.store ?? createMemoryStore(systemClock);
  const metrics = createMetrics({ inWork: () => bff.inWork() });
  const bff: Bff = createBff({
    settings,
    upstream,
    store,
    log: createLog(standardOutput()),
    observe: metrics.observe,
    ...(shared ? { limiter: createRedisLimiter(shared.client, systemClock) } : {}),
    ...(notify ? { notify } : {}),
    ...(account ? { account } : {}),
    ...(stepUpAddress === undefined ? {} : { stepUpAddress }),
    ...(renderPage ? { renderPage } : {}),
  });
  return {
    bff,
    store,
    metrics,
    async close() {
      await upstream.close();
      await shared?.store.close();
      shared?.client.disconnect();
    },
  };
}
