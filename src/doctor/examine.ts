import { accessFrom, type Credentials } from "./access-from.ts";
import { type Part, runChecklist } from "./checklist.ts";
import type { Ours } from "./ours.ts";
import { readDiscovery } from "./read-basics.ts";
import { readTenant } from "./read-tenant.ts";
import type { Surroundings } from "./surroundings.ts";

/** What every examination begins with. */
export type Known = { ours: Ours; credentials: Credentials };

/** Looks at our side and at the tenant, and changes nothing. Without a tenant there are our side and its absence alone. */
export async function examine(around: Surroundings, { ours, credentials }: Known): Promise<Part[]> {
  if (ours.redisUrl !== null) around.progress("asking whether the Redis at REDIS_URL answers");
  const redis = ours.redisUrl === null ? null : await around.pingRedis(ours.redisUrl);
  const discovery = await readDiscovery(around, ours);
  if (discovery.is === "unseen") return runChecklist(ours, { redis, view: { discovery } });
  const access = await accessFrom(around, ours, credentials);
  return runChecklist(ours, { redis, view: { discovery, ...(await readTenant(around, ours, access)) } });
}
