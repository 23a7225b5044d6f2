import { randomBytes } from "node:crypto";
import { createNode } from "../bff/create-node.ts";
import { GENEROUS_LIMITS } from "../bff/generous-limits.ts";
import { listen } from "../bff/node-server.ts";
import { readSettings } from "../bff/settings.ts";
import { answerOrders } from "./order.ts";
import { createVisits } from "./visits.ts";

/** As many as never come. */
const NEVER_REACHED = "1000000";

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
    ...GENEROUS_LIMITS,
    MFA_MOST_REQUESTS: NEVER_REACHED,
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  });
  if ("problems" in read) throw new Error(read.problems.join(" "));
  const { settings } = read;
  const { bff, store } = createNode(settings);
  const door = { below: settings.basePath, exchange: bff.exchange };
  const { port } = await listen({ fetch: bff, door, host: "127.0.0.1", port: 0 });
  const visits = createVisits(settings, store);
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
