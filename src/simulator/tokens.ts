import { type CryptoKey, errors, SignJWT, exportJWK, generateKeyPair, jwtVerify } from "jose";

import type { Minted } from "./minted.ts";
import { drawMarked } from "./marks.ts";
import { ALPHANUMERIC, type RandomBytes, toBase64Url } from "./random.ts";

/** What an access token lets its bearer do. `audience` is null for the tenant's own `/userinfo` only. */
export interface AccessGrant {
  readonly subject: string;
  readonly clientId: string;
  readonly audience: string | null;
  readonly scope: string;
  readonly seconds: number;
  /** How it was come by, where the token says so. */
  readonly gty?: "client-credentials";
}

/** An access token that was checked; `id` tells one token from another. */
export interface VerifiedAccess {
  readonly id: string;
  readonly subject: string;
  readonly clientId: string;
  readonly scope: readonly string[];
}

/** Mints and checks the tenant's tokens. */
export interface Tokens {
  access(grant: AccessGrant): Promise<string>;
  id(
    claims: Readonly<Record<string, unknown>>,
    options: { clientId: string; subject: string; seconds: number },
  ): Promise<string>;
  /** Checks a token for one audience; undefined when it is not this tenant's, not for it, or over. */
  verify(token: string, audience: string): Promise<VerifiedAccess | undefined>;
  /** Checks a token for one audience as `verify` does, and tells one that is only too old. */
  judge(token: string, audience: string): Promise<VerifiedAccess | "expired" | "invalid">;
  jwks(): Promise<{ keys: readonly object[] }>;
  clear(): void;
}

interface Keys {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

// Making an RSA key takes a tenth of a second and tests create hundreds of tenants, so a process has one.
let sharedKeys: Promise<Keys> | undefined;

async function makeKeys(): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  return { kid: toBase64Url(crypto.getRandomValues(new Uint8Array(15))), privateKey, publicKey };
}

function keys(): Promise<Keys> {
  sharedKeys ??= makeKeys();
  return sharedKeys;
}

/** Creates the signer of one issuer: RS256 JWTs for APIs, opaque text that looks like a JWE where no API was named. */
export function createTokens({
  issuer,
  now,
  random,
  minted,
}: {
  issuer: string;
  now: () => number;
  random: RandomBytes;
  minted: Minted;
}): Tokens {
  const opaque = new Map<string, AccessGrant & { expiresAt: number }>();
  const userinfo = `${issuer}userinfo`;

  const newId = (subject: string): string =>
    drawMarked(random, { mark: minted.markOf(subject), alphabet: ALPHANUMERIC, length: 32 });

  async function sign(claims: Readonly<Record<string, unknown>>, seconds: number): Promise<string> {
    const { kid, privateKey } = await keys();
    const issuedAt = Math.floor(now() / 1000);
    return new SignJWT({ iss: issuer, ...claims, iat: issuedAt, exp: issuedAt + seconds })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid })
      .sign(privateKey);
  }

  async function judge(token: string, audience: string): Promise<VerifiedAccess | "expired" | "invalid"> {
    const held = opaque.get(token);
    if (held !== undefined) {
      if (audience !== userinfo) return "invalid";
      if (now() >= held.expiresAt) return "expired";
      return { id: token, subject: held.subject, clientId: held.clientId, scope: held.scope.split(" ") };
    }
    try {
      const { publicKey } = await keys();
      const options = { issuer, audience, currentDate: new Date(now()), algorithms: ["RS256"] };
      const { payload } = await jwtVerify(token, publicKey, options);
      const { sub, jti, azp, scope } = payload;
      // An ID token has neither; it must never pass for an access token.
      if (sub === undefined || jti === undefined || typeof azp !== "string" || typeof scope !== "string")
        return "invalid";
      return { id: jti, subject: sub, clientId: azp, scope: scope.split(" ") };
    } catch (reason) {
      return reason instanceof errors.JWTExpired ? "expired" : "invalid";
    }
  }

  return {
    judge,
    async access(grant) {
      if (grant.audience === null) {
        const filler = [16, 210, 16].map((size) => toBase64Url(random(size))).join(".");
        const token = `eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.${newId(grant.subject)}.${filler}`;
        for (const [old, held] of opaque) if (held.expiresAt < now()) opaque.delete(old);
        opaque.set(token, { ...grant, expiresAt: now() + grant.seconds * 1000 });
        return minted.keep("access_token", token);
      }
      const audiences = grant.scope.split(" ").includes("openid") ? [grant.audience, userinfo] : grant.audience;
      const { subject: sub, clientId: azp, scope, gty } = grant;
      const claims = { sub, aud: audiences, azp, scope, ...(gty === undefined ? {} : { gty }), jti: newId(sub) };
      return minted.keep("access_token", await sign(claims, grant.seconds));
    },
    async id(claims, { clientId, subject, seconds }) {
      return minted.keep("id_token", await sign({ ...claims, aud: clientId, sub: subject }, seconds));
    },
    async verify(token, audience) {
      const judged = await judge(token, audience);
      return typeof judged === "string" ? undefined : judged;
    },
    async jwks() {
      const { kid, publicKey } = await keys();
      return { keys: [{ ...(await exportJWK(publicKey)), kid, use: "sig", alg: "RS256" }] };
    },
    clear: () => opaque.clear(),
  };
}
