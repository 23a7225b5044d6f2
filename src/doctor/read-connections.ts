import * as z from "zod/mini";
import type { Management } from "./management-calls.ts";
import { type Seen, seen } from "./seen.ts";
import type { Connection } from "./tenant-view.ts";

/** A page of connections. */
export const connectionsSchema = z.object({
  connections: z.array(z.object({ id: z.string(), name: z.string(), strategy: z.string() })),
});

/** Databases of one tenant are few; a hundred is a page. */
const PAGE = "strategy=auth0&take=100";

/** Names the databases that an application may use: asked by application, as a database may have thousands of those. */
export function databasesOf(clientId: string): { path: string; scope: string } {
  return { path: `clients/${encodeURIComponent(clientId)}/connections?${PAGE}`, scope: "read:connections" };
}

/** Reads the databases of users, and which of them the application may use. */
export async function readConnections(management: Management, clientId: string): Promise<Seen<Connection[]>> {
  const asked = { path: `connections?${PAGE}`, scope: "read:connections", schema: connectionsSchema };
  const all = await management.read(asked);
  if (all.is === "unseen") return all;
  const ours = await management.read({ ...databasesOf(clientId), schema: connectionsSchema });
  if (ours.is === "unseen") return ours;
  const open = (ours.value?.connections ?? []).map(({ id }) => id);
  return seen((all.value?.connections ?? []).map((one) => ({ ...one, isForUs: open.includes(one.id) })));
}
