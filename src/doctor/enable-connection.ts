import type { Change } from "./change.ts";
import { clean } from "./clean.ts";
import { connectionsSchema, databasesOf } from "./read-connections.ts";
import type { Connection } from "./tenant-view.ts";

/** Opens a database to the application; other applications of it are not even mentioned, so they stay as they are. */
export function enableConnection({ id, name }: Connection, clientId: string): Change {
  const path = `connections/${encodeURIComponent(id)}/clients`;
  return {
    key: path,
    found: false,
    says: `let the application use the database ${clean(name)}`,
    read: databasesOf(clientId),
    write: { method: "PATCH", path, scope: "update:connections" },
    pick: (read) => connectionsSchema.safeParse(read).data?.connections.some((one) => one.id === id),
    next: () => true,
    body: () => [{ client_id: clientId, status: true }],
  };
}
