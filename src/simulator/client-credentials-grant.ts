import { isPublic } from "./clients.ts";
import type { GrantRequest } from "./grant-request.ts";
import { Refusal } from "./refusal.ts";
import { optionalText } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";

/**
 * Answers `client_credentials`: a token in the application's own name, for the Management API alone. It carries all that
 * the application was granted, or the part it asks for; asking for more is refused.
 */
export async function clientCredentialsGrant(
  tenant: Tenant,
  { client, parameters }: GrantRequest,
): Promise<Record<string, unknown>> {
  // RFC 6749 section 4.4: confidential clients only, as the secret is all there is to prove.
  if (isPublic(client)) {
    throw new Refusal(403, "unauthorized_client", "Grant type 'client_credentials' not allowed for the client.");
  }
  const audience = optionalText(parameters, "audience");
  if (audience === undefined) {
    const description = "No audience parameter was provided, and no default audience has been configured";
    throw new Refusal(403, "access_denied", description);
  }
  if (audience !== tenant.managementAudience) {
    throw new Refusal(403, "access_denied", `Service not found: ${audience}`);
  }
  const granted = client.managementScopes;
  if (granted === null) {
    const description = `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API.`;
    throw new Refusal(403, "access_denied", description);
  }
  const asked = (optionalText(parameters, "scope") ?? "").split(" ").filter((one) => one !== "");
  const refused = asked.filter((one) => !granted.includes(one));
  if (refused.length > 0) {
    throw new Refusal(403, "access_denied", `Client has not been granted scopes: ${refused.join(", ")}`);
  }
  const scope = (asked.length === 0 ? granted : [...new Set(asked)]).join(" ");
  const seconds = tenant.settings.seconds.managementToken;
  const access_token = await tenant.tokens.access({
    subject: `${client.id}@clients`,
    clientId: client.id,
    audience,
    scope,
    seconds,
    gty: "client-credentials",
  });
  return { access_token, ...(tenant.settings.omitScope ? {} : { scope }), expires_in: seconds, token_type: "Bearer" };
}
