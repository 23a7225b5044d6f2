import { MFA_SCOPES } from "./credential.ts";
import type { Person } from "./people.ts";
import { drawId } from "./random.ts";
import type { Tenant } from "./tenant.ts";

/** A sign-in that is complete. `authAt` is when the password was right, epoch milliseconds. */
export interface FinishedSignIn {
  readonly person: Person;
  readonly clientId: string;
  readonly audience: string | null;
  readonly scope: string;
  readonly authAt: number;
  readonly nonce?: string | null;
  /** Passed a second factor on the tenant's own page; MFA grants leave no such mark in the ID token. */
  readonly mfaAtSignIn?: boolean;
  /** The sign-in that refresh tokens descend from; a new one when absent. */
  readonly family?: string;
  /** Keeps the refresh token out of the answer, where one is not rotated. */
  readonly withoutRefreshToken?: boolean;
}

const OIDC_SCOPES = ["openid", "profile", "email", "offline_access"];

/** Gives the API a token is asked for, null for the tenant's own `/userinfo` alone. */
export function readAudience(tenant: Tenant, audience: string | undefined): string | null {
  return audience === undefined || audience === `${tenant.issuer}userinfo` ? null : audience;
}

/**
 * Cuts a requested scope to what a person may have for this audience: the MFA scopes mean nothing to other APIs, and at the
 * Management API people reach what is theirs and no more.
 */
export function grantedScope(tenant: Tenant, audience: string | null, requested: string): string {
  const asked = [...new Set(requested.split(" ").filter((scope) => scope !== ""))];
  const mfaScopes: readonly string[] = MFA_SCOPES;
  const fits = (scope: string): boolean => {
    if (OIDC_SCOPES.includes(scope)) return true;
    if (audience === tenant.managementAudience) return /:current_user/.test(scope);
    return audience === tenant.mfaAudience
      ? mfaScopes.includes(scope)
      : audience !== null && !mfaScopes.includes(scope);
  };
  return asked.filter(fits).join(" ");
}

/** Builds the 200 of the token endpoint: access token, and ID and refresh token as the scope asks. */
export async function tokenAnswer(tenant: Tenant, signIn: FinishedSignIn): Promise<Record<string, unknown>> {
  const { person, clientId, audience, scope } = signIn;
  const { settings, tokens } = tenant;
  const scopes = scope.split(" ");
  const seconds = audience === tenant.mfaAudience ? settings.seconds.mfaJwt : settings.seconds.accessToken;
  const access = await tokens.access({ subject: person.subject, clientId, audience, scope, seconds });
  const refresh = scopes.includes("offline_access") && signIn.withoutRefreshToken !== true;
  return {
    access_token: access,
    ...(refresh ? { refresh_token: makeRefreshToken(tenant, signIn) } : {}),
    ...(scopes.includes("openid") ? { id_token: await makeIdToken(tenant, signIn, scopes) } : {}),
    ...(settings.omitScope ? {} : { scope }),
    expires_in: seconds,
    token_type: "Bearer",
  };
}

/** Lists what is told about a person for a scope; also the answer of `/userinfo`. */
export function profileClaims(person: Person, scopes: readonly string[]): Record<string, unknown> {
  return {
    ...(scopes.includes("profile") ? { name: person.name, nickname: person.email.split("@")[0] } : {}),
    ...(scopes.includes("email") ? { email: person.email, email_verified: person.emailVerified } : {}),
  };
}

function makeIdToken(tenant: Tenant, signIn: FinishedSignIn, scopes: readonly string[]): Promise<string> {
  const { person, clientId, authAt, nonce, mfaAtSignIn } = signIn;
  const claims = {
    ...profileClaims(person, scopes),
    ...(nonce === undefined || nonce === null ? {} : { nonce }),
    ...(mfaAtSignIn === true ? { amr: ["mfa"] } : {}),
    auth_time: Math.floor(authAt / 1000),
  };
  return tenant.tokens.id(claims, { clientId, subject: person.subject, seconds: tenant.settings.seconds.idToken });
}

function makeRefreshToken(tenant: Tenant, signIn: FinishedSignIn): string {
  const { person, clientId, audience, scope, authAt } = signIn;
  const family = signIn.family ?? drawId(tenant.random);
  const expiresAt = tenant.now() + tenant.settings.seconds.refreshToken * 1000;
  const token = tenant.minted.keep(
    "refresh_token",
    `v1.${tenant.minted.markOf(signIn.person.subject)}${drawId(tenant.random)}${drawId(tenant.random)}`,
  );
  const { subject } = person;
  tenant.refreshTokens.put(token, { clientId, subject, audience, scope, authAt, family, expiresAt, spent: false });
  return token;
}
