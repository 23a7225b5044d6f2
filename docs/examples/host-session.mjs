// A host that signs people in by itself and keeps a session of its own; the BFF asks it who is there.
import { randomUUID } from "node:crypto";
import express from "express";
import { createNode, createNodeHandler, readSettings } from "mfa-enroll/bff";
import * as oidc from "openid-client";

const read = readSettings(process.env);
if ("problems" in read) throw new Error(read.problems.join("\n"));
const { settings } = read;
const { tenant, publicUrl, basePath } = settings;
const isLocal = publicUrl.startsWith("http:");
const config = await oidc.discovery(
  new URL(tenant.issuer),
  tenant.clientId,
  undefined,
  oidc.ClientSecretPost(tenant.clientSecret),
  tenant.issuer.startsWith("http:") ? { execute: [oidc.allowInsecureRequests] } : {},
);

/** The host's sessions, by the id in its own cookie; a real host keeps them in a store, and ends them. */
const sessions = new Map();
const COOKIE = isLocal ? "sid" : "__Host-sid";
function sessionOf(cookies) {
  const pair = (cookies ?? "").split("; ").find((one) => one.startsWith(`${COOKIE}=`));
  return sessions.get(pair?.slice(COOKIE.length + 1));
}
function open(response, session) {
  const id = randomUUID();
  sessions.set(id, session);
  response.cookie(COOKIE, id, { httpOnly: true, sameSite: "lax", secure: !isLocal });
}

// <account>
const { bff } = createNode(settings, {
  // The request has no body here, and the browser's cookies. Null where nobody is signed in.
  account: async (request) => sessionOf(request.headers.get("cookie"))?.account ?? null,
  // Where people sign in, and where they show anew that it is them before a change.
  stepUpAddress: "/login",
});
// </account>

const app = express();
app.use(basePath, createNodeHandler(bff));

app.get("/login", async (_request, response) => {
  const codeVerifier = oidc.randomPKCECodeVerifier();
  const leaving = { codeVerifier, state: oidc.randomState(), nonce: oidc.randomNonce() };
  open(response, { leaving });
  const parameters = {
    redirect_uri: `${publicUrl}/callback`,
    // The MFA API and the rights that enrolling, listing and removing need.
    audience: tenant.mfaAudience,
    scope: "openid profile email enroll read:authenticators remove:authenticators",
    state: leaving.state,
    nonce: leaving.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
    // Whoever comes here shows anew who they are, and the ID token says when.
    max_age: "0",
  };
  response.redirect(oidc.buildAuthorizationUrl(config, parameters).href);
});

app.get("/callback", async (request, response) => {
  const { leaving } = sessionOf(request.headers.cookie) ?? {};
  if (!leaving) return response.redirect("/");
  const tokens = await oidc.authorizationCodeGrant(config, new URL(request.originalUrl, publicUrl), {
    pkceCodeVerifier: leaving.codeVerifier,
    expectedState: leaving.state,
    expectedNonce: leaving.nonce,
    idTokenExpected: true,
  });
  // <handed-over>
  const claims = tokens.claims();
  const account = {
    subject: claims.sub,
    ...(claims.email_verified ? { email: claims.email } : {}),
    provenAt: (claims.auth_time ?? 0) * 1000,
    credential: {
      kind: "mfaJwt",
      value: tokens.access_token,
      expiresAt: Date.now() + (tokens.expires_in ?? 0) * 1000,
    },
  };
  // </handed-over>
  // A new id: the one from before the sign-in is worth nothing now.
  open(response, { account });
  response.redirect("/");
});

app.use(express.static(process.env.PAGES ?? "public"));
const port = Number(process.env.PORT ?? 4300);
const server = app.listen(port, "127.0.0.1", () => console.log("ready"));
process.once("SIGTERM", () => server.close(() => process.exit(0)));
