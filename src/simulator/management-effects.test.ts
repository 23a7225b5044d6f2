import { describe, expect, test } from "vitest";

import { ENROLL } from "./bench.ts";
import { createManagementBench, type ManagementBench } from "./management-bench.ts";

const FACTORS = [
  ["sms", ENROLL.sms],
  ["email", ENROLL.email],
  ["otp", ENROLL.otp],
  ["push-notification", ENROLL.push],
] as const;

const DEMO = "/clients/mfa-enroll-demo";
const MFA_OOB = "http://auth0.com/oauth/grant-type/mfa-oob";
const SIGN_IN = { grant_type: "password", username: "robin@example.com", password: "Enroll-Demo-1", scope: "openid" };

/** Starts an enrollment in the name of somebody new. */
async function enroll(bench: ManagementBench, body: object) {
  return bench.associate(await bench.mfaToken("robin@example.com"), body);
}

async function grantsOf(bench: ManagementBench): Promise<readonly unknown[]> {
  const { grant_types: grants } = (await bench.manage("GET", DEMO)).body;
  return Array.isArray(grants) ? grants : [];
}

describe("what the Management API changes about factors", () => {
  test.each(FACTORS)("decides whether %s can be enrolled", async (name, body) => {
    const bench = createManagementBench();
    expect((await enroll(bench, body)).status).toBe(200);
    await bench.manage("PUT", `/guardian/factors/${name}`, { enabled: false });
    const refused = await enroll(bench, body);
    expect([refused.status, refused.body["error"]]).toEqual([401, "unsupported_challenge_type"]);
    await bench.manage("PUT", `/guardian/factors/${name}`, { enabled: true });
    expect((await enroll(bench, body)).status).toBe(200);
  });

  test("decides whether a first enrollment brings a recovery code", async () => {
    const bench = createManagementBench();
    await bench.manage("PUT", "/guardian/factors/recovery-code", { enabled: false });
    expect((await enroll(bench, ENROLL.otp)).body["recovery_codes"]).toBeUndefined();
  });

  test("decides by message types whether a phone is texted or called", async () => {
    const bench = createManagementBench();
    await bench.manage("PUT", "/guardian/factors/phone/message-types", { message_types: ["voice"] });
    expect((await enroll(bench, ENROLL.sms)).status).toBe(401);
    expect((await enroll(bench, ENROLL.voice)).status).toBe(200);
  });

  test("decides by the provider whether texts leave, and by Twilio's account whether it is one", async () => {
    const bench = createManagementBench();
    bench.tenant.settings.phoneProvider = "none";
    expect((await bench.manage("GET", "/guardian/factors/phone/selected-provider")).body).toEqual({});
    const refused = await enroll(bench, ENROLL.sms);
    expect([refused.status, refused.body["error"]]).toEqual([502, "bad_gateway"]);
    await bench.manage("PUT", "/guardian/factors/phone/selected-provider", { provider: "twilio" });
    expect((await enroll(bench, ENROLL.sms)).status).toBe(200);
    await bench.manage("PUT", "/guardian/factors/phone/providers/twilio", { sid: "" });
    expect((await enroll(bench, ENROLL.sms)).status).toBe(502);
    bench.tenant.settings.unifiedPhoneProvider = "custom";
    expect((await enroll(bench, ENROLL.sms)).status).toBe(200);
  });

  test("sends nothing and says nothing without a provider where the settings have it so", async () => {
    const bench = createManagementBench();
    Object.assign(bench.tenant.settings, { phoneProvider: "none", withoutPhoneProvider: "undelivered" });
    expect((await enroll(bench, ENROLL.sms)).status).toBe(200);
    expect(bench.tenant.outbox.list()).toEqual([]);
  });

  test("makes no calls by Auth0's own delivery, which is for trials", async () => {
    const bench = createManagementBench();
    await bench.manage("PUT", "/guardian/factors/phone/selected-provider", { provider: "auth0" });
    expect((await enroll(bench, ENROLL.voice)).status).toBe(200);
    expect(bench.tenant.outbox.list()).toEqual([]);
    await enroll(bench, ENROLL.sms);
    expect(bench.tenant.outbox.list()).toHaveLength(1);
  });

  test("refuses to switch on what the plan does not have, and switches it off all the same", async () => {
    const bench = createManagementBench();
    bench.tenant.settings.plan.phone = false;
    expect((await bench.manage("PUT", "/guardian/factors/sms", { enabled: true })).status).toBe(403);
    expect((await bench.manage("PUT", "/guardian/factors/duo", { enabled: true })).status).toBe(403);
    expect((await bench.manage("PUT", "/guardian/factors/sms", { enabled: false })).status).toBe(200);
    expect(bench.tenant.settings.factors.phone).toBe(false);
  });

  test.each([
    ["a name that is none, such as phone", "/guardian/factors/phone", { enabled: true }, "invalid_uri"],
    ["a switch that is none", "/guardian/factors/sms", { enabled: "yes" }, "invalid_body"],
    ["nothing at all", "/guardian/factors/sms", {}, "invalid_body"],
    ["more than is known", "/guardian/factors/sms", { enabled: true, force: true }, "invalid_body"],
    [
      "a kind of message that is none",
      "/guardian/factors/phone/message-types",
      { message_types: ["fax"] },
      "invalid_body",
    ],
    ["no kind of message", "/guardian/factors/phone/message-types", { message_types: [] }, "invalid_body"],
    ["a provider that is none", "/guardian/factors/phone/selected-provider", { provider: "pigeon" }, "invalid_body"],
    ["an object where a list belongs", "/guardian/policies", { policy: [] }, "invalid_body"],
    ["a policy that is none", "/guardian/policies", ["sometimes"], "invalid_body"],
    ["two policies", "/guardian/policies", ["all-applications", "confidence-score"], "invalid_body"],
  ])("is nothing for %s", async (_what, path, body, errorCode) => {
    const bench = createManagementBench();
    const before = structuredClone(bench.tenant.settings);
    const refused = await bench.manage("PUT", path, body);
    expect([refused.status, refused.body["errorCode"]]).toEqual([400, errorCode]);
    expect(bench.tenant.settings).toEqual(before);
  });
});

describe("what the Management API changes about signing in", () => {
  test("takes a list that was not sent for none, not for an empty one", async () => {
    const bench = createManagementBench(undefined, { settings: { policy: "always" } });
    expect((await bench.manage("PUT", "/guardian/policies")).status).toBe(400);
    expect(bench.tenant.settings.policy).toBe("always");
  });

  test("decides by the policy whether a password leads to an mfa_token", async () => {
    const bench = createManagementBench();
    expect((await bench.token(SIGN_IN)).status).toBe(200);
    await bench.manage("PUT", "/guardian/policies", ["all-applications"]);
    expect((await bench.token(SIGN_IN)).body["mfa_token"]).toEqual(expect.any(String));
    await bench.manage("PUT", "/guardian/policies", ["confidence-score"]);
    expect((await bench.token(SIGN_IN)).status).toBe(200);
  });

  test("leaves it to Actions, whereupon the policy counts for nothing and no mfa_token comes", async () => {
    const bench = createManagementBench();
    await bench.manage("PATCH", "/tenants/settings", { customize_mfa_in_postlogin_action: true });
    const { status, body } = await bench.token(SIGN_IN);
    expect([status, body["error"], body["mfa_token"]]).toEqual([403, "mfa_required", undefined]);
    bench.tenant.settings.customizableMfa = true;
    expect((await bench.token(SIGN_IN)).body["mfa_token"]).toEqual(expect.any(String));
  });

  test("needs a default directory for a plain password, and one that is there", async () => {
    const bench = createManagementBench();
    for (const default_directory of ["", "google-oauth2"]) {
      await bench.manage("PATCH", "/tenants/settings", { default_directory });
      expect((await bench.token(SIGN_IN)).body["error_description"]).toMatch(/not configured with default connection/);
    }
  });

  test("needs the connection enabled for the application", async () => {
    const bench = createManagementBench();
    const list = (await bench.manage("GET", "/connections?strategy=auth0")).json;
    const id: unknown = Array.isArray(list) ? Reflect.get(Object(list[0]), "id") : null;
    await bench.manage("PATCH", `/connections/${String(id)}/clients`, [
      { client_id: "mfa-enroll-demo", status: false },
    ]);
    const refused = await bench.token(SIGN_IN);
    expect([refused.status, refused.body["error_description"]]).toEqual([400, "the connection was disabled"]);
    const unknown = [{ client_id: "nobody", status: true }];
    expect((await bench.manage("PATCH", `/connections/${String(id)}/clients`, unknown)).status).toBe(404);
  });
});

describe("what the Management API changes about an application", () => {
  test("replaces all of its grants", async () => {
    const bench = createManagementBench();
    const held = await grantsOf(bench);
    expect(held).toContain(MFA_OOB);
    await bench.manage("PATCH", DEMO, { grant_types: ["authorization_code"] });
    expect(await grantsOf(bench)).toEqual(["authorization_code"]);
    expect((await bench.token(SIGN_IN)).body["error"]).toBe("unauthorized_client");
    await bench.manage("PATCH", DEMO, { grant_types: held });
    expect((await bench.token(SIGN_IN)).status).toBe(200);
  });

  test("makes it public and confidential again, with the secret that it had", async () => {
    const bench = createManagementBench();
    await bench.manage("PATCH", DEMO, { token_endpoint_auth_method: "none" });
    expect((await bench.token(SIGN_IN)).body["error"]).toBe("invalid_client");
    await bench.manage("PATCH", DEMO, { token_endpoint_auth_method: "client_secret_post" });
    expect((await bench.token(SIGN_IN)).status).toBe(200);
  });

  test.each([
    ["a grant that is none", { grant_types: ["mfa"] }],
    ["grants that are no list", { grant_types: "password" }],
    ["a way of proving itself that is none", { token_endpoint_auth_method: "password" }],
    ["what is not imitated", { client_secret: "chosen" }],
  ])("is nothing for %s, even beside what is right", async (_what, body) => {
    const bench = createManagementBench();
    const refused = await bench.manage("PATCH", DEMO, { callbacks: [], ...body });
    expect([refused.status, refused.body["errorCode"]]).toEqual([400, "invalid_body"]);
    expect(bench.tenant.clients[0]?.callbacks).toHaveLength(1);
  });

  test("can be lost on the way, done or not, whatever the application's id", async () => {
    const bench = createManagementBench();
    const action = { type: "status", status: 502 } as const;
    bench.tenant.faults.add({ route: "PATCH /api/v2/clients/:id", nth: 1, phase: "before", action });
    bench.tenant.faults.add({ route: "PATCH /api/v2/clients/:id", nth: 2, phase: "afterCommit", action });
    const names: unknown[] = [];
    for (const name of ["First", "Second"]) {
      const request = new Request(`https://tenant.test/api/v2${DEMO}`, {
        method: "PATCH",
        headers: { authorization: `Bearer ${await bench.managementToken()}` },
        body: JSON.stringify({ name }),
      });
      expect((await bench.tenant.fetch(request)).status).toBe(502);
      names.push((await bench.manage("GET", DEMO)).body["name"]);
    }
    expect(names).toEqual(["Account page", "Second"]);
  });

  test("gives somebody else's application neither passwords nor MFA grants", async () => {
    const bench = createManagementBench();
    const [demo] = bench.tenant.clients;
    if (demo !== undefined) demo.firstParty = false;
    expect((await bench.manage("PATCH", DEMO, { grant_types: ["authorization_code"] })).status).toBe(200);
    expect((await bench.manage("PATCH", DEMO, { grant_types: ["password"] })).status).toBe(400);
    expect((await bench.manage("PATCH", DEMO, { grant_types: [MFA_OOB] })).status).toBe(400);
  });
});
