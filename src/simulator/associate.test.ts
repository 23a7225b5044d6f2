import { describe, expect, test } from "vitest";

import { createBench, DEMO_CLIENT, ENROLL } from "./bench.ts";

/** Stands for any text of that form. */
const like = (form: RegExp): unknown => expect.stringMatching(form);

describe("POST /mfa/associate answers", () => {
  test("a text enrollment with a singular oob_channel, binding_method prompt and one recovery code, and no id", async () => {
    const bench = createBench();
    const { status, headers, body } = await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.sms);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(body).toEqual({
      authenticator_type: "oob",
      binding_method: "prompt",
      oob_channel: "sms",
      oob_code: like(/^Fe26\.2\*/),
      recovery_codes: [like(/^[A-HJ-NP-Z1-9]{24}$/)],
    });
    expect(String(body["oob_code"]).length).toBeGreaterThan(550);
    expect(String(body["oob_code"]).length).toBeLessThan(610);
  });

  test.each(["voice", "email"] as const)(
    "%s enrollment with an oob_code and binding_method prompt",
    async (channel) => {
      const bench = createBench();
      const { body } = await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL[channel]);
      expect(body).toMatchObject({ authenticator_type: "oob", binding_method: "prompt", oob_channel: channel });
      expect(body["oob_code"]).toMatch(/^Fe26\.2\*/);
    },
  );

  test("an authenticator app with a 32 character secret and an otpauth address", async () => {
    const bench = createBench();
    const { body } = await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.otp);
    const secret = String(body["secret"]);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body["authenticator_type"]).toBe("otp");
    expect(body).not.toHaveProperty("oob_code");
    const label = "otpauth://totp/Meridian:robin%40example.com";
    const uri = `${label}?secret=${secret}&issuer=Meridian&algorithm=SHA1&digits=6&period=30`;
    expect(body["barcode_uri"]).toBe(uri);
  });

  test("a push enrollment without binding_method, because it is polled for", async () => {
    const bench = createBench();
    const { body } = await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.push);
    expect(body).toMatchObject({ authenticator_type: "oob", oob_channel: "auth0" });
    expect(body).not.toHaveProperty("binding_method");
    expect(body["barcode_uri"]).toMatch(
      /^otpauth:\/\/totp\/Meridian:robin%40example\.com\?enrollment_tx_id=\w{32}&base_url=https%3A/,
    );
  });

  test("recovery codes with the first request ever, confirmed or not, and never with a resend", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    expect((await bench.associate(token, ENROLL.sms)).body).toHaveProperty("recovery_codes");
    expect((await bench.associate(token, ENROLL.sms)).body).not.toHaveProperty("recovery_codes");
    expect((await bench.associate(token, ENROLL.email)).body).not.toHaveProperty("recovery_codes");
  });

  test("no recovery codes where the factor is off, for the tenant or for one person", async () => {
    const off = createBench({ settings: { factors: { recoveryCode: false } } });
    expect((await off.associate(await off.mfaToken("robin@example.com"), ENROLL.sms)).body).not.toHaveProperty(
      "recovery_codes",
    );
    const on = createBench();
    expect((await on.associate(await on.mfaToken("toni@example.com"), ENROLL.sms)).body).not.toHaveProperty(
      "recovery_codes",
    );
  });

  test("email without an address with the one of the profile", async () => {
    const bench = createBench();
    await bench.associate(await bench.mfaToken("robin@example.com"), {
      authenticator_types: ["oob"],
      oob_channels: ["email"],
    });
    expect(bench.tenant.outbox.list()).toMatchObject([{ channel: "email", to: "robin@example.com" }]);
  });
});

describe("POST /mfa/associate leaves behind", () => {
  test("twins of one number that share the suffix of their ids, unconfirmed", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    await bench.associate(token, ENROLL.sms);
    const [sms, voice, recovery] = await bench.list(token);
    const suffix = String(sms?.["id"]).slice("sms|".length);
    expect(suffix).toMatch(/^dev_[A-Za-z0-9]{16}$/);
    expect(sms).toEqual({
      id: `sms|${suffix}`,
      authenticator_type: "oob",
      active: false,
      oob_channel: "sms",
      name: "XXXXXXXX0167",
    });
    expect(voice).toMatchObject({ id: `voice|${suffix}`, active: false, oob_channel: "voice" });
    expect(recovery).toMatchObject({ authenticator_type: "recovery-code", active: false });
  });

  test("a single entry where calls are off", async () => {
    const bench = createBench({ settings: { phoneMessageTypes: { voice: false } } });
    const token = await bench.mfaToken("toni@example.com");
    await bench.associate(token, ENROLL.sms);
    expect(await bench.list(token)).toHaveLength(1);
  });

  test("a paired totp entry beside a push entry that has no name yet", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("toni@example.com");
    await bench.associate(token, ENROLL.push);
    const [push, totp] = await bench.list(token);
    expect(push).toEqual({ id: push?.["id"], authenticator_type: "oob", active: false, oob_channel: "auth0" });
    expect(totp).toEqual({ id: like(/^totp\|dev_/), authenticator_type: "otp", active: false });
  });

  test("one entry more each time, until fifty of a type make it refuse", async () => {
    const bench = createBench({ settings: { limits: { emails: { burst: 99, refillSeconds: 1 } } } });
    const token = await bench.mfaToken("toni@example.com");
    for (let count = 0; count < 50; count += 1) await bench.associate(token, ENROLL.email);
    expect(await bench.list(token)).toHaveLength(50);
    const { status, body } = await bench.associate(token, ENROLL.email);
    expect(status).toBe(400);
    expect(body).toEqual({
      error: "too_many_entities",
      error_description: "You reached the limit of entities of the email type for this user.",
    });
    expect((await bench.associate(token, ENROLL.sms)).status).toBe(200);
  });

  test("a text that fits 160 characters and ends with the host and the code", async () => {
    const bench = createBench({
      messageHost: "app.example",
      settings: { brand: "A brand with a very long name ".repeat(9) },
    });
    await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.sms);
    const [text] = bench.tenant.outbox.list();
    expect(text).toMatchObject({ channel: "sms", to: "+12025550167" });
    expect(text?.text.length).toBeLessThanOrEqual(160);
    expect(text?.text.split("\n").at(-1)).toBe(`@app.example #${text?.code}`);
  });

  test("an entry in the ledger for the enrollment, the message and the recovery code", async () => {
    const bench = createBench();
    const { body } = await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.sms);
    const code = bench.tenant.ledger.list("recoveryCodeIssued")[0]?.recoveryCode;
    const written = bench.tenant.ledger.list().map(({ type }) => type);
    expect(written).toEqual(["mfaRequired", "associate", "recoveryCodeIssued", "send"]);
    expect(body["recovery_codes"]).toEqual([code]);
    expect(bench.tenant.ledger.list("send")[0]).toMatchObject({
      channel: "sms",
      contact: "+12025550167",
      delivered: true,
    });
  });
});

describe("POST /mfa/associate refuses", () => {
  const invalid = {
    error: "invalid_grant",
    error_description: "The mfa_token provided is invalid. Try getting a new token.",
  };

  test("an mfa_token once a phone is active, and takes the MFA JWT", async () => {
    const bench = createBench();
    const { status, body } = await bench.associate(await bench.mfaToken("kim@example.com"), ENROLL.email);
    expect(status).toBe(403);
    expect(body).toEqual({ error: "access_denied", error_description: "User is already enrolled." });
    const { status: withJwt } = await bench.associate(await bench.mfaJwt("kim@example.com"), ENROLL.email);
    expect(withJwt).toBe(200);
  });

  test("nothing when only an address is active, verified or enrolled", async () => {
    const bench = createBench();
    expect((await bench.associate(await bench.mfaToken("sasha@example.com"), ENROLL.sms)).status).toBe(200);
    const token = await bench.mfaToken("robin@example.com");
    const started = await bench.associate(token, ENROLL.email);
    await bench.confirm(token, started.body["oob_code"]);
    expect((await bench.associate(token, ENROLL.sms)).status).toBe(200);
  });

  test("a request without a credential", async () => {
    const { status, body } = await createBench().json("POST", "/mfa/associate", { body: ENROLL.sms });
    expect(status).toBe(401);
    expect(body).toEqual(invalid);
  });

  test("an mfa_token after ten minutes, as expired", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    bench.pass(600);
    const { status, body } = await bench.associate(token, ENROLL.sms);
    expect(status).toBe(401);
    expect(body).toEqual({ error: "expired_token", error_description: "mfa_token is expired" });
  });

  test("an MFA JWT after ten minutes, as invalid", async () => {
    const bench = createBench();
    const token = await bench.mfaJwt("robin@example.com");
    bench.pass(601);
    const { status, body } = await bench.associate(token, ENROLL.sms);
    expect(status).toBe(401);
    expect(body).toEqual(invalid);
  });

  test("garbage, as malformed", async () => {
    const { status, body } = await createBench().associate("Fe26.2*garbage", ENROLL.sms);
    expect(status).toBe(403);
    expect(body).toEqual({ error: "invalid_grant", error_description: "Malformed mfa_token" });
  });

  test("an access token for another audience", async () => {
    const bench = createBench();
    const other = await bench.token({
      grant_type: "password",
      username: "robin@example.com",
      password: "Enroll-Demo-1",
      audience: "https://api.example/",
      scope: "enroll",
    });
    const { status, body } = await bench.associate(String(other.body["access_token"]), ENROLL.sms);
    expect(status).toBe(401);
    expect(body).toEqual(invalid);
  });

  test("an MFA JWT without the enroll scope", async () => {
    const bench = createBench();
    const narrow = await bench.token({
      grant_type: "password",
      username: "robin@example.com",
      password: "Enroll-Demo-1",
      audience: "https://tenant.test/mfa/",
      scope: "read:authenticators",
    });
    const { status, body } = await bench.associate(String(narrow.body["access_token"]), ENROLL.sms);
    expect(status).toBe(403);
    expect(body).toEqual({
      error: "insufficient_scope",
      error_description: "Insufficient scope, expected any of: enroll",
    });
  });

  test.each([
    ["sms", ENROLL.sms, "SMS Verifier"],
    ["voice", ENROLL.voice, "Voice Verifier"],
    ["email", ENROLL.email, "Email Verifier"],
    ["push", ENROLL.push, "Auth0 Verifier"],
    ["otp", ENROLL.otp, "OTP Verifier"],
  ])("a factor that is off: %s", async (_name, request, words) => {
    const factors = { phone: false, email: false, push: false, otp: false };
    const bench = createBench({ settings: { factors } });
    const { status, body } = await bench.associate(await bench.mfaToken("robin@example.com"), request);
    expect(status).toBe(401);
    expect(body["error"]).toBe("unsupported_challenge_type");
    expect(body["error_description"]).toContain(
      `${words} is disabled for your tenant. You can turn it on from dashboard`,
    );
  });

  test("an impossible number with an error that sounds like an outage", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    for (const phone_number of ["+12025550190", "12025550123", "+1"]) {
      const { status, body } = await bench.associate(token, { ...ENROLL.sms, phone_number });
      expect(status).toBe(400);
      expect(body).toEqual({ error: "bad_gateway", error_description: "The phone number is invalid." });
    }
    expect(bench.tenant.ledger.list("send")).toEqual([]);
  });

  test("a number or an address that was sent too much", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    const text = await bench.associate(token, { ...ENROLL.sms, phone_number: "+12025550192" });
    expect(text.status).toBe(429);
    expect(text.body).toEqual({
      error: "invalid_request",
      error_description: "Too many SMS sent by the user. Wait for some minutes before retrying.",
    });
    const mail = await bench.associate(token, { ...ENROLL.email, email: "too-many@example.org" });
    expect(mail.body["error"]).toBe("invalid_request");
  });

  test("nothing for an undeliverable number: it answers well, and no message comes", async () => {
    const bench = createBench();
    const { status } = await bench.associate(await bench.mfaToken("robin@example.com"), {
      ...ENROLL.sms,
      phone_number: "+12025550191",
    });
    expect(status).toBe(200);
    expect(bench.tenant.outbox.list()).toEqual([]);
    expect(bench.tenant.ledger.list("send")).toMatchObject([{ delivered: false }]);
  });

  test.each([
    ["two types", { authenticator_types: ["oob", "otp"] }],
    ["a bare text as type", { authenticator_types: "otp" }],
    ["no type", {}],
    ["a bare text as channel", { authenticator_types: ["oob"], oob_channels: "sms", phone_number: "+12025550167" }],
    ["an unknown channel", { authenticator_types: ["oob"], oob_channels: ["pigeon"] }],
    ["a text without a number", { authenticator_types: ["oob"], oob_channels: ["sms"] }],
    ["a malformed address", { authenticator_types: ["oob"], oob_channels: ["email"], email: "nobody" }],
  ])("%s", async (_name, request) => {
    const bench = createBench();
    const { status, body } = await bench.associate(await bench.mfaToken("robin@example.com"), request);
    expect(status).toBe(400);
    expect(body["error"]).toBe("invalid_request");
  });

  test("nothing for a client id and secret it does not need", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    expect((await bench.associate(token, { ...ENROLL.sms, ...DEMO_CLIENT })).status).toBe(200);
  });
});
