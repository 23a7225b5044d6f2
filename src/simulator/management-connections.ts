import { type Connection, CONNECTIONS } from "./connections.ts";
import type { ManagementCall } from "./management-call.ts";
import { findClient } from "./management-clients.ts";
import { invalidBody, ManagementRefusal } from "./management-refusal.ts";
import { CHECKPOINT, checkpointPage, FIELDS, pickFields, readCount } from "./management-rows.ts";
import { isParameters, type Parameters } from "./request-body.ts";

const PAGED = ["page", "per_page", "include_totals", ...CHECKPOINT];

const listConnections: ManagementCall = {
  method: "GET",
  path: "/connections",
  scopes: ["read:connections"],
  query: ["strategy", "name", ...PAGED, ...FIELDS],
  answer(_tenant, { query }) {
    const strategies = query.getAll("strategy");
    const name = query.get("name");
    const rows = CONNECTIONS.filter(
      (one) => (strategies.length === 0 || strategies.includes(one.strategy)) && (name === null || one.name === name),
    ).map((one) => pickFields(query, rowOf(one)));
    // With `take` or `from` the answer is a page of the newer kind, whatever else is asked for.
    if (CHECKPOINT.some((member) => query.has(member))) {
      const { page, next } = checkpointPage(query, rows);
      return { status: 200, body: { connections: page, ...next } };
    }
    const limit = readCount(query, "per_page", 50);
    const start = readCount(query, "page", 0) * limit;
    const connections = rows.slice(start, start + limit);
    if (query.get("include_totals") !== "true") return { status: 200, body: connections };
    return { status: 200, body: { start, limit, length: connections.length, total: rows.length, connections } };
  },
};

const readConnection: ManagementCall = {
  method: "GET",
  path: "/connections/:id",
  scopes: ["read:connections"],
  query: FIELDS,
  answer: (_tenant, { params, query }) => ({ status: 200, body: pickFields(query, rowOf(find(params["id"]))) }),
};

const enabledClients: ManagementCall = {
  method: "GET",
  path: "/connections/:id/clients",
  scopes: ["read:connections"],
  query: CHECKPOINT,
  answer({ clients }, { params, query }) {
    const { name } = find(params["id"]);
    const enabled = clients
      .filter(({ connections }) => connections.includes(name))
      .map(({ id }) => ({ client_id: id }));
    const { page, next } = checkpointPage(query, enabled);
    return { status: 200, body: { clients: page, ...next } };
  },
};

const enableClients: ManagementCall = {
  method: "PATCH",
  path: "/connections/:id/clients",
  scopes: ["update:connections"],
  takesList: true,
  answer(tenant, { params, list }) {
    const { name } = find(params["id"]);
    if (list.length === 0) throw invalidBody("Array is too short (0), minimum 1");
    const changes = list.map((one) => {
      if (!isParameters(one) || typeof one["client_id"] !== "string" || typeof one["status"] !== "boolean")
        throw invalidBody("Missing required property: client_id, status");
      return { client: findClient(tenant, one["client_id"]), status: one["status"] };
    });
    for (const { client, status } of changes) {
      const others = client.connections.filter((other) => other !== name);
      client.connections = status ? [...others, name] : others;
    }
    return { status: 204 };
  },
};

const clientConnections: ManagementCall = {
  method: "GET",
  path: "/clients/:id/connections",
  scopes: ["read:connections"],
  query: ["strategy", ...CHECKPOINT, ...FIELDS],
  answer(tenant, { params, query }) {
    const names = findClient(tenant, params["id"]).connections;
    const strategies = query.getAll("strategy");
    const rows = CONNECTIONS.filter(
      ({ name, strategy }) => names.includes(name) && (strategies.length === 0 || strategies.includes(strategy)),
    );
    const { page, next } = checkpointPage(query, rows);
    return { status: 200, body: { connections: page.map((one) => pickFields(query, rowOf(one))), ...next } };
  },
};

function find(id: string | undefined): Connection {
  const connection = CONNECTIONS.find((candidate) => candidate.id === id);
  if (connection === undefined) {
    throw new ManagementRefusal(404, "inexistent_connection", "The connection does not exist");
  }
  return connection;
}

function rowOf({ id, name, strategy }: Connection): Parameters {
  return { id, name, strategy, options: {}, realms: [name], is_domain_connection: false };
}

/** The calls about connections and which applications may use them. */
export const MANAGEMENT_CONNECTIONS: readonly ManagementCall[] = [
  listConnections,
  readConnection,
  enabledClients,
  enableClients,
  clientConnections,
];
