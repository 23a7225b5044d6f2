import { PASSWORD_REALM_GRANT } from "./clients.ts";
import { DATABASE } from "./connections.ts";
import { mfaRequired, needsMfa } from "./mfa-required.ts";
import type { GrantRequest } from "./grant-request.ts";
import { checkPassword } from "./password.ts";
import { Refusal } from "./refusal.ts";
import { optionalText, type Parameters, requireText } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";
import { grantedScope, readAudience, tokenAnswer } from "./token-answer.ts";

/** Answers `password` and `password-realm`: tokens, or `mfa_required` where the sign-in needs a second factor. */
export async function passwordGrant(tenant: Tenant, request: GrantRequest): Promise<Record<string, unknown>> {
  const { client, parameters, address } = request;
  const username = requireText(parameters, "username");
  const password = requireText(parameters, "password");
  const connection = connectionOf(tenant, parameters);
  if (!client.connections.includes(connection)) {
    throw new Refusal(tenant.settings.statuses.connectionDisabled, "invalid_request", "the connection was disabled");
  }
  const person = checkPassword(tenant, { username, password, address });
  const audience = readAudience(tenant, optionalText(parameters, "audience"));
  const scope = grantedScope(tenant, audience, optionalText(parameters, "scope") ?? "");
  const signIn = { person, clientId: client.id, audience, scope, authAt: tenant.now() };
  if (needsMfa(tenant, person, audience)) throw mfaRequired(tenant, signIn);
  tenant.ledger.write({ type: "signIn", person: person.subject });
  return tokenAnswer(tenant, signIn);
}

/** Gives the connection that a password is checked against: the named one, or the tenant's default directory. */
function connectionOf({ settings }: Tenant, parameters: Parameters): string {
  if (parameters["grant_type"] === PASSWORD_REALM_GRANT) {
    const realm = requireText(parameters, "realm");
    if (realm !== DATABASE.name) throw new Refusal(403, "access_denied", "connection does not exist");
    return realm;
  }
  // A set-up mistake that looks like an outage.
  if (settings.defaultDirectory !== DATABASE.name)
    throw new Refusal(500, "server_error", "Authorization server not configured with default connection.");
  return settings.defaultDirectory;
}
