import { randomBytes } from "node:crypto";
import type { Bff } from "../bff/bff-options.ts";
import { createBff } from "../bff/bff.ts";
import { systemClock } from "../bff/clock.ts";
import { createLog, standardOutput } from "../bff/log.ts";
import { createMetrics } from "../bff/metrics.ts";
import { listen } from "../bff/node-server.ts";
import { createRedisClient } from "../bff/redis-client.ts";
import { createRedisLimiter } from "../bff/redis-limiter.ts";
import { createRedisStore } from "../bff/redis-store.ts";
import { readSettings } from "../bff/settings.ts";
import { createMemoryStore } from "../bff/store.ts";
import { createUndiciUpstream } from "../bff/undici-upstream.ts";
import { answerOrders } from "./order.ts";
import { createVisits } from "./visits.ts";

/** Counted, and never reached: each person of the bench asks once. */
const NEVER_REACHED = "1000000";

const LIMITS = [
  "MFA_MOST_REQUESTS",
  "MFA_SENDS_PER_VISIT_HOUR",
  "MFA_SENDS_PER_IP_HOUR",
  "MFA_SENDS_PER_CONTACT_TEN_MINUTES",
  "MFA_SENDS_PER_PREFIX_HOUR",
  "MFA_SENDS_PER_COUNTRY_HOUR",
  "MFA_SENDS_PER_DOMAIN_HOUR",
  "MFA_SENDS_PER_DAY",
  "MFA_UNENTERED_PER_PREFIX_HOUR",
  "MFA_UNENTERED_PER_COUNTRY_HOUR",
];

/** Runs the BFF as production does, on a free port of loopback, with its records in this process or in a Redis. */
export async function runMeasuredBff(tenant: string, redisUrl: string | null): Promise<void> {
  const read = readSettings({
    AUTH0_DOMAIN: tenant,
    AUTH0_CLIENT_ID: "bench",
    AUTH0_CLIENT_SECRET: "bench-secret",
    MFA_PUBLIC_URL: PAGE,
    MFA_SECRET_KEY: randomBytes(32).toString("base64"),
    // A round is shorter, but what is read in it may have been put in a while before.
    MFA_LIST_MAX_AGE_SECONDS: "600",
    ...Object.fromEntries(LIMITS.map((name) => [name, NEVER_REACHED])),
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  });
  if ("problems" in read) throw new Error(read.problems.join(" "));
  const { settings } = read;
  const upstream = createUndiciUpstream(tenant);
  const store = settings.redisUrl === null ? createMemoryStore(systemClock) : createRedisStore(settings.redisUrl);
  const redis = settings.redisUrl === null ? null : createRedisClient(settings.redisUrl);
  const metrics = createMetrics({ inWork: () => bff.inWork() });
  const bff: Bff = createBff({
    settings,
    upstream,
    store,
    log: createLog(standardOutput()),
    observe: metrics.observe,
    ...(redis ? { limiter: createRedisLimiter(redis, systemClock) } : {}),
  });
  const door = { below: settings.basePath, exchange: bff.exchange };
  const { port } = await listen({ fetch: bff, door, host: "127.0.0.1", port: 0 });
  const visits = createVisits(settings, store, upstream);
  answerOrders(port, async (order) => {
    if (order.do === "seed") return visits.add(order.kind, order.count);
    if (order.do === "forget") await visits.forget();
    return order.do === "memory" ? bytesInUse() : null;
  });
}

/** The address of the page, which every request names as its host and origin; nothing listens there. */
export const PAGE = "http://localhost:4300";

/** Twice, for what the first collection sets free with its finalizers. */
function bytesInUse(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
