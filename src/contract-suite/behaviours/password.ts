import { documented, recorded, reported, sdk, undocumented } from "../behaviour.ts";
import { answered, equal, hold, JWT, oneOf, refused, SOME_TEXT, text, textOf } from "../expectation.ts";
import { claimsOf, MFA_SCOPE, signIn } from "../rehearsal.ts";

const REALM = "http://auth0.com/oauth/grant-type/password-realm";
const MFA_OOB = "http://auth0.com/oauth/grant-type/mfa-oob";

/** What signing in by password answers, where it does not stop at a second factor. */
export const PASSWORD = [
  documented(
    "POST /oauth/token takes a form: 200 with a Bearer token, its seconds and its scope",
    ["newPerson"],
    async (t) => {
      const { username, password } = await t.person();
      const form = { grant_type: "password", ...t.client, username, password, scope: "openid profile" };
      const answer = await t.send("POST /oauth/token", { form });
      answered(answer, {
        access_token: SOME_TEXT,
        id_token: JWT,
        scope: "openid profile",
        expires_in: 86_400,
        token_type: "Bearer",
      });
    },
  ),
  sdk("POST /oauth/token takes JSON as well as a form", ["newPerson"], async (t) => {
    const login = await t.person();
    const json = { grant_type: "password", ...t.client, ...login };
    equal((await t.send("POST /oauth/token", { json })).status, 200, "the status");
  }),
  documented("POST /oauth/token knows the application by HTTP Basic too", ["newPerson"], async (t) => {
    const login = await t.person();
    const basic = Buffer.from(`${t.client.client_id}:${t.client.client_secret}`).toString("base64");
    const headers = { authorization: `Basic ${basic}` };
    const form = { grant_type: "password", ...login };
    equal((await t.send("POST /oauth/token", { headers, form })).status, 200, "the status");
  }),
  recorded("POST /oauth/token answers without a charset: content-type application/json", ["newPerson"], async (t) => {
    const { headers } = await signIn(t, await t.person());
    equal(headers.get("content-type"), "application/json", "content-type");
  }),
  documented(
    "without audience the access token is opaque: it looks like a JWE and is no signed token",
    ["newPerson"],
    async (t) => {
      const { body } = await signIn(t, await t.person(), { scope: "openid" });
      equal(textOf(body, "access_token"), text(/^eyJhbGciOiJkaXIi/), "access_token");
      hold(textOf(body, "access_token").split(".").length === 5, "an opaque token must have the five parts of a JWE");
    },
  ),
  documented(
    "with the audience of an API the access token is a JWT for it that lasts a day",
    ["newPerson"],
    async (t) => {
      const audience = "https://api.example/";
      const { body } = await signIn(t, await t.person(), { audience, scope: "read:things" });
      const { aud, iss, exp, iat } = claimsOf(textOf(body, "access_token"));
      equal(
        { aud, iss, seconds: Number(exp) - Number(iat) },
        { aud: audience, iss: t.issuer, seconds: 86_400 },
        "claims",
      );
    },
  ),
  documented("an id_token comes only with the scope openid, for this application", ["newPerson"], async (t) => {
    const login = await t.person();
    equal(
      claimsOf(textOf((await signIn(t, login, { scope: "openid" })).body, "id_token"))["aud"],
      t.client.client_id,
      "aud",
    );
    const { body } = await signIn(t, login, { scope: "profile" });
    answered(await signIn(t, login, { scope: "profile" }), {
      access_token: SOME_TEXT,
      scope: textOf(body, "scope"),
      expires_in: 86_400,
      token_type: "Bearer",
    });
  }),
  documented("a refresh_token comes only with the scope offline_access", ["newPerson"], async (t) => {
    const login = await t.person();
    equal(
      textOf((await signIn(t, login, { scope: "offline_access" })).body, "refresh_token"),
      SOME_TEXT,
      "refresh_token",
    );
    const { body } = await signIn(t, login, { scope: "openid" });
    hold(!JSON.stringify(body).includes("refresh_token"), "there must be no refresh_token");
  }),
  documented("password-realm names the connection in realm", ["newPerson"], async (t) => {
    const realm = t.target.realm ?? "Username-Password-Authentication";
    const answer = await t.token({ grant_type: REALM, realm, ...(await t.person()) });
    equal(answer.status, 200, "the status");
  }),
  documented(
    "the MFA audience, slash included, gives somebody unenrolled a ten-minute JWT with the MFA scopes",
    ["newPerson"],
    async (t) => {
      const answer = await signIn(t, await t.person(), { audience: t.mfaAudience, scope: MFA_SCOPE });
      answered(answer, { access_token: JWT, scope: MFA_SCOPE, expires_in: 600, token_type: "Bearer" });
      const { aud, scope } = claimsOf(textOf(answer.body, "access_token"));
      equal({ aud, scope }, { aud: t.mfaAudience, scope: MFA_SCOPE }, "claims");
    },
  ),
] as const;

/** How a sign-in by password is refused. */
export const PASSWORD_REFUSALS = [
  sdk("a wrong password is 403 invalid_grant 'Wrong email or password.'", ["person"], async (t) => {
    const { username } = await t.person();
    refused(
      await signIn(t, { username, password: "not-the-password" }),
      403,
      "invalid_grant",
      "Wrong email or password.",
    );
  }),
  sdk("an unknown user name is told like a wrong password", ["client"], async (t) => {
    const nobody = { username: "nobody-of-that-name@example.com", password: "not-the-password" };
    refused(await signIn(t, nobody), 403, "invalid_grant", "Wrong email or password.");
  }),
  reported("a wrong client secret is 401 invalid_client or access_denied", ["client"], async (t) => {
    const form = {
      grant_type: "password",
      client_id: t.client.client_id,
      client_secret: "wrong",
      username: "a",
      password: "b",
    };
    const answer = await t.send("POST /oauth/token", { form });
    equal(answer.status, 401, "the status");
    refused(answer, 401, textOf(answer.body, "error"));
    equal(textOf(answer.body, "error"), oneOf("invalid_client", "access_denied"), "error");
  }),
  documented("a wrong client secret at an MFA grant is 401", ["client"], async (t) => {
    const form = {
      grant_type: MFA_OOB,
      client_id: t.client.client_id,
      client_secret: "wrong",
      mfa_token: "a",
      oob_code: "b",
    };
    equal((await t.send("POST /oauth/token", { form })).status, 401, "the status");
  }),
  reported(
    "a grant that is off for the application is 403 unauthorized_client \"Grant type 'password' not allowed for the client.\"",
    ["newPerson", "switches"],
    async (t) => {
      await t.addClient({ id: "without-password", grantTypes: ["refresh_token"] });
      const form = { grant_type: "password", client_id: "without-password", ...(await t.person()) };
      const answer = await t.send("POST /oauth/token", { form });
      refused(answer, 403, "unauthorized_client", "Grant type 'password' not allowed for the client.");
    },
  ),
  reported(
    "plain password without a default directory is 500 server_error 'Authorization server not configured with default connection.'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ defaultDirectory: "" });
      const answer = await t.token({ grant_type: "password", ...(await t.person()) });
      refused(answer, 500, "server_error", "Authorization server not configured with default connection.");
    },
  ),
  documented(
    "wrong passwords in a row are 429 too_many_attempts, then even for the right one",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ limits: { badPasswords: { burst: 2, refillSeconds: 600 } } });
      const login = await t.person();
      for (let count = 0; count < 2; count += 1) await signIn(t, { ...login, password: "wrong" });
      refused(await signIn(t, login), 429, "too_many_attempts");
    },
  ),
  documented(
    "auth0-forwarded-for of a trusted application counts wrong passwords by the person's own address",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ limits: { badPasswords: { burst: 1, refillSeconds: 600 } } });
      const login = await t.person();
      const ask = async (address: string, password: string) => {
        const form = { grant_type: "password", ...t.client, ...login, password };
        return (await t.send("POST /oauth/token", { headers: { "auth0-forwarded-for": address }, form })).status;
      };
      equal(await ask("203.0.113.7", "wrong"), 403, "the status");
      equal(await ask("203.0.113.7", login.password), 429, "the status from the address that failed");
      equal(await ask("203.0.113.8", login.password), 200, "the status from another address");
    },
  ),
  sdk(
    "attack protection refuses a right password with requires_verification 'Suspicious request requires verification'",
    ["newPerson", "switches"],
    async (t) => {
      const description = "Suspicious request requires verification";
      const login = await t.person({ refusal: { status: 403, error: "requires_verification", description } });
      refused(await signIn(t, login), [401, 403], "requires_verification", description);
    },
  ),
  undocumented(
    "a token request without client_id is 400 invalid_request 'Missing required parameter: client_id'",
    [],
    async (t) => {
      const answer = await t.send("POST /oauth/token", { form: { grant_type: "password", ...(await t.person()) } });
      refused(answer, 400, "invalid_request", "Missing required parameter: client_id");
    },
  ),
  undocumented("client_id as an array is 400 invalid_request", [], async (t) => {
    const json = { grant_type: "password", ...t.client, client_id: [t.client.client_id], ...(await t.person()) };
    refused(await t.send("POST /oauth/token", { json }), 400, "invalid_request");
  }),
  undocumented("JSON without a content type is read as a form and refused with 400 invalid_request", [], async (t) => {
    const raw = JSON.stringify({ grant_type: "password", ...t.client, ...(await t.person()) });
    refused(await t.send("POST /oauth/token", { raw }), 400, "invalid_request");
  }),
] as const;
