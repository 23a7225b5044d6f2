import { expect, test } from "vitest";

import { createBench, ENROLL } from "./bench.ts";
import { createControl } from "./control.ts";

function createDoors() {
  const bench = createBench();
  const control = createControl(bench.tenant, "/_control");
  const get = (path: string) => control(new Request(`http://127.0.0.1${path}`));
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    };
    return control(new Request(`http://127.0.0.1${path}`, init));
  };
  return { bench, control, get, post };
}

test("a driver reads the codes that were sent and the ledger of what happened", async () => {
  const { bench, get } = createDoors();
  await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.sms);
  expect(await (await get("/_control/outbox")).json()).toMatchObject([{ channel: "sms", code: bench.lastCode() }]);
  expect(await (await get("/_control/ledger")).json()).toHaveLength(4);
});

test("the stream tells what was sent and then what is sent", async () => {
  const { bench, get } = createDoors();
  const token = await bench.mfaToken("robin@example.com");
  await bench.associate(token, ENROLL.sms);
  const reader = (await get("/_control/outbox/stream")).body?.getReader();
  await bench.associate(token, ENROLL.voice);
  let text = "";
  while (!text.includes('"voice"')) text += new TextDecoder().decode((await reader?.read())?.value);
  expect(text).toContain('event: message\nid: 1\ndata: {"id":"1"');
  expect(text).toContain("id: 2\n");
  await reader?.cancel();
});

test("a setting changes, and a name or value that does not exist changes nothing", async () => {
  const { bench, post } = createDoors();
  await post("/_control/settings", { policy: "always", seconds: { oobCode: 5 } });
  expect(bench.tenant.settings).toMatchObject({ policy: "always", seconds: { oobCode: 5, mfaToken: 600 } });
  for (const wrong of [
    { policy: "maybe" },
    { nothing: 1 },
    { brand: 7 },
    { policy: "never", seconds: { oobCode: -1 } },
    [],
  ]) {
    expect((await post("/_control/settings", wrong)).status).toBe(400);
  }
  expect(bench.tenant.settings.policy).toBe("always");
  await post("/_control/reset", {});
  expect(bench.tenant.settings).toMatchObject({ policy: "never", seconds: { oobCode: 300 } });
});

test("people are listed with what the demo may show of them", async () => {
  const people: unknown = await (await createDoors().get("/_control/people")).json();
  expect(people).toMatchObject([
    { email: "robin@example.com" },
    { email: "kim@example.com" },
    {},
    { locked: true },
    {},
  ]);
});

test("a push is answered and a fault is set", async () => {
  const { bench, post, get } = createDoors();
  await bench.associate(await bench.mfaToken("robin@example.com"), ENROLL.push);
  expect(await (await get("/_control/push")).json()).toMatchObject([{ subject: "auth0|robin", enrolling: true }]);
  const answered = await post("/_control/push/answer", { subject: "auth0|robin", approve: true });
  expect(await answered.json()).toEqual({ answered: true });
  const rule = { route: "POST /mfa/challenge", nth: 1, phase: "before", action: { type: "status", status: 502 } };
  await post("/_control/faults", rule);
  expect(bench.tenant.faults.list()).toEqual([rule]);
  expect((await post("/_control/faults", { ...rule, phase: "never" })).status).toBe(400);
});

test("other hosts, other sites and plain forms are shown the door", async () => {
  const { control, post } = createDoors();
  expect((await control(new Request("http://rebound.example/_control/outbox"))).status).toBe(403);
  expect((await post("/_control/reset", {}, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post("/_control/reset", {}, { "content-type": "text/plain" })).status).toBe(403);
});

test("somebody and an application are added, replaced, and gone after a reset", async () => {
  const { bench, control, post } = createDoors();
  const alex = { subject: "auth0|alex", name: "Alex", email: "alex@example.com", phone: "+12025550124" };
  const added = await post("/_control/people", {
    ...alex,
    refusal: { status: 401, error: "blocked", description: "" },
  });
  expect(added.status).toBe(400);
  expect(await (await post("/_control/people", alex)).json()).toMatchObject({ email: "alex@example.com" });
  expect(bench.tenant.people.get("auth0|alex")?.authenticators).toHaveLength(2);
  for (const wrong of [{}, { ...alex, locked: "yes" }, { ...alex, phone: 7 }, null]) {
    expect((await post("/_control/people", wrong)).status).toBe(400);
  }
  await control(new Request("http://127.0.0.1/_control/people/auth0%7Calex", { method: "DELETE" }));
  expect(bench.tenant.people.get("auth0|alex")).toBeUndefined();
  await post("/_control/clients", { id: "other", grantTypes: ["password"] });
  await post("/_control/clients", { id: "other", secret: "known" });
  expect(bench.tenant.clients).toMatchObject([
    { id: "mfa-enroll-demo" },
    { id: "mfa-enroll-management" },
    { id: "other", secret: "known", managementScopes: null },
  ]);
  await post("/_control/clients", { id: "other", secret: "known", managementScopes: ["update:users"] });
  expect(bench.tenant.clients[2]).toMatchObject({ id: "other", managementScopes: ["update:users"] });
  expect((await post("/_control/clients", { id: "other", managementScopes: "update:users" })).status).toBe(400);
  expect((await post("/_control/clients", { id: "other", grantTypes: "password" })).status).toBe(400);
  await post("/_control/reset", {});
  expect(bench.tenant.clients).toMatchObject([{ id: "mfa-enroll-demo" }, { id: "mfa-enroll-management" }]);
});

test("a scanner is told every secret that was handed out, seeded ones included, and a reset forgets none", async () => {
  const { bench, get, post } = createDoors();
  const token = await bench.mfaToken("robin@example.com");
  const app = await bench.associate(token, ENROLL.otp);
  const text = await bench.associate(token, ENROLL.sms);
  const push = await bench.associate(token, ENROLL.push);
  const { body } = await bench.confirm(token, text.body["oob_code"]);
  const jwt = await bench.mfaJwt("sasha@example.com");
  const renewable = { grant_type: "password", username: "toni@example.com", password: "Enroll-Demo-1" };
  const tokens = await bench.token({ ...renewable, scope: "openid offline_access" });
  await post("/_control/reset", {});
  const transaction = new URL(String(push.body["barcode_uri"])).searchParams.get("enrollment_tx_id");
  const minted: unknown = await (await get("/_control/minted")).json();
  expect(minted).toEqual(
    expect.arrayContaining([
      { kind: "recovery_code", value: "K7M2P9Q4R8S3T6V5W1X2Y9ZA" },
      { kind: "mfa_token", value: token },
      { kind: "recovery_code", value: String(app.body["recovery_codes"]) },
      { kind: "totp_secret", value: app.body["secret"] },
      { kind: "oob_code", value: text.body["oob_code"] },
      { kind: "enrollment_tx_id", value: transaction },
      { kind: "access_token", value: body["access_token"] },
      { kind: "id_token", value: body["id_token"] },
      { kind: "access_token", value: jwt },
      { kind: "refresh_token", value: tokens.body["refresh_token"] },
    ]),
  );
  expect(bench.tenant.minted().filter(({ kind }) => kind === "code")).toHaveLength(1);
});
