import * as oidc from "openid-client";
import type { RouteBody } from "../contract/requests.ts";
import { CALLBACK_PATH } from "../contract/routes.ts";
import type { Core, Visit } from "./core.ts";
import { readIdToken } from "./id-token.ts";
import { fetchOver, isOutage } from "./oidc-fetch.ts";
import { Refused } from "./refused.ts";
import { newSession, type SessionRecord } from "./session-record.ts";
import { sameText } from "./sealing.ts";
import { changeSession, openVisit, personOf } from "./sessions.ts";
import { begin } from "./sign-in.ts";
import { MFA_SCOPE } from "./tenant.ts";
import { CLOCK_TOLERANCE_SECONDS } from "./tenant-clock.ts";
import type { Upstream } from "./upstream.ts";

/*
 * Signs in by leaving for the tenant's page and coming back: Authorization Code with PKCE (RFC 7636), state and nonce, for the
 * MFA audience. It knows no password and no code.
 */

/** The body of a sign-in by redirect. */
export type RedirectSignIn = Extract<RouteBody<"signIn">, { way: "redirect" }>;

/** Ten minutes to sign in over there; then the way back is closed and the person begins again. */
const LEAVING_MS = 600_000;

/** Says where somebody lands who comes back, with the new visit's cookie and account; null where nobody was signed in. */
type Landing = { location: string; cookie: string | null; accountId: string | null };

/** Leaves for and comes back from the tenant's sign-in page. */
export type Redirect = ReturnType<typeof createRedirect>;

/** Creates the redirect way in. The tenant's discovery document is read at the first sign-in and kept. */
export function createRedirect(core: Core, upstream: Upstream) {
  const { settings, clock } = core;
  const { tenant } = settings;
  const callback = `${settings.publicUrl}${settings.basePath}${CALLBACK_PATH}`;
  const clientAuth = oidc.ClientSecretPost(tenant.clientSecret);
  // The settings allow http on loopback only.
  const loopback = tenant.issuer.startsWith("http:") ? { execute: [oidc.allowInsecureRequests] } : {};
  const customFetch = fetchOver(upstream, tenant.issuer);
  let discovered: Promise<oidc.ServerMetadata> | null = null;
  let keys: ReturnType<typeof oidc.getJwksCache>;

  function discover(): Promise<oidc.ServerMetadata> {
    const found =
      discovered ??
      oidc
        .discovery(new URL(tenant.issuer), tenant.clientId, undefined, clientAuth, {
          [oidc.customFetch]: customFetch,
          ...loopback,
        })
        .then((config) => config.serverMetadata());
    discovered = found;
    // A tenant that could not be read must not stay unreadable.
    found.catch(() => {
      discovered = null;
    });
    return found;
  }

  async function configuration(): Promise<oidc.Configuration> {
    const metadata = {
      // The library reads the machine's clock; time is an argument here.
      [oidc.clockSkew]: Math.round((clock.now() - Date.now()) / 1000),
      [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
    };
    const config = new oidc.Configuration(await discover(), tenant.clientId, metadata, clientAuth);
    config[oidc.customFetch] = customFetch;
    // A proof is as fresh as the ID token says: its signature is checked too, with the tenant's keys as they were read last.
    oidc.enableNonRepudiationChecks(config);
    if (keys) oidc.setJwksCache(config, keys);
    if (tenant.issuer.startsWith("http:")) oidc.allowInsecureRequests(config);
    return config;
  }

  return {
    /** Returns where to go, with the visit that waits for the way back. Refuses a `returnTo` that is not allowed. */
    async leave(
      before: Visit | null,
      body: RedirectSignIn,
    ): Promise<{ location: string; visit: Visit; cookie: string | null }> {
      const path = URL.canParse(body.returnTo, settings.publicUrl) ? new URL(body.returnTo, settings.publicUrl) : null;
      if (
        path?.origin !== settings.publicUrl ||
        !body.returnTo.startsWith("/") ||
        !settings.returnTo.includes(path.pathname)
      ) {
        throw new Refused({ code: "invalid_request" });
      }
      const config = await configuration().catch(() => {
        throw new Refused({ code: "upstream_unavailable" });
      });
      const codeVerifier = oidc.randomPKCECodeVerifier();
      // Somebody who is here already and needs a proof has to give it anew, whatever the tenant's own session says.
      const maxAge = before?.session.person ? 0 : settings.proofSeconds;
      const leaving = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier,
        returnTo: path.pathname + path.search,
        maxAge,
        at: clock.now(),
      };
      const location = oidc.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: MFA_SCOPE,
        audience: tenant.mfaAudience,
        state: leaving.state,
        nonce: leaving.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
        max_age: String(maxAge),
      });
      const kept = (session: SessionRecord) => ({
        ...session,
        leaving,
        draft: body.draft ?? session.draft,
        draftBy: body.draft ? (body.typedBy ?? null) : session.draftBy,
        signInProblem: null,
      });
      if (before) {
        const session = await changeSession(core, before.id, kept);
        return { location: location.href, visit: { id: before.id, session }, cookie: null };
      }
      return { location: location.href, ...(await openVisit(core, kept(newSession(clock.now())))) };
    },

    /**
     * Finishes a sign-in at the callback and says where to land. Whatever went wrong is told by the page, not by the address: the
     * visit remembers it. Only a visit that left comes back.
     */
    async arrive(before: Visit | null, query: string): Promise<Landing> {
      const home = settings.returnTo[0] ?? "/";
      const leaving = before?.session.leaving;
      if (!before || !leaving) return { location: home, cookie: null, accountId: null };
      const problem = (signInProblem: NonNullable<SessionRecord["signInProblem"]>) =>
        changeSession(core, before.id, (session) => ({ ...session, leaving: null, signInProblem })).then(() => ({
          location: leaving.returnTo,
          cookie: null,
          accountId: null,
        }));
      // Somebody else's link, or the way back of an earlier attempt: the one that is under way goes on.
      const state = new URLSearchParams(query).get("state");
      if (state === null || !sameText(state, leaving.state))
        return { location: leaving.returnTo, cookie: null, accountId: null };
      if (leaving.at <= clock.now() - LEAVING_MS) return problem("expired");
      try {
        const config = await configuration();
        const tokens = await oidc.authorizationCodeGrant(config, new URL(callback + query), {
          pkceCodeVerifier: leaving.codeVerifier,
          expectedState: leaving.state,
          expectedNonce: leaving.nonce,
          idTokenExpected: true,
        });
        keys = oidc.getJwksCache(config);
        const identity = readIdToken(tokens.id_token ?? null, tenant);
        const claims = tokens.claims();
        if (!identity || !claims || typeof claims.auth_time !== "number") return await problem("refused");
        const now = clock.now();
        core.tenantClock.heard(claims.iat * 1000);
        // By the tenant's clock alone, which wrote both instants: ours may be minutes away from it.
        const ageSeconds = Math.max(0, claims.iat - claims.auth_time);
        // "Anew" means after the person left, which is a time that our clock alone has measured.
        const maxAge = leaving.maxAge === 0 ? Math.ceil((now - leaving.at) / 1000) : leaving.maxAge;
        if (ageSeconds > maxAge) return await problem("refused");
        const { visit, cookie } = await begin(core, before, {
          person: personOf(core, identity, "redirect", null),
          credential: { kind: "mfaJwt", value: tokens.access_token, expiresAt: now + (tokens.expires_in ?? 0) * 1000 },
          provenAt: now - ageSeconds * 1000,
          draft: before.session.draft,
          draftBy: before.session.draftBy,
        });
        return { location: leaving.returnTo, cookie, accountId: visit.session.person?.accountId ?? null };
      } catch (error) {
        if (error instanceof Refused) throw error;
        if (error instanceof oidc.AuthorizationResponseError)
          return problem(error.error === "access_denied" ? "cancelled" : "refused");
        return problem(isOutage(error) ? "unavailable" : "refused");
      }
    },

    /** Returns where the tenant's own session is ended (OpenID Connect RP-Initiated Logout as Auth0 has it). */
    farewell(): string {
      const location = new URL("v2/logout", tenant.issuer);
      location.search = new URLSearchParams({ client_id: tenant.clientId, returnTo: settings.publicUrl }).toString();
      return location.href;
    },
  };
}
