import { isEnrolled } from "./enrolling.ts";
import { asksEverybody } from "./mfa-policy.ts";
import { mfaRequired } from "./mfa-required.ts";
import type { GrantRequest } from "./grant-request.ts";
import { Refusal } from "./refusal.ts";
import { optionalText, requireText } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";
import { grantedScope, readAudience, tokenAnswer } from "./token-answer.ts";

/** Answers `refresh_token`, rotating it. A policy of "always", or a new MFA audience, makes it ask for a second factor. */
export async function refreshGrant(
  tenant: Tenant,
  { client, parameters }: GrantRequest,
): Promise<Record<string, unknown>> {
  const { settings, refreshTokens } = tenant;
  const token = requireText(parameters, "refresh_token");
  const grant = refreshTokens.get(token);
  if (grant === undefined || grant.clientId !== client.id) throw unknownRefreshToken();
  if (grant.spent) {
    // Somebody else holds a copy: the whole family ends (RFC 9700 section 4.14.2).
    for (const other of refreshTokens.values()) if (other.family === grant.family) other.spent = true;
    throw unknownRefreshToken();
  }
  const person = tenant.people.get(grant.subject);
  if (person === undefined) {
    throw new Refusal(403, "invalid_grant", "The refresh_token was generated for a user who doesn't exist anymore.");
  }
  const asked = settings.multiResourceRefresh ? optionalText(parameters, "audience") : undefined;
  const audience = asked === undefined ? grant.audience : readAudience(tenant, asked);
  const narrowed = optionalText(parameters, "scope");
  const held = grant.scope.split(" ");
  const scope = grantedScope(tenant, audience, narrowed ?? grant.scope)
    .split(" ")
    .filter((one) => audience !== grant.audience || held.includes(one))
    .join(" ");
  const signIn = { person, clientId: client.id, audience, scope, authAt: grant.authAt };
  const newMfaAudience = audience === tenant.mfaAudience && audience !== grant.audience && isEnrolled(person);
  if (asksEverybody(settings) || newMfaAudience) throw mfaRequired(tenant, signIn);
  if (settings.refreshRotation) grant.spent = true;
  const { family } = grant;
  return tokenAnswer(tenant, { ...signIn, family, withoutRefreshToken: !settings.refreshRotation });
}

function unknownRefreshToken(): Refusal {
  return new Refusal(403, "invalid_grant", "Unknown or invalid refresh token.");
}
