import { CLIENT_CREDENTIALS_GRANT, type Client, isPublic, MFA_GRANTS, PASSWORD_REALM_GRANT } from "./clients.ts";
import { readChoice, readText, readTexts, refuseOthers } from "./management-body.ts";
import type { ManagementCall } from "./management-call.ts";
import { ManagementRefusal } from "./management-refusal.ts";
import { FIELDS, pickFields } from "./management-rows.ts";
import { drawId } from "./random.ts";
import type { Parameters } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";

/** Grants that let an application handle a person's password or second factor. */
const TRUSTED_GRANTS: readonly string[] = ["password", PASSWORD_REALM_GRANT, ...Object.values(MFA_GRANTS)];

const KNOWN_GRANTS = [...TRUSTED_GRANTS, "authorization_code", "refresh_token", "implicit", CLIENT_CREDENTIALS_GRANT];

/** Finds an application. @throws {ManagementRefusal} 404 where there is none. */
export function findClient({ clients }: Pick<Tenant, "clients">, id: string | undefined): Client {
  const client = clients.find((candidate) => candidate.id === id);
  if (client === undefined) throw new ManagementRefusal(404, "inexistent_client", "The client does not exist");
  return client;
}

const readClient: ManagementCall = {
  method: "GET",
  path: "/clients/:id",
  scopes: ["read:clients"],
  query: FIELDS,
  answer: (tenant, { params, query }) => ({ status: 200, body: pickFields(query, rowOf(tenant, params["id"])) }),
};

const changeClient: ManagementCall = {
  method: "PATCH",
  path: "/clients/:id",
  scopes: ["update:clients"],
  answer(tenant, { params, body }) {
    const client = findClient(tenant, params["id"]);
    refuseOthers(body, ["name", "grant_types", "callbacks", "allowed_logout_urls", "token_endpoint_auth_method"]);
    // Everything is read, and may be refused, before anything changes.
    const change = readChange(body, client);
    Object.assign(client, change);
    if (change.authMethod !== undefined && change.authMethod !== "none") client.secret ??= drawId(tenant.random);
    return { status: 200, body: rowOf(tenant, client.id) };
  },
};

type Change = Partial<Pick<Client, "name" | "grantTypes" | "callbacks" | "logoutUrls" | "authMethod">>;

function readChange(body: Parameters, client: Client): Change {
  const methods = ["none", "client_secret_post", "client_secret_basic"] as const;
  const change = {
    name: readText(body, "name"),
    grantTypes: readTexts(body, "grant_types"),
    callbacks: readTexts(body, "callbacks"),
    logoutUrls: readTexts(body, "allowed_logout_urls"),
    authMethod: readChoice(body, "token_endpoint_auth_method", methods),
  };
  const grants = change.grantTypes ?? [];
  const unknown = grants.filter((grant) => !KNOWN_GRANTS.includes(grant));
  if (unknown.length > 0)
    throw new ManagementRefusal(400, "invalid_body", `Invalid grant types: ${unknown.join(", ")}`);
  const refused = client.firstParty ? [] : grants.filter((grant) => TRUSTED_GRANTS.includes(grant));
  if (refused.length > 0) {
    const message = `Third-party clients are not allowed to use the grant types: ${refused.join(", ")}`;
    throw new ManagementRefusal(400, "invalid_body", message);
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** The secret is left out, as it is for everybody without `read:client_keys`, which nobody has here. */
function rowOf(tenant: Tenant, id: string | undefined): Parameters {
  const client = findClient(tenant, id);
  const machine = client.grantTypes.length === 1 && client.grantTypes[0] === CLIENT_CREDENTIALS_GRANT;
  return {
    tenant: new URL(tenant.issuer).hostname,
    client_id: client.id,
    name: client.name,
    app_type: machine ? "non_interactive" : "regular_web",
    global: false,
    is_first_party: client.firstParty,
    oidc_conformant: true,
    callbacks: client.callbacks,
    allowed_logout_urls: client.logoutUrls,
    grant_types: client.grantTypes,
    token_endpoint_auth_method: isPublic(client) ? "none" : client.authMethod,
  };
}

/** The calls about applications. A PATCH replaces whole lists. */
export const MANAGEMENT_CLIENTS: readonly ManagementCall[] = [readClient, changeClient];
