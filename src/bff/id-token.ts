import { decodeJwt } from "jose";
import * as z from "zod/mini";
import { addressIn } from "./address-in.ts";
import type { TenantSettings } from "./settings.ts";

const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  iat: z.number(),
  sub: z.string().check(z.minLength(1)),
  name: z.optional(z.string()),
  email: z.optional(z.string()),
  email_verified: z.optional(z.boolean()),
});

/** Says who an ID token names. */
export type Identity = {
  subject: string;
  /** When the tenant made the token, by its clock: epoch ms. */
  issuedAt: number;
  name: string | null;
  /** The account's own address, verified or not. */
  email: string | null;
  verifiedEmail: string | null;
};

/**
 * Reads who is named by an ID token that came straight from the token endpoint over the tenant's own connection, which stands
 * for its signature (OpenID Connect Core 3.1.3.7, item 6). Returns null when it is for somebody else or senseless.
 */
export function readIdToken(idToken: string | null, tenant: TenantSettings): Identity | null {
  if (idToken === null) return null;
  let claims: unknown;
  try {
    claims = decodeJwt(idToken);
  } catch {
    return null;
  }
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return null;
  const { iss, aud, iat, sub, name, email, email_verified } = parsed.data;
  const audiences = typeof aud === "string" ? [aud] : aud;
  if (iss !== tenant.issuer || !audiences.includes(tenant.clientId)) return null;
  return {
    subject: sub,
    issuedAt: iat * 1000,
    name: name ?? email ?? null,
    email: addressIn(email),
    verifiedEmail: email_verified === true && email ? email : null,
  };
}
