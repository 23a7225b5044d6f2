import { DATABASE } from "./connections.ts";
import { Refusal, missingParameter } from "./refusal.ts";
import type { Settings } from "./settings.ts";
import { sameText } from "./totp.ts";

/** An application registered with the tenant. `secret` is null for a public one that never had any. */
export interface Client {
  readonly id: string;
  name: string;
  secret: string | null;
  /** How it proves itself at the token endpoint; `none` makes it public and keeps its secret for later. */
  authMethod: "none" | "client_secret_post" | "client_secret_basic";
  /** False for an application of somebody else, which may have neither password nor MFA grants. */
  firstParty: boolean;
  /** Names of the connections that are enabled for it. */
  connections: string[];
  /** Redirect addresses; a request must name one of them to the letter. */
  callbacks: string[];
  /** Where `/v2/logout` may send the browser. */
  logoutUrls: string[];
  grantTypes: string[];
  /** Believes the `auth0-forwarded-for` header of this application. */
  trustForwardedFor: boolean;
  /** What it may ask of the Management API in its own name; null where it was never let in (no "client grant"). */
  managementScopes: string[] | null;
}

/** The grants by which a second factor is proven; a tenant switches all three at once. */
export const MFA_GRANTS = {
  otp: "http://auth0.com/oauth/grant-type/mfa-otp",
  oob: "http://auth0.com/oauth/grant-type/mfa-oob",
  recoveryCode: "http://auth0.com/oauth/grant-type/mfa-recovery-code",
} as const;

/** Auth0's password grant with the connection named in `realm`. */
export const PASSWORD_REALM_GRANT = "http://auth0.com/oauth/grant-type/password-realm";

/** The grant by which an application gets a token in its own name, nobody signed in (RFC 6749 section 4.4). */
export const CLIENT_CREDENTIALS_GRANT = "client_credentials";

/** Gives the confidential application that demos and tests use, with every grant on. */
export function demoClient(callbacks: readonly string[] = [], logoutUrls: readonly string[] = []): Client {
  return {
    id: "mfa-enroll-demo",
    name: "Account page",
    secret: "mfa-enroll-demo-secret",
    authMethod: "client_secret_post",
    firstParty: true,
    connections: [DATABASE.name],
    callbacks: [...callbacks],
    logoutUrls: [...logoutUrls],
    grantTypes: ["authorization_code", "refresh_token", "password", PASSWORD_REALM_GRANT, ...Object.values(MFA_GRANTS)],
    trustForwardedFor: true,
    managementScopes: null,
  };
}

/** Gives the application that calls the Management API and nothing else, and there no more than is asked for here. */
export function managementClient(scopes: readonly string[] = ["update:users"]): Client {
  return {
    id: "mfa-enroll-management",
    name: "Account page, in its own name",
    secret: "mfa-enroll-management-secret",
    authMethod: "client_secret_post",
    firstParty: true,
    connections: [],
    callbacks: [],
    logoutUrls: [],
    grantTypes: [CLIENT_CREDENTIALS_GRANT],
    trustForwardedFor: false,
    managementScopes: [...scopes],
  };
}

/** What examining a tenant takes, and then what mending it takes. */
const DOCTOR_SCOPES = [
  "read:guardian_factors",
  "read:mfa_policies",
  "read:phone_providers",
  "read:email_provider",
  "read:clients",
  "read:client_grants",
  "read:connections",
  "read:tenant_settings",
  "read:authentication_methods",
  "update:guardian_factors",
  "update:mfa_policies",
  "update:clients",
  "update:connections",
  "update:tenant_settings",
];

/** Gives the application by which somebody examines and mends the tenant, apart from the one that serves people. */
export function doctorClient(scopes: readonly string[] = DOCTOR_SCOPES): Client {
  const id = "mfa-enroll-doctor";
  return { ...managementClient(scopes), id, name: "Tenant doctor", secret: `${id}-secret` };
}

/** Tells whether an application proves itself by nothing, and may not. */
export function isPublic({ secret, authMethod }: Client): boolean {
  return secret === null || authMethod === "none";
}

/**
 * Finds the application of a request by body parameters or HTTP Basic and checks its secret.
 * @throws {Refusal} when it is unknown, its secret is wrong, or a public one sends a secret.
 */
export function authenticateClient(
  { clients, settings }: { clients: readonly Client[]; settings: Settings },
  request: Request,
  parameters: Readonly<Record<string, unknown>>,
): Client {
  const { id, secret } = readCredentials(request, parameters);
  const client = clients.find((candidate) => candidate.id === id);
  const right =
    client !== undefined && (isPublic(client) ? secret === null : sameText(client.secret ?? "", secret ?? ""));
  if (client === undefined || !right) {
    throw settings.wrongClientSecret === "accessDenied"
      ? new Refusal(401, "access_denied", "Unauthorized")
      : new Refusal(401, "invalid_client", "Client authentication failed.");
  }
  return client;
}

/** Refuses a grant that is not on the application's list. */
export function assertGrant(client: Client, grant: string): void {
  if (!client.grantTypes.includes(grant)) {
    throw new Refusal(403, "unauthorized_client", `Grant type '${grant}' not allowed for the client.`);
  }
}

function readCredentials(
  request: Request,
  parameters: Readonly<Record<string, unknown>>,
): { id: string; secret: string | null } {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (basic !== undefined) {
    const [id = "", secret = ""] = Buffer.from(basic, "base64").toString("utf8").split(":");
    return { id: decodeForm(id), secret: decodeForm(secret) };
  }
  const id = parameters["client_id"];
  const secret = parameters["client_secret"];
  if (id === undefined) throw missingParameter("client_id");
  // An old sample shows an array here; no client does it and the tenant must not bless it.
  if (typeof id !== "string") throw new Refusal(400, "invalid_request", "client_id must be a string");
  return { id, secret: typeof secret === "string" ? secret : null };
}

/** Undoes the form encoding that RFC 6749 section 2.3.1 asks for inside Basic. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
