import type { Answer } from "./answer.ts";
import { clientCredentialsGrant } from "./client-credentials-grant.ts";
import {
  assertGrant,
  authenticateClient,
  CLIENT_CREDENTIALS_GRANT,
  isPublic,
  MFA_GRANTS,
  PASSWORD_REALM_GRANT,
} from "./clients.ts";
import { codeGrant } from "./code-grant.ts";
import type { GrantRequest } from "./grant-request.ts";
import { mfaOobGrant, mfaOtpGrant, mfaRecoveryCodeGrant } from "./mfa-grants.ts";
import { passwordGrant } from "./password-grant.ts";
import { refreshGrant } from "./refresh-grant.ts";
import { Refusal } from "./refusal.ts";
import { readParameters, requireText } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";

type Grant = (tenant: Tenant, request: GrantRequest) => Promise<Record<string, unknown>>;

const GRANTS: Readonly<Record<string, Grant>> = {
  password: passwordGrant,
  [PASSWORD_REALM_GRANT]: passwordGrant,
  authorization_code: codeGrant,
  refresh_token: refreshGrant,
  [CLIENT_CREDENTIALS_GRANT]: clientCredentialsGrant,
  [MFA_GRANTS.otp]: mfaOtpGrant,
  [MFA_GRANTS.oob]: mfaOobGrant,
  [MFA_GRANTS.recoveryCode]: mfaRecoveryCodeGrant,
};

/** Answers `POST /oauth/token` for every grant, sent as a form or as JSON. */
export async function oauthToken(tenant: Tenant, request: Request): Promise<Answer> {
  const parameters = await readParameters(request);
  const name = requireText(parameters, "grant_type");
  const client = authenticateClient(tenant, request, parameters);
  const grant = Object.hasOwn(GRANTS, name) ? GRANTS[name] : undefined;
  if (grant === undefined) throw new Refusal(403, "unsupported_grant_type", `Unsupported grant type: ${name}`);
  assertGrant(client, name);
  const told = !isPublic(client) && client.trustForwardedFor ? request.headers.get("auth0-forwarded-for") : null;
  return { status: 200, body: await grant(tenant, { client, parameters, address: told ?? "direct" }) };
}
