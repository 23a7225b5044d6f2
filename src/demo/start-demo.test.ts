import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { demoClient, managementClient } from "../simulator/clients.ts";
import { type ServedTenant, startTenant } from "../simulator/serve-tenant.ts";
import { createDemoClock } from "./demo-clock.ts";
import { type Demo, startDemo } from "./start-demo.ts";

const ORIGIN = "http://localhost:4300";

let tenant: ServedTenant;
let demo: Demo;
beforeAll(async () => {
  tenant = await startTenant({ port: 0, clients: [demoClient(), managementClient()] });
  demo = startDemo({ origins: [ORIGIN], page: () => new Response("page"), tenant, clock: createDemoClock() });
});
afterAll(async () => {
  await demo.close();
  await tenant.close();
});

it("tells somebody who added a method in the demo's own mailbox", async () => {
  let cookie = "";
  async function post(path: string, body: unknown): Promise<unknown> {
    const headers = {
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
      "x-mfa-enroll": "1",
      origin: ORIGIN,
      cookie,
    };
    const answer = await demo.fetch(
      new Request(`${ORIGIN}/api/mfa${path}`, { method: "POST", headers, body: JSON.stringify(body) }),
    );
    cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return answer.json();
  }
  await post("/sign-in", { way: "password", username: "robin@example.com", password: "Enroll-Demo-1" });
  const sent = await post("/enrollment", { channel: "sms", contact: "+12025550147" });
  const enrollmentId = /"enrollmentId":"([\w-]+)"/.exec(JSON.stringify(sent))?.[1];
  const code = tenant.simulator.outbox.list().at(-1)?.code;
  await post("/enrollment/confirm", { enrollmentId, code });
  await vi.waitFor(() => {
    expect(tenant.simulator.outbox.list().at(-1)).toMatchObject({
      channel: "email",
      to: "robin@example.com",
      subject: "A sign-in method was added",
    });
  });
  expect(tenant.simulator.outbox.list().at(-1)?.code).toBeUndefined();
  expect(tenant.simulator.outbox.list().at(-1)?.text).toContain(ORIGIN);
});

it.each(["/", "/demo/outbox", "/demo/state", "/scenarios", "/api/mfa/session"])(
  "answers %s under its own address only, so that no page elsewhere reads the codes by a name of its own for this machine",
  async (path) => {
    for (const origin of ["http://evil.example:4300", "http://localhost.evil.example:4300", "http://localhost:4301"]) {
      expect((await demo.fetch(new Request(origin + path))).status).toBe(421);
    }
    expect((await demo.fetch(new Request(ORIGIN + path))).status).not.toBe(421);
  },
);
