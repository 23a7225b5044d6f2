import { once } from "node:events";
import { connect, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { demoClient, managementClient } from "../simulator/clients.ts";
import { type ServedTenant, startTenant } from "../simulator/serve-tenant.ts";
import { createDemoClock, type DemoClock } from "./demo-clock.ts";
import { type Demo, startDemo } from "./start-demo.ts";

const ORIGIN = "http://localhost:4300";

/** One mail at the gate. */
interface HeldMail {
  pass(): void;
  turnAway(): void;
  /** Resolves once it is delivered or given up. */
  over: Promise<unknown>;
}

/** A door in front of the mailbox that lets every mail pass but one that is waited for. */
async function openGate(mailboxUrl: string) {
  let awaiting: ((mail: HeldMail) => void) | null = null;
  const server = createServer((sender) => {
    const pass = () => void sender.pipe(connect(Number(new URL(mailboxUrl).port), "127.0.0.1")).pipe(sender);
    const hold = awaiting;
    awaiting = null;
    if (hold) hold({ pass, turnAway: () => sender.destroy(), over: once(sender, "close") });
    else pass();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    /** Resolves when the next mail has come, which stands still until it is told. */
    next: () =>
      new Promise<HeldMail>((resolve) => {
        awaiting = resolve;
      }),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

let clock: DemoClock;
let tenant: ServedTenant;
let gate: Awaited<ReturnType<typeof openGate>>;
let demo: Demo;
beforeAll(async () => {
  clock = createDemoClock();
  tenant = await startTenant({
    port: 0,
    now: clock.now,
    wait: clock.wait,
    clients: [demoClient(), managementClient()],
  });
  const { mailbox } = tenant;
  if (!mailbox) throw new Error("The tenant has no mailbox.");
  gate = await openGate(mailbox.url);
  const behindGate = { ...tenant, mailbox: { ...mailbox, url: gate.url } };
  demo = startDemo({ origins: [ORIGIN], page: () => new Response("page"), tenant: behindGate, clock });
});
afterAll(async () => {
  await demo.close();
  await gate.close();
  await tenant.close();
});

/** Signs Robin in and adds a phone, of which a mail tells them afterwards. */
async function addMethod(): Promise<void> {
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
}

const startOver = () => demo.fetch(new Request(`${ORIGIN}/demo/reset`, { method: "POST" }));
const mails = () => tenant.simulator.outbox.list().filter(({ channel }) => channel === "email");

it("tells somebody who added a method in the demo's own mailbox", async () => {
  await addMethod();
  await vi.waitFor(() => expect(mails()).toHaveLength(1));
  expect(mails()[0]).toMatchObject({ to: "robin@example.com", subject: "A sign-in method was added" });
  expect(mails()[0]?.code).toBeUndefined();
  expect(mails()[0]?.text).toContain(ORIGIN);
});

describe("a mail of before the demo started over", () => {
  it("does not arrive after it, although it was on its way", async () => {
    await startOver();
    const next = gate.next();
    await addMethod();
    const mail = await next;
    const cleared = startOver();
    // By now it would have started over, if it did not wait.
    await new Promise((resolve) => setImmediate(resolve));
    mail.pass();
    await Promise.all([cleared, mail.over]);
    expect(tenant.simulator.outbox.list()).toEqual([]);
  });

  it("is not sent after it, although it was to be tried again", async () => {
    await startOver();
    const next = gate.next();
    await addMethod();
    const mail = await next;
    mail.turnAway();
    await mail.over;
    await startOver();
    // It would have been tried again after fifteen seconds.
    clock.later(20);
    await addMethod();
    await vi.waitFor(() => expect(mails()).not.toEqual([]));
    expect(mails()).toHaveLength(1);
  });
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
