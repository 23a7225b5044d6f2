import { afterEach, expect, test } from "vitest";

import { type ServedTenant, type ServeOptions, startTenant } from "./serve-tenant.ts";

/** Stands for any text of that form. */
const like = (form: RegExp): unknown => expect.stringMatching(form);

let open: ServedTenant[] = [];

async function start(options: Partial<ServeOptions> = {}): Promise<ServedTenant> {
  const tenant = await startTenant({ port: 0, ...options });
  open = [...open, tenant];
  return tenant;
}

afterEach(async () => {
  await Promise.all(open.map((tenant) => tenant.close()));
  open = [];
});

async function mfaToken({ origin, simulator }: ServedTenant): Promise<string> {
  simulator.settings.policy = "always";
  const body = new URLSearchParams({
    grant_type: "password",
    client_id: "mfa-enroll-demo",
    client_secret: "mfa-enroll-demo-secret",
    username: "robin@example.com",
    password: "Enroll-Demo-1",
  });
  const answer: unknown = await (await fetch(`${origin}/oauth/token`, { method: "POST", body })).json();
  return Object.assign({ mfa_token: "" }, answer).mfa_token;
}

async function enrollMail(tenant: ServedTenant): Promise<Response> {
  const headers = { authorization: `Bearer ${await mfaToken(tenant)}`, "content-type": "application/json" };
  const body = JSON.stringify({ authenticator_types: ["oob"], oob_channels: ["email"], email: "backup@example.org" });
  return fetch(`${tenant.origin}/mfa/associate`, { method: "POST", headers, body });
}

test("a code by mail travels by SMTP and shows in the mailbox and the outbox", async () => {
  const tenant = await start();
  expect((await enrollMail(tenant)).status).toBe(200);
  const [mail] = tenant.mailbox?.list() ?? [];
  expect(mail).toMatchObject({ to: "backup@example.org", subject: "Your Meridian code" });
  const outbox: unknown = await (await fetch(`${tenant.controlUrl}/outbox`)).json();
  expect(outbox).toMatchObject([{ channel: "email", to: "backup@example.org", code: like(/^\d{6}$/) }]);
  expect(mail?.text).toContain(`Your code is ${tenant.simulator.outbox.list()[0]?.code}.`);
});

test("mail goes to another SMTP address where one is given", async () => {
  const first = await start();
  const second = await start({ smtpUrl: first.mailbox?.url ?? "" });
  await enrollMail(second);
  expect(second.mailbox).toBeNull();
  expect(first.mailbox?.list()).toHaveLength(1);
});

test("a carrier that is down leaves the enrollment standing and the ledger truthful", async () => {
  const tenant = await start({ smtpUrl: "smtp://127.0.0.1:9" });
  expect((await enrollMail(tenant)).status).toBe(200);
  expect(tenant.simulator.ledger.list("sendFailed")).toHaveLength(1);
});

test("a taken port is an error, or another port where that is allowed", async () => {
  const first = await start();
  const port = Number(new URL(first.origin).port);
  await expect(startTenant({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  const second = await start({ port, fallback: true });
  expect(second.origin).not.toBe(first.origin);
  const discovery: unknown = await (await fetch(`${second.origin}/.well-known/openid-configuration`)).json();
  expect(discovery).toMatchObject({ issuer: `${second.origin}/` });
});

test("a reset ends the connection instead of answering", async () => {
  const tenant = await start();
  tenant.simulator.faults.add({ route: "GET /userinfo", phase: "before", action: { type: "reset" } });
  await expect(fetch(`${tenant.origin}/userinfo`)).rejects.toThrow(TypeError);
  tenant.simulator.faults.clear();
  expect((await fetch(`${tenant.origin}/userinfo`)).status).toBe(401);
  // A rule looks into the body for the grant; the endpoint must still find it whole.
  tenant.simulator.faults.add({ route: "POST /oauth/token mfa-oob", phase: "before", action: { type: "reset" } });
  expect(await mfaToken(tenant)).toMatch(/^Fe26/);
});

test("it closes although a message stream is open", async () => {
  const tenant = await start();
  const stream = await fetch(`${tenant.controlUrl}/outbox/stream`);
  expect(stream.headers.get("content-type")).toBe("text/event-stream");
  await tenant.close();
  open = [];
  await expect(stream.text()).rejects.toThrow(TypeError);
});
