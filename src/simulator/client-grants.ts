import type { ManagementCall } from "./management-call.ts";
import { CHECKPOINT, checkpointPage } from "./management-rows.ts";

const listClientGrants: ManagementCall = {
  method: "GET",
  path: "/client-grants",
  scopes: ["read:client_grants"],
  query: ["client_id", "audience", "include_totals", ...CHECKPOINT],
  answer({ clients, managementAudience }, { query }) {
    const rows = clients.flatMap(({ id, managementScopes: scope }) => {
      const asked = [query.get("client_id") ?? id, query.get("audience") ?? managementAudience];
      if (scope === null || asked[0] !== id || asked[1] !== managementAudience) return [];
      return [{ id: `cgr_${id}`, client_id: id, audience: managementAudience, scope, subject_type: "client" }];
    });
    if (!CHECKPOINT.some((member) => query.has(member))) return { status: 200, body: rows };
    const { page, next } = checkpointPage(query, rows);
    return { status: 200, body: { client_grants: page, ...next } };
  },
};

/** What applications may ask of which API in their own name; here that is the Management API alone. */
export const CLIENT_GRANTS: readonly ManagementCall[] = [listClientGrants];
