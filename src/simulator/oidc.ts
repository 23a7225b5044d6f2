import type { Answer } from "./answer.ts";
import { authenticateClient } from "./clients.ts";
import { MFA_SCOPES } from "./credential.ts";
import { renderPage } from "./page.ts";
import { Refusal } from "./refusal.ts";
import { readParameters, requireText } from "./request-body.ts";
import { endSession } from "./sign-in.ts";
import type { Tenant } from "./tenant.ts";
import { profileClaims } from "./token-answer.ts";

/** Answers the discovery document (OpenID Connect Discovery 1.0). */
export async function discovery({ issuer, clients }: Tenant): Promise<Answer> {
  const grants = new Set(["authorization_code", ...clients.flatMap((client) => client.grantTypes)]);
  const body = {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    userinfo_endpoint: `${issuer}userinfo`,
    mfa_challenge_endpoint: `${issuer}mfa/challenge`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
    revocation_endpoint: `${issuer}oauth/revoke`,
    end_session_endpoint: `${issuer}oidc/logout`,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: [...grants],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
    scopes_supported: ["openid", "profile", "email", "offline_access", ...MFA_SCOPES],
    claims_supported: ["sub", "name", "nickname", "email", "email_verified", "auth_time", "amr", "nonce"],
  };
  return { status: 200, body };
}

/** Answers the public keys of the signer. */
export async function jwks({ tokens }: Tenant): Promise<Answer> {
  return { status: 200, body: await tokens.jwks() };
}

/** Answers `/userinfo` for any access token that carries `openid`. */
export async function userinfo(tenant: Tenant, request: Request): Promise<Answer> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const access = await tenant.tokens.verify(token, `${tenant.issuer}userinfo`);
  const person = access === undefined ? undefined : tenant.people.get(access.subject);
  if (access === undefined || person === undefined)
    throw new Refusal(401, "invalid_token", "The access token is invalid.");
  return { status: 200, body: { sub: person.subject, ...profileClaims(person, access.scope) } };
}

/** Answers `POST /oauth/revoke` (RFC 7009): the refresh token's family ends; an unknown token is no error. */
export async function revoke(tenant: Tenant, request: Request): Promise<Answer> {
  const parameters = await readParameters(request);
  const client = authenticateClient(tenant, request, parameters);
  const grant = tenant.refreshTokens.get(requireText(parameters, "token"));
  if (grant !== undefined && grant.clientId === client.id) {
    for (const other of tenant.refreshTokens.values()) if (other.family === grant.family) other.spent = true;
  }
  return { status: 200, body: {} };
}

/** Answers `/v2/logout` and `/oidc/logout`: ends the tenant's session and leads back, but only to a listed address. */
export function logout(tenant: Tenant, request: Request): Response {
  const query = new URL(request.url).searchParams;
  const target = query.get("returnTo") ?? query.get("post_logout_redirect_uri");
  const client = tenant.clients.find(({ id }) => id === query.get("client_id"));
  // Without a client id any application's list will do, as the tenant has a list of its own for that.
  const allowed = (client === undefined ? tenant.clients : [client]).flatMap((one) => one.logoutUrls);
  if (target !== null && !allowed.includes(target)) {
    const sentences = ["The address to return to is not on the list of this application."];
    return renderPage({ title: "This sign-out link is wrong", sentences }, 400);
  }
  const headers = { "set-cookie": endSession(tenant, request) };
  if (target === null) return renderPage({ title: "You are signed out" }, 200, headers);
  const location = new URL(target);
  const state = query.get("state");
  if (state !== null) location.searchParams.set("state", state);
  return new Response(null, {
    status: 302,
    headers: { location: location.href, "cache-control": "no-store", ...headers },
  });
}

/** Refuses a path or method that is not there, in the words of the API it would belong to. */
export async function notThere(_tenant: Tenant, request: Request): Promise<Answer> {
  const { pathname } = new URL(request.url);
  const known = ["/oauth/token", "/oauth/revoke", "/mfa/associate", "/mfa/challenge", "/mfa/authenticators"].includes(
    pathname,
  );
  throw known
    ? new Refusal(405, "method_not_allowed", "Method not allowed")
    : new Refusal(404, "not_found", "Not found");
}
