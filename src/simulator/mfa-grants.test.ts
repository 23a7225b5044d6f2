import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";

import { createBench, DEMO_CLIENT, ENROLL } from "./bench.ts";
import { totpCode } from "./totp.ts";

/** Stands for any text of that form. */
const like = (form: RegExp): unknown => expect.stringMatching(form);

const OTP = "http://auth0.com/oauth/grant-type/mfa-otp";
const OOB = "http://auth0.com/oauth/grant-type/mfa-oob";
const RECOVERY = "http://auth0.com/oauth/grant-type/mfa-recovery-code";

async function started(channel: "sms" | "email" | "voice" = "sms", options: Parameters<typeof createBench>[0] = {}) {
  const bench = createBench(options);
  const token = await bench.mfaToken("robin@example.com");
  const { body } = await bench.associate(token, ENROLL[channel]);
  return { bench, token, oobCode: body["oob_code"] };
}

describe("confirming an enrollment at /oauth/token", () => {
  test.each(["sms", "voice", "email"] as const)(
    "makes a %s entry and the recovery code active and answers tokens",
    async (channel) => {
      const { bench, token, oobCode } = await started(channel);
      const { status, headers, body } = await bench.confirm(token, oobCode);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe("application/json");
      expect(body).toMatchObject({ token_type: "Bearer", expires_in: 86_400, scope: "openid profile" });
      expect((await bench.list(token)).every((row) => row["active"] === true)).toBe(true);
      expect(bench.tenant.ledger.list("confirm")).toMatchObject([{ person: "auth0|robin", channel }]);
    },
  );

  test("gives an ID token of the password's time that has no amr", async () => {
    const { bench, token, oobCode } = await started();
    const { body } = await bench.confirm(token, oobCode);
    const claims = decodeJwt(String(body["id_token"]));
    expect(claims).toMatchObject({ sub: "auth0|robin", name: "Robin", auth_time: Date.UTC(2026, 0, 1) / 1000 });
    expect(claims).not.toHaveProperty("amr");
  });

  test("with the MFA JWT in the mfa_token field gives another ten-minute MFA token and nothing else", async () => {
    const bench = createBench();
    const jwt = await bench.mfaJwt("robin@example.com");
    const { body } = await bench.associate(jwt, ENROLL.sms);
    const confirmed = await bench.confirm(jwt, body["oob_code"]);
    expect(confirmed.body).toEqual({
      access_token: like(/./),
      token_type: "Bearer",
      expires_in: 600,
      scope: "enroll read:authenticators remove:authenticators",
    });
    expect(await bench.list(String(confirmed.body["access_token"]))).toHaveLength(3);
  });

  test("takes JSON as well as a form", async () => {
    const { bench, token, oobCode } = await started();
    const parameters = { grant_type: OOB, mfa_token: token, oob_code: oobCode, binding_code: bench.lastCode() };
    const { status } = await bench.json("POST", "/oauth/token", { body: { ...DEMO_CLIENT, ...parameters } });
    expect(status).toBe(200);
  });

  test("refuses an array as client_id, which an old sample shows", async () => {
    const { bench, token } = await started();
    const body = { ...DEMO_CLIENT, client_id: ["mfa-enroll-demo"], grant_type: OOB, mfa_token: token };
    const { status, body: answer } = await bench.json("POST", "/oauth/token", { body });
    expect(status).toBe(400);
    expect(answer["error"]).toBe("invalid_request");
  });

  test("leaves the mfa_token good for the list and no good for another enrollment", async () => {
    const { bench, token, oobCode } = await started();
    await bench.confirm(token, oobCode);
    expect(await bench.list(token)).toHaveLength(3);
    expect((await bench.associate(token, ENROLL.email)).body["error_description"]).toBe("User is already enrolled.");
  });

  test("rotates the recovery code where the tenant does that", async () => {
    const { bench, token, oobCode } = await started("sms", { settings: { rotateRecoveryCodeOnConfirm: true } });
    const { body } = await bench.confirm(token, oobCode);
    expect(body["recovery_code"]).toBe(bench.tenant.people.get("auth0|robin")?.recoveryCode?.code);
    expect(bench.tenant.ledger.list("recoveryCodeIssued")).toHaveLength(2);
  });

  test("answers mfa_required once more where factors are chained", async () => {
    const { bench, token, oobCode } = await started("sms", { settings: { chainedMfa: true } });
    const { status, body } = await bench.confirm(token, oobCode);
    expect(status).toBe(403);
    expect(body["error"]).toBe("mfa_required");
    expect(body["mfa_token"]).not.toBe(token);
  });
});

describe("a code is refused", () => {
  test("when it is wrong", async () => {
    const { bench, token, oobCode } = await started();
    const wrong = bench.lastCode() === "000000" ? "000001" : "000000";
    const { status, body } = await bench.confirm(token, oobCode, wrong);
    expect(status).toBe(403);
    expect(body).toEqual({ error: "invalid_grant", error_description: "Invalid binding_code." });
    expect((await bench.confirm(token, oobCode)).status).toBe(200);
  });

  test("when it was used already", async () => {
    const { bench, token, oobCode } = await started();
    expect((await bench.confirm(token, oobCode)).status).toBe(200);
    expect((await bench.confirm(token, oobCode)).body["error_description"]).toBe("Invalid binding_code.");
  });

  test("twice at once: one of two parallel confirms wins", async () => {
    const { bench, token, oobCode } = await started();
    const both = await Promise.all([bench.confirm(token, oobCode), bench.confirm(token, oobCode)]);
    expect(both.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 403]);
    expect(bench.tenant.ledger.list("confirm")).toHaveLength(1);
  });

  test("after five minutes, while the mfa_token lives on", async () => {
    const { bench, token, oobCode } = await started();
    bench.pass(300);
    const { status, body } = await bench.confirm(token, oobCode);
    expect(status).toBe(401);
    expect(body).toEqual({ error: "expired_token", error_description: "oob_code is expired" });
    expect((await bench.associate(token, ENROLL.sms)).status).toBe(200);
  });

  test("when the oob_code is garbage", async () => {
    const { bench, token } = await started();
    const { status, body } = await bench.confirm(token, "garbage");
    expect(status).toBe(403);
    expect(body).toEqual({ error: "invalid_grant", error_description: "Malformed oob_code" });
  });

  test("when the mfa_token is garbage, expired, or an oob_code", async () => {
    const { bench, token, oobCode } = await started();
    const malformed = await bench.confirm("garbage", oobCode);
    expect(malformed.body["error_description"]).toBe("Malformed mfa_token");
    const other = await bench.confirm(String(oobCode), oobCode);
    expect(other.status).toBe(401);
    expect(other.body["error_description"]).toBe("The mfa_token provided is invalid. Try getting a new token.");
    bench.pass(600);
    const expired = await bench.confirm(token, oobCode);
    expect(expired.status).toBe(401);
    expect(expired.body).toEqual({ error: "expired_token", error_description: "mfa_token is expired" });
  });

  test("when the oob_code comes from another sign-in", async () => {
    const { bench, oobCode } = await started();
    const { status, body } = await bench.confirm(await bench.mfaToken("robin@example.com"), oobCode);
    expect(status).toBe(400);
    expect(body).toEqual({ error: "invalid_request", error_description: "The oob_code doesn't match the mfa_token" });
  });

  test("when no code is there", async () => {
    const { bench, token, oobCode } = await started();
    const { status, body } = await bench.token({ grant_type: OOB, mfa_token: token, oob_code: String(oobCode) });
    expect(status).toBe(400);
    expect(body["error_description"]).toBe("Missing required parameter: binding_code");
  });

  test("when the mfa_token was given to another application", async () => {
    const { bench, token, oobCode } = await started();
    const [demo] = bench.tenant.clients;
    if (demo !== undefined) bench.tenant.clients.push({ ...demo, id: "other", secret: null });
    const parameters = { grant_type: OOB, mfa_token: token, oob_code: oobCode, binding_code: bench.lastCode() };
    const { status, body } = await bench.json("POST", "/oauth/token", { body: { client_id: "other", ...parameters } });
    expect(status).toBe(400);
    expect(body["error_description"]).toBe("mfa_token not issued to this client");
  });

  test("when the application may not use the grant", async () => {
    const { bench, token, oobCode } = await started();
    for (const client of bench.tenant.clients) client.grantTypes = ["password"];
    const { status, body } = await bench.confirm(token, oobCode);
    expect(status).toBe(403);
    expect(body["error"]).toBe("unauthorized_client");
    expect(body["error_description"]).toBe(`Grant type '${OOB}' not allowed for the client.`);
  });

  test("when the application's secret is wrong", async () => {
    const { bench, token, oobCode } = await started();
    const parameters = { grant_type: OOB, mfa_token: token, oob_code: String(oobCode), client_secret: "wrong" };
    const { status, body } = await bench.token(parameters);
    expect(status).toBe(401);
    expect(body["error"]).toBe("invalid_client");
  });
});

describe("too many codes", () => {
  async function failTen(options: Parameters<typeof createBench>[0] = {}) {
    const { bench, token, oobCode } = await started("sms", options);
    const wrong = bench.lastCode() === "000000" ? "000001" : "000000";
    for (let count = 0; count < 10; count += 1) {
      expect((await bench.confirm(token, oobCode, wrong)).body["error_description"]).toBe("Invalid binding_code.");
    }
    return { bench, token, oobCode, wrong };
  }

  test("ten fail, then even the right one is told to wait", async () => {
    const { bench, token, oobCode } = await failTen();
    const { status, body } = await bench.confirm(token, oobCode);
    expect(status).toBe(429);
    expect(body).toEqual({
      error: "invalid_request",
      error_description: "Too many failed codes. Wait for some minutes before retrying.",
    });
  });

  test("one more may be tried after six minutes", async () => {
    const { bench } = await failTen();
    bench.pass(360);
    const token = await bench.mfaToken("robin@example.com");
    const { body } = await bench.associate(token, ENROLL.email);
    expect((await bench.confirm(token, body["oob_code"])).status).toBe(200);
  });

  test("a tenant may instead go on saying that the right one is wrong", async () => {
    const { bench, token, oobCode } = await failTen({ settings: { lockedOut: "stillInvalid" } });
    const { status, body } = await bench.confirm(token, oobCode);
    expect(status).toBe(403);
    expect(body["error_description"]).toBe("Invalid binding_code.");
  });

  test("somebody locked is told so at the first code", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("jules@example.com");
    const { body } = await bench.associate(token, ENROLL.sms);
    expect((await bench.confirm(token, body["oob_code"])).body["error_description"]).toMatch(/^Too many failed codes/);
  });

  test("twelve exchanges a minute for one mfa_token, with the numbers in the headers", async () => {
    const { bench, token, oobCode } = await failTen();
    await bench.confirm(token, oobCode);
    await bench.confirm(token, oobCode);
    const { status, body, headers } = await bench.confirm(token, oobCode);
    expect(status).toBe(429);
    expect(body["error"]).toBe("too_many_requests");
    expect(headers.get("x-ratelimit-limit")).toBe("12");
    expect(headers.get("x-ratelimit-remaining")).toBe("0");
    expect(headers.get("x-ratelimit-reset")).toBe(String(Date.UTC(2026, 0, 1) / 1000 + 5));
    expect(headers.has("retry-after")).toBe(false);
  });

  test("Retry-After comes only where the tenant sends it", async () => {
    const { bench, token, oobCode } = await failTen({ settings: { retryAfter: true } });
    expect((await bench.confirm(token, oobCode)).headers.get("retry-after")).toBe("360");
  });
});

describe("an authenticator app", () => {
  test("is confirmed by the digits of this half minute or the one before, and then passes a sign-in", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    const { body } = await bench.associate(token, ENROLL.otp);
    const secret = String(body["secret"]);
    const at = Date.UTC(2026, 0, 1);
    const old = await bench.token({ grant_type: OTP, mfa_token: token, otp: totpCode(secret, at - 90_000) });
    expect(old.status).toBe(403);
    expect(old.body).toEqual({ error: "invalid_grant", error_description: "Invalid otp_code." });
    const previous = await bench.token({ grant_type: OTP, mfa_token: token, otp: totpCode(secret, at - 30_000) });
    expect(previous.status).toBe(200);
    const next = await bench.mfaToken("robin@example.com");
    expect((await bench.token({ grant_type: OTP, mfa_token: next, otp: totpCode(secret, at) })).status).toBe(200);
  });

  test("that nobody enrolled is told as not enrolled", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    const { status, body } = await bench.token({ grant_type: OTP, mfa_token: token, otp: "123456" });
    expect(status).toBe(401);
    expect(body).toEqual({
      error: "unsupported_challenge_type",
      error_description: "User is not enrolled. You can use /mfa/associate endpoint to enroll the first authenticator.",
    });
  });

  test("shows the codes of RFC 6238's own vectors", () => {
    const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    expect(totpCode(secret, 59_000)).toBe("287082");
    expect(totpCode(secret, 1_111_111_109_000)).toBe("081804");
  });
});

describe("a push", () => {
  async function pushed() {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    const { body } = await bench.associate(token, ENROLL.push);
    const poll = () => bench.token({ grant_type: OOB, mfa_token: token, oob_code: String(body["oob_code"]) });
    return { bench, token, poll };
  }

  test("is pending until it is answered, then active with the name of the device", async () => {
    const { bench, token, poll } = await pushed();
    const pending = await poll();
    expect(pending.status).toBe(400);
    expect(pending.body).toEqual({
      error: "authorization_pending",
      error_description: "Authorization pending: please repeat the request in a few seconds.",
    });
    expect(bench.tenant.push.answer({ subject: "auth0|robin", approve: true })).toBe(true);
    expect((await poll()).status).toBe(200);
    const [push, totp] = await bench.list(token);
    expect(push).toMatchObject({ active: true, name: like(/./) });
    expect(totp).toMatchObject({ active: true });
  });

  test("that is denied is told as recorded", async () => {
    const { bench, poll } = await pushed();
    bench.tenant.push.answer({ subject: "auth0|robin", approve: false });
    const { status, body } = await poll();
    expect(status).toBe(400);
    expect(body).toEqual({ error: "access_denied", error_description: "MFA Authorization rejected." });
  });

  test("polled too fast is told to slow down where the tenant minds", async () => {
    const { bench, poll } = await pushed();
    bench.tenant.settings.pollSeconds = 5;
    expect((await poll()).body["error"]).toBe("authorization_pending");
    expect((await poll()).body).toEqual({ error: "slow_down", error_description: "Polling too fast" });
    bench.pass(5);
    expect((await poll()).body["error"]).toBe("authorization_pending");
  });
});

describe("a recovery code", () => {
  test("passes a sign-in once and is replaced in the answer", async () => {
    const bench = createBench();
    const recovery_code = bench.tenant.people.get("auth0|kim")?.recoveryCode?.code ?? "";
    const use = async () =>
      bench.token({ grant_type: RECOVERY, mfa_token: await bench.mfaToken("kim@example.com"), recovery_code });
    const first = await use();
    expect(first.status).toBe(200);
    expect(first.body["recovery_code"]).toMatch(/^[A-Z1-9]{24}$/);
    const second = await use();
    expect(second.status).toBe(403);
    expect(second.body).toEqual({ error: "invalid_grant", error_description: "MFA Authorization rejected." });
  });

  test("that nobody has is told so", async () => {
    const bench = createBench();
    const mfa_token = await bench.mfaToken("robin@example.com");
    const { status, body } = await bench.token({ grant_type: RECOVERY, mfa_token, recovery_code: "A".repeat(24) });
    expect(status).toBe(403);
    expect(body).toEqual({
      error: "unsupported_challenge_type",
      error_description: "User does not have a recovery-code.",
    });
  });
});
