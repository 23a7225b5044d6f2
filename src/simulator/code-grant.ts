import { createHash } from "node:crypto";

import type { GrantRequest } from "./grant-request.ts";
import { Refusal } from "./refusal.ts";
import { optionalText, requireText } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";
import { tokenAnswer } from "./token-answer.ts";
import { sameText } from "./totp.ts";

/** Answers `authorization_code`: the code works once, for the application, address and verifier it was made for. */
export async function codeGrant(
  tenant: Tenant,
  { client, parameters }: GrantRequest,
): Promise<Record<string, unknown>> {
  const code = requireText(parameters, "code");
  const redirectUri = optionalText(parameters, "redirect_uri");
  const verifier = optionalText(parameters, "code_verifier");
  // Taken before anything is compared: a code that was tried is dead, right or wrong.
  const grant = tenant.codes.take(code);
  const person = grant === undefined ? undefined : tenant.people.get(grant.subject);
  if (
    grant === undefined ||
    person === undefined ||
    grant.clientId !== client.id ||
    grant.redirectUri !== redirectUri
  ) {
    throw new Refusal(403, "invalid_grant", "Invalid authorization code");
  }
  if (grant.codeChallenge !== null || verifier !== undefined) {
    const computed = createHash("sha256")
      .update(verifier ?? "")
      .digest("base64url");
    if (!sameText(computed, grant.codeChallenge ?? "")) {
      throw new Refusal(403, "invalid_grant", "Failed to verify code verifier");
    }
  }
  const { audience, scope, authAt, nonce, mfa } = grant;
  return tokenAnswer(tenant, { person, clientId: client.id, audience, scope, authAt, nonce, mfaAtSignIn: mfa });
}
