import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";

import { type Bench, createBench, ENROLL } from "./bench.ts";
import { managementClient } from "./clients.ts";

const AUDIENCE = "https://tenant.test/api/v2/";
const MANAGEMENT = { client_id: "mfa-enroll-management", client_secret: "mfa-enroll-management-secret" };
const GRANT = { ...MANAGEMENT, grant_type: "client_credentials", audience: AUDIENCE };
const KIM = "/api/v2/users/auth0%7Ckim/recovery-code-regeneration";
const KIMS_CODE = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";

async function managementToken(bench: Bench): Promise<string> {
  return String((await bench.token(GRANT)).body["access_token"]);
}

async function proveByRecoveryCode(bench: Bench, code: unknown) {
  const mfa_token = await bench.mfaToken("kim@example.com");
  const grant_type = "http://auth0.com/oauth/grant-type/mfa-recovery-code";
  return bench.token({ grant_type, mfa_token, recovery_code: String(code) });
}

/** Two applications for the Management API, so that one can have what the other lacks. */
function createTenantWith(scopes: readonly string[]) {
  return createBench({ clients: [managementClient(scopes), { ...managementClient(), id: "mfa-enroll-demo" }] });
}

describe("a token in an application's own name", () => {
  test("is a JWT of a day for the Management API that names the application and how it was come by", async () => {
    const { status, body } = await createBench().token(GRANT);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      scope: "update:users",
      expires_in: 86_400,
      token_type: "Bearer",
    });
    const claims = decodeJwt(String(body["access_token"]));
    expect(claims).toMatchObject({
      iss: "https://tenant.test/",
      sub: "mfa-enroll-management@clients",
      aud: AUDIENCE,
      azp: "mfa-enroll-management",
      scope: "update:users",
      gty: "client-credentials",
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(86_400);
  });

  test("carries the part that is asked for, and nothing that was not granted", async () => {
    const bench = createTenantWith(["read:users", "update:users"]);
    expect((await bench.token(GRANT)).body["scope"]).toBe("read:users update:users");
    expect((await bench.token({ ...GRANT, scope: "update:users" })).body["scope"]).toBe("update:users");
    const { status, body } = await bench.token({ ...GRANT, scope: "update:users delete:users" });
    expect(status).toBe(403);
    expect(body).toEqual({
      error: "access_denied",
      error_description: "Client has not been granted scopes: delete:users",
    });
  });

  test("is refused to an application that may not have it", async () => {
    const bench = createBench();
    const { body } = await bench.token({ grant_type: "client_credentials", audience: AUDIENCE });
    expect(body["error"]).toBe("unauthorized_client");
    for (const client of bench.tenant.clients) client.managementScopes = null;
    expect((await bench.token(GRANT)).body["error_description"]).toMatch(/^Client is not authorized to access /);
    for (const client of bench.tenant.clients) client.secret = null;
    const { client_secret: _, ...open } = GRANT;
    const { body: told } = await bench.json("POST", "/oauth/token", { body: open });
    expect(told["error"]).toBe("unauthorized_client");
  });

  test.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client"],
    ["no API", { audience: "" }, 403, "access_denied"],
    ["an API nobody knows", { audience: "https://api.example/" }, 403, "access_denied"],
    ["the MFA API, which belongs to people", { audience: "https://tenant.test/mfa/" }, 403, "access_denied"],
  ])("is refused for %s", async (_what, more, status, error) => {
    const answer = await createBench().token({ ...GRANT, ...more });
    expect([answer.status, answer.body["error"]]).toEqual([status, error]);
  });
});

describe("POST /api/v2/users/{id}/recovery-code-regeneration", () => {
  test("gives a new code; the old one is dead at once and the entry stays what it was", async () => {
    const bench = createBench();
    const before = structuredClone(bench.tenant.people.get("auth0|kim")?.recoveryCode);
    const { status, headers, body } = await bench.json("POST", KIM, { body: {}, bearer: await managementToken(bench) });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(body).toEqual({ recovery_code: expect.stringMatching(/^[A-Z0-9]{24}$/) });
    expect(bench.tenant.people.get("auth0|kim")?.recoveryCode).toEqual({ ...before, code: body["recovery_code"] });
    expect(bench.tenant.ledger.list("recoveryCodeIssued")).toMatchObject([
      { person: "auth0|kim", recoveryCode: body["recovery_code"] },
    ]);
    expect(bench.tenant.minted()).toContainEqual({ kind: "recovery_code", value: body["recovery_code"] });
    expect((await proveByRecoveryCode(bench, KIMS_CODE)).status).toBe(403);
    expect((await proveByRecoveryCode(bench, body["recovery_code"])).status).toBe(200);
  });

  test("leaves the code of an unconfirmed enrollment waiting for its confirmation", async () => {
    const bench = createBench();
    await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.sms);
    const path = "/api/v2/users/auth0%7Crobin/recovery-code-regeneration";
    const { body } = await bench.json("POST", path, { bearer: await managementToken(bench) });
    expect(bench.tenant.people.get("auth0|robin")?.recoveryCode).toMatchObject({
      code: body["recovery_code"],
      active: false,
    });
  });

  test("gives an active code to somebody enrolled who has none", async () => {
    const bench = createBench();
    const kim = bench.tenant.people.get("auth0|kim");
    if (kim !== undefined) kim.recoveryCode = null;
    const { body } = await bench.json("POST", KIM, { bearer: await managementToken(bench) });
    expect(kim?.recoveryCode).toMatchObject({ code: body["recovery_code"], active: true });
  });

  test.each([
    ["nobody by that id", "nobody", {}, 404, "inexistent_user"],
    ["somebody who never enrolled", "auth0%7Crobin", {}, 404, "enrollment_not_found"],
    ["members it does not know", "auth0%7Ckim", { code: "MINE" }, 400, "invalid_body"],
    ["a list", "auth0%7Ckim", [], 400, "invalid_body"],
  ])("refuses %s, and changes nothing", async (_what, id, json, status, errorCode) => {
    const bench = createBench();
    const path = `/api/v2/users/${id}/recovery-code-regeneration`;
    const answer = await bench.json("POST", path, { body: json, bearer: await managementToken(bench) });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ statusCode: status, errorCode, message: expect.any(String) });
    expect(bench.tenant.ledger.list("recoveryCodeIssued")).toEqual([]);
  });

  test("keeps the old code where recovery codes are off", async () => {
    const bench = createBench({ settings: { factors: { recoveryCode: false } } });
    const answer = await bench.json("POST", KIM, { body: {}, bearer: await managementToken(bench) });
    expect(answer.body["errorCode"]).toBe("enrollment_not_found");
    expect(bench.tenant.people.get("auth0|kim")?.recoveryCode?.code).toBe(KIMS_CODE);
  });
});

describe("the Management API", () => {
  test("refuses a token without the scope and names the scope", async () => {
    const bench = createTenantWith(["read:users"]);
    const { status, body } = await bench.json("POST", KIM, { body: {}, bearer: await managementToken(bench) });
    expect(status).toBe(403);
    expect(body).toEqual({
      statusCode: 403,
      error: "Forbidden",
      message: "Insufficient scope, expected any of: update:users",
      errorCode: "insufficient_scope",
    });
  });

  test("tells no token, a token that is none, another API's and one that is too old apart", async () => {
    const bench = createBench();
    const told = async (bearer?: string) => {
      return (await bench.json("POST", KIM, { body: {}, ...(bearer === undefined ? {} : { bearer }) })).body;
    };
    const unauthorized = (message: string) => ({ statusCode: 401, error: "Unauthorized", message });
    expect(await told()).toEqual(unauthorized("Missing authentication"));
    expect(await told("nonsense")).toEqual(unauthorized("Invalid token"));
    expect(await told(await bench.mfaJwt("robin@example.com"))).toEqual(unauthorized("Invalid token"));
    const token = await managementToken(bench);
    bench.pass(86_401);
    expect(await told(token)).toEqual(unauthorized("Expired token received for JSON Web Token validation"));
  });

  test("gives people no more than what is their own, whatever they ask for", async () => {
    const bench = createBench();
    const { body } = await bench.token({
      grant_type: "password",
      username: "robin@example.com",
      password: "Enroll-Demo-1",
      audience: AUDIENCE,
      scope: "update:users read:current_user",
    });
    expect(body["scope"]).toBe("read:current_user");
    const answer = await bench.json("POST", KIM, { body: {}, bearer: String(body["access_token"]) });
    expect(answer.body["errorCode"]).toBe("insufficient_scope");
  });

  test("answers two requests a second once its burst is used up, and says when the next one may come", async () => {
    const bench = createBench({ settings: { limits: { management: { burst: 1, refillSeconds: 0.5 } } } });
    const bearer = await managementToken(bench);
    expect((await bench.json("POST", KIM, { body: {}, bearer })).status).toBe(200);
    const { status, headers, body } = await bench.json("POST", KIM, { body: {}, bearer });
    expect(status).toBe(429);
    expect(body).toEqual({
      statusCode: 429,
      error: "Too Many Requests",
      message: "Global limit has been reached",
      errorCode: "too_many_requests",
    });
    expect(headers.get("x-ratelimit-limit")).toBe("1");
    expect(headers.get("x-ratelimit-remaining")).toBe("0");
    expect(headers.get("x-ratelimit-reset")).toBe(String(Date.UTC(2026, 0, 1) / 1000 + 1));
    bench.pass(0.5);
    expect((await bench.json("POST", KIM, { body: {}, bearer })).status).toBe(200);
  });

  test("answers what it does not know with its own 404", async () => {
    expect((await createBench().json("GET", "/api/v2/users/auth0%7Ckim")).body).toEqual({
      statusCode: 404,
      error: "Not Found",
      message: "Not Found",
    });
  });

  test("can go wrong on purpose, whoever is asked about", async () => {
    const bench = createBench();
    const route = "POST /api/v2/users/:id/recovery-code-regeneration";
    bench.tenant.faults.add({ route, phase: "afterCommit", action: { type: "status", status: 502 } });
    expect((await bench.tenant.fetch(await regeneration(bench))).status).toBe(502);
    expect(bench.tenant.ledger.list("recoveryCodeIssued")).toHaveLength(1);
  });
});

async function regeneration(bench: Bench): Promise<Request> {
  const headers = { authorization: `Bearer ${await managementToken(bench)}` };
  return new Request(`https://tenant.test${KIM}`, { method: "POST", headers });
}
