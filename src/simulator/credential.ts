import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import type { MfaTokenRecord } from "./sealed.ts";
import type { Tenant } from "./tenant.ts";

/** Who calls the MFA API and by what. `id` names the transaction that enrollments and codes are bound to. */
export type Credential =
  | {
      readonly via: "mfaToken";
      readonly id: string;
      readonly person: Person;
      readonly clientId: string;
      readonly record: MfaTokenRecord;
    }
  | {
      readonly via: "mfaJwt";
      readonly id: string;
      readonly person: Person;
      readonly clientId: string;
      readonly scope: readonly string[];
    };

/** Scopes of the MFA API. */
export const MFA_SCOPES = ["enroll", "read:authenticators", "remove:authenticators"] as const;

/** Words the answer to a token of the wrong kind, a foreign one, or none. */
export function invalidMfaToken(): Refusal {
  return new Refusal(401, "invalid_grant", "The mfa_token provided is invalid. Try getting a new token.");
}

/** Finds out what a text is worth as an `mfa_token`: the sealed one, or an access token for the MFA audience. */
export async function resolveCredential(tenant: Tenant, token: string): Promise<Credential> {
  const record = tenant.sealed.open(token);
  if (record?.kind === "oob") throw invalidMfaToken();
  if (record !== undefined) {
    const { expired } = tenant.settings.statuses;
    if (tenant.now() >= record.expiresAt) throw new Refusal(expired, "expired_token", "mfa_token is expired");
    const person = tenant.people.get(record.subject);
    if (person === undefined || (record.used && tenant.settings.usedMfaToken === "refused")) throw invalidMfaToken();
    return { via: "mfaToken", id: record.id, person, clientId: record.clientId, record };
  }
  // Three parts of base64url are a JWT: ours and alive, or "invalid" rather than "malformed".
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw malformedMfaToken(tenant);
  const access = await tenant.tokens.verify(token, tenant.mfaAudience);
  const person = access === undefined ? undefined : tenant.people.get(access.subject);
  if (access === undefined || person === undefined) throw invalidMfaToken();
  return { via: "mfaJwt", id: access.id, person, clientId: access.clientId, scope: access.scope };
}

/** Reads the Bearer of an MFA API request; a JWT must carry the scope. */
export async function bearerCredential(
  tenant: Tenant,
  request: Request,
  scope: (typeof MFA_SCOPES)[number],
): Promise<Credential> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) throw invalidMfaToken();
  const credential = await resolveCredential(tenant, token);
  if (credential.via === "mfaJwt" && !credential.scope.includes(scope)) {
    throw new Refusal(403, "insufficient_scope", `Insufficient scope, expected any of: ${scope}`);
  }
  return credential;
}

/** Words the answer to a text that is no token at all. */
export function malformedMfaToken(tenant: Tenant): Refusal {
  return new Refusal(tenant.settings.statuses.malformed, "invalid_grant", "Malformed mfa_token");
}
