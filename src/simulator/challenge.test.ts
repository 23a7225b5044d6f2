import { describe, expect, test } from "vitest";

import { type Bench, createBench, DEMO_CLIENT, ENROLL } from "./bench.ts";

/** Stands for any text of that form. */
const like = (form: RegExp): unknown => expect.stringMatching(form);

async function ask(bench: Bench, mfaToken: string, more: Readonly<Record<string, unknown>> = {}) {
  return bench.json("POST", "/mfa/challenge", { body: { ...DEMO_CLIENT, mfa_token: mfaToken, ...more } });
}

describe("POST /mfa/challenge", () => {
  test("sends a code to a phone and answers oob_code and binding_method", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("kim@example.com");
    const { status, body } = await ask(bench, token, { challenge_type: "oob" });
    expect(status).toBe(200);
    expect(body).toEqual({
      challenge_type: "oob",
      oob_code: like(/^Fe26\.2\*/),
      binding_method: "prompt",
    });
    expect(bench.tenant.outbox.list()).toMatchObject([{ channel: "sms", to: "+12025550123" }]);
    expect((await bench.confirm(token, body["oob_code"])).status).toBe(200);
    expect(bench.tenant.ledger.list("verify")).toHaveLength(1);
  });

  test("calls where the call of that number is named", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("kim@example.com");
    const voice = (await bench.list(token)).find((row) => row["oob_channel"] === "voice");
    await ask(bench, token, { challenge_type: "oob", authenticator_id: voice?.["id"] });
    const [call] = bench.tenant.outbox.list();
    expect(call?.channel).toBe("voice");
    expect(call?.text).toContain(call?.code?.split("").join(", "));
  });

  test("answers only the type for an authenticator app, and neither binding nor prompt for push", async () => {
    const totpSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const lee = { subject: "auth0|lee", name: "Lee", email: "lee@example.com" };
    const app = createBench({ people: [{ ...lee, totpSecret }] });
    expect((await ask(app, await app.mfaToken(lee.email), { challenge_type: "oob otp" })).body).toEqual({
      challenge_type: "otp",
    });
    const push = createBench({ people: [{ ...lee, pushDevice: "A phone" }] });
    const { body } = await ask(push, await push.mfaToken(lee.email), { challenge_type: "oob" });
    expect(body).toEqual({ challenge_type: "oob", oob_code: like(/./) });
  });

  test("tells an authenticator app's owner who asks for oob that there is none of that type", async () => {
    const people = [{ subject: "auth0|lee", name: "Lee", email: "lee@example.com", totpSecret: "GEZDGNBVGY3TQOJQ" }];
    const bench = createBench({ people });
    const { status, body } = await ask(bench, await bench.mfaToken("lee@example.com"), { challenge_type: "oob" });
    expect(status).toBe(401);
    expect(body).toEqual({
      error: "unsupported_challenge_type",
      error_description: "User does not have any enrolled authenticator with the supported challenge type (oob)",
    });
  });

  test("makes the earlier code stop working", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("kim@example.com");
    const first = await ask(bench, token);
    const firstCode = bench.lastCode();
    const second = await ask(bench, token);
    expect((await bench.confirm(token, first.body["oob_code"], firstCode)).status).toBe(403);
    expect((await bench.confirm(token, second.body["oob_code"])).status).toBe(200);
  });

  test("calls an MFA JWT malformed, which it is not", async () => {
    const bench = createBench();
    const { status, body } = await ask(bench, await bench.mfaJwt("kim@example.com"));
    expect(status).toBe(403);
    expect(body).toEqual({ error: "invalid_grant", error_description: "Malformed mfa_token" });
  });

  test("tells somebody without authenticators to enroll, in one of two ways", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("robin@example.com");
    const { status, body } = await ask(bench, token);
    expect(status).toBe(401);
    expect(body["error"]).toBe("unsupported_challenge_type");
    expect(body["error_description"]).toMatch(/^User is not enrolled\./);
    bench.tenant.settings.notEnrolledAtChallenge = "associationRequired";
    expect((await ask(bench, token)).body["error"]).toBe("association_required");
  });

  test("does not work for an unconfirmed entry", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("sasha@example.com");
    await bench.associate(token, ENROLL.sms);
    const entry = (await bench.list(token)).find((row) => row["oob_channel"] === "sms");
    const { status, body } = await ask(bench, token, { authenticator_id: entry?.["id"] });
    expect(status).toBe(403);
    expect(body).toEqual({
      error: "access_denied",
      error_description: "Could not find the requested authenticator",
    });
  });

  test("needs the application's credentials", async () => {
    const bench = createBench();
    const mfa_token = await bench.mfaToken("kim@example.com");
    expect((await bench.json("POST", "/mfa/challenge", { body: { mfa_token } })).status).toBe(400);
    expect((await ask(bench, mfa_token, { client_secret: "wrong" })).status).toBe(401);
  });

  test("counts towards ten texts, then one an hour", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("kim@example.com");
    for (let count = 0; count < 10; count += 1) expect((await ask(bench, token)).status).toBe(200);
    const { status, body } = await ask(bench, token);
    expect(status).toBe(429);
    expect(body["error_description"]).toBe("Too many SMS sent by the user. Wait for some minutes before retrying.");
    bench.pass(3600);
    expect((await ask(bench, await bench.mfaToken("kim@example.com"))).status).toBe(200);
    expect(bench.tenant.ledger.list("send")).toHaveLength(11);
  });

  test("expires with the mfa_token", async () => {
    const bench = createBench();
    const token = await bench.mfaToken("kim@example.com");
    bench.pass(600);
    expect((await ask(bench, token)).body).toEqual({
      error: "expired_token",
      error_description: "mfa_token is expired",
    });
  });
});
