import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";

import { createBench } from "./bench.ts";

/** Stands for any text of that form. */
const like = (form: RegExp): unknown => expect.stringMatching(form);

const ROBIN = { username: "robin@example.com", password: "Enroll-Demo-1" };
const PASSWORD = { grant_type: "password", ...ROBIN };
const MFA = "https://tenant.test/mfa/";

describe("signing in by password", () => {
  test("gives an opaque token where no API is named, as JSON that must not be stored", async () => {
    const { status, headers, body } = await createBench().token({ ...PASSWORD, scope: "openid" });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 86_400, scope: "openid" });
    expect(body["access_token"]).toMatch(/^eyJhbGciOiJkaXIi/);
    expect(decodeJwt(String(body["id_token"]))).toMatchObject({ iss: "https://tenant.test/", aud: "mfa-enroll-demo" });
  });

  test("gives somebody unenrolled a ten-minute JWT for the MFA audience, slash included", async () => {
    const scope = "openid enroll read:authenticators remove:authenticators";
    const { body } = await createBench().token({ ...PASSWORD, audience: MFA, scope });
    expect(body).toMatchObject({ expires_in: 600, scope });
    const token = String(body["access_token"]);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: "RS256", typ: "JWT" });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({ sub: "auth0|robin", azp: "mfa-enroll-demo", scope });
    expect(claims.aud).toEqual([MFA, "https://tenant.test/userinfo"]);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(600);
  });

  test("asks a person with a phone for a second factor for the MFA audience, and only then", async () => {
    const bench = createBench();
    const kim = { ...PASSWORD, username: "kim@example.com" };
    expect((await bench.token(kim)).status).toBe(200);
    const { status, body } = await bench.token({ ...kim, audience: MFA, scope: "enroll" });
    expect(status).toBe(403);
    expect(body).toEqual({
      error: "mfa_required",
      error_description: "Multifactor authentication required",
      mfa_token: like(/^Fe26\.2\*SERVER_\d+\*[0-9a-f]{64}\*[\w-]+\*[\w-]+\*\d{13}\*[0-9a-f]{64}\*[\w-]+$/),
    });
    expect(String(body["mfa_token"]).length).toBeGreaterThan(1950);
  });

  test("does not ask a person with only an address for the MFA audience", async () => {
    const { status } = await createBench().token({ ...PASSWORD, username: "sasha@example.com", audience: MFA });
    expect(status).toBe(200);
  });

  test("asks everybody where the policy is always", async () => {
    const { status, body } = await createBench({ settings: { policy: "always" } }).token(PASSWORD);
    expect(status).toBe(403);
    expect(body["error"]).toBe("mfa_required");
  });

  test("may ask without giving an mfa_token, when an Action imposes it", async () => {
    const bench = createBench({ settings: { policy: "always", mfaTokenMissing: true } });
    const { body } = await bench.token(PASSWORD);
    expect(body).toEqual({ error: "mfa_required", error_description: "Multifactor authentication required" });
  });

  test("says what is required under the customizable MFA: enroll for somebody new, challenge for the others", async () => {
    const bench = createBench({ settings: { policy: "always", customizableMfa: true } });
    expect((await bench.token(PASSWORD)).body["mfa_requirements"]).toEqual({
      enroll: [{ type: "otp" }, { type: "phone" }, { type: "push-notification" }],
    });
    expect((await bench.token({ ...PASSWORD, username: "kim@example.com" })).body["mfa_requirements"]).toEqual({
      challenge: [{ type: "phone" }, { type: "recovery-code" }],
    });
  });

  test("names the connection with password-realm", async () => {
    const bench = createBench();
    const realm = { ...ROBIN, grant_type: "http://auth0.com/oauth/grant-type/password-realm" };
    expect((await bench.token({ ...realm, realm: "Username-Password-Authentication" })).status).toBe(200);
    expect((await bench.token(realm)).body["error_description"]).toBe("Missing required parameter: realm");
  });

  test("fails like an outage where plain password has no default directory", async () => {
    const { status, body } = await createBench({ settings: { defaultDirectory: "" } }).token(PASSWORD);
    expect(status).toBe(500);
    expect(body).toEqual({
      error: "server_error",
      error_description: "Authorization server not configured with default connection.",
    });
  });

  test("refuses a wrong password, and all passwords after ten wrong ones from that address", async () => {
    const bench = createBench();
    const wrong = { ...PASSWORD, password: "wrong" };
    const first = await bench.token(wrong);
    expect(first.status).toBe(403);
    expect(first.body).toEqual({ error: "invalid_grant", error_description: "Wrong email or password." });
    for (let count = 1; count < 10; count += 1) await bench.token(wrong);
    const blocked = await bench.token(PASSWORD);
    expect(blocked.status).toBe(429);
    expect(blocked.body["error"]).toBe("too_many_attempts");
    const body = new URLSearchParams({
      client_id: "mfa-enroll-demo",
      client_secret: "mfa-enroll-demo-secret",
      ...PASSWORD,
    });
    const headers = { "auth0-forwarded-for": "203.0.113.9" };
    const other = new Request("https://tenant.test/oauth/token", { method: "POST", body, headers });
    expect((await bench.tenant.fetch(other)).status).toBe(200);
  });

  test("passes on a refusal by attack protection", async () => {
    const bench = createBench();
    const robin = bench.tenant.people.get("auth0|robin");
    if (robin !== undefined) robin.refusal = { status: 401, error: "password_leaked", description: "Leaked." };
    expect((await bench.token(PASSWORD)).body["error"]).toBe("password_leaked");
  });
});

describe("POST /oauth/token", () => {
  test("knows applications by body, by Basic, and refuses the rest", async () => {
    const bench = createBench();
    const basic = Buffer.from("mfa-enroll-demo:mfa-enroll-demo-secret").toString("base64");
    const ask = (authorization: string, parameters: Readonly<Record<string, string>>) => {
      const init = { method: "POST", headers: { authorization }, body: new URLSearchParams(parameters) };
      return bench.tenant.fetch(new Request("https://tenant.test/oauth/token", init));
    };
    expect((await ask(`Basic ${basic}`, PASSWORD)).status).toBe(200);
    expect((await ask("", { ...PASSWORD, client_id: "mfa-enroll-demo" })).status).toBe(401);
    expect((await ask("", { ...PASSWORD, client_id: "unknown" })).status).toBe(401);
    expect((await ask("", PASSWORD)).status).toBe(400);
  });

  test("takes a body without content type for a form", async () => {
    const headers = { "content-type": "" };
    const init = { method: "POST", headers, body: JSON.stringify(PASSWORD) };
    const answer = await createBench().tenant.fetch(new Request("https://tenant.test/oauth/token", init));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: "invalid_request" });
  });

  test("refuses a grant that is not on the application's list", async () => {
    const bench = createBench();
    for (const client of bench.tenant.clients) client.grantTypes = [];
    const { status, body } = await bench.token(PASSWORD);
    expect(status).toBe(403);
    expect(body).toEqual({
      error: "unauthorized_client",
      error_description: "Grant type 'password' not allowed for the client.",
    });
  });

  test("tells its limit with every answer, and says no when it is used up", async () => {
    const bench = createBench({ settings: { limits: { api: { burst: 2, refillSeconds: 10 } } } });
    const first = await bench.token(PASSWORD);
    expect(first.headers.get("x-ratelimit-limit")).toBe("2");
    expect(first.headers.get("x-ratelimit-remaining")).toBe("1");
    await bench.token(PASSWORD);
    const { status, headers, body } = await bench.token(PASSWORD);
    expect(status).toBe(429);
    expect(body["error_description"]).toBe(
      "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.",
    );
    expect(headers.get("x-ratelimit-reset")).toBe(String(Date.UTC(2026, 0, 1) / 1000 + 10));
    bench.pass(10);
    expect((await bench.token(PASSWORD)).status).toBe(200);
  });

  test("answers other methods with 405 and other paths with 404", async () => {
    const bench = createBench();
    expect((await bench.json("GET", "/oauth/token")).body["error"]).toBe("method_not_allowed");
    expect((await bench.json("GET", "/nowhere")).status).toBe(404);
  });
});

describe("a refresh token", () => {
  async function refreshable() {
    const bench = createBench();
    const { body } = await bench.token({ ...PASSWORD, scope: "openid offline_access" });
    const refresh = (token: unknown) => bench.token({ grant_type: "refresh_token", refresh_token: String(token) });
    return { bench, token: body["refresh_token"], refresh };
  }

  test("is replaced at each use; its second use ends the family", async () => {
    const { token, refresh } = await refreshable();
    const next = await refresh(token);
    expect(next.status).toBe(200);
    const reuse = await refresh(token);
    expect(reuse.status).toBe(403);
    expect(reuse.body).toEqual({ error: "invalid_grant", error_description: "Unknown or invalid refresh token." });
    expect((await refresh(next.body["refresh_token"])).status).toBe(403);
  });

  test("asks for a second factor where the policy is always", async () => {
    const { bench, token, refresh } = await refreshable();
    bench.tenant.settings.policy = "always";
    const { body } = await refresh(token);
    expect(body).toMatchObject({ error: "mfa_required", mfa_token: like(/^Fe26/) });
  });

  test("of somebody who is gone is refused", async () => {
    const { bench, token, refresh } = await refreshable();
    bench.tenant.people.remove("auth0|robin");
    const description = "The refresh_token was generated for a user who doesn't exist anymore.";
    expect((await refresh(token)).body["error_description"]).toBe(description);
  });

  test("is dead after it was revoked", async () => {
    const { bench, token, refresh } = await refreshable();
    const credentials = { client_id: "mfa-enroll-demo", client_secret: "mfa-enroll-demo-secret" };
    await bench.json("POST", "/oauth/revoke", { body: { ...credentials, token } });
    expect((await refresh(token)).status).toBe(403);
  });
});
