import { expect, test } from "vitest";

import { createBench, ENROLL } from "./bench.ts";
import type { FaultRule } from "./faults.ts";

const ASSOCIATE = "POST /mfa/associate";

async function struckBy(rule: FaultRule) {
  const waits: number[] = [];
  const bench = createBench({
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
  const token = await bench.mfaToken("robin@example.com");
  bench.tenant.faults.add(rule);
  const ask = () => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(ENROLL.sms) };
    return bench.tenant.fetch(new Request("https://tenant.test/mfa/associate", init));
  };
  return { bench, ask, waits, sends: () => bench.tenant.ledger.list("send").length };
}

test("a reset before the tenant acted leaves nothing behind", async () => {
  const { ask, sends } = await struckBy({ route: ASSOCIATE, phase: "before", action: { type: "reset" } });
  await expect(ask()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(sends()).toBe(0);
});

test("a reset after the tenant acted leaves the message sent", async () => {
  const { ask, sends } = await struckBy({ route: ASSOCIATE, phase: "afterCommit", action: { type: "reset" } });
  await expect(ask()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(sends()).toBe(1);
});

test("a rule for the second request strikes the second request only, and is counted", async () => {
  const { bench, ask } = await struckBy({
    route: ASSOCIATE,
    nth: 2,
    phase: "before",
    action: { type: "status", status: 503, headers: { "retry-after": "9" }, body: "busy" },
  });
  expect((await ask()).status).toBe(200);
  const struck = await ask();
  expect([struck.status, struck.headers.get("retry-after"), await struck.text()]).toEqual([503, "9", "busy"]);
  expect((await ask()).status).toBe(200);
  expect(bench.tenant.faults.struck()).toEqual({ "POST /mfa/associate before status": 1 });
  bench.tenant.faults.clear();
  expect(bench.tenant.faults.struck()).toEqual({});
});

test("an answer can end early, cleanly or with the connection", async () => {
  const clean = await struckBy({ route: ASSOCIATE, phase: "midBody", action: { type: "truncate", bytes: 10 } });
  expect((await (await clean.ask()).text()).length).toBe(10);
  const broken = await struckBy({ route: ASSOCIATE, phase: "midBody", action: { type: "reset", bytes: 10 } });
  await expect((await broken.ask()).text()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(broken.sends()).toBe(1);
});

test("an answer can be slow to come or come in drops", async () => {
  const late = await struckBy({ route: ASSOCIATE, phase: "before", action: { type: "delay", milliseconds: 9000 } });
  expect((await late.ask()).status).toBe(200);
  expect(late.waits).toEqual([9000]);
  const drops = await struckBy({
    route: ASSOCIATE,
    phase: "midBody",
    action: { type: "drip", milliseconds: 5, bytes: 100 },
  });
  expect(await (await drops.ask()).json()).toMatchObject({ oob_channel: "sms" });
  expect(drops.waits.length).toBeGreaterThan(5);
});

test("a rule can mean one grant and leave the others alone", async () => {
  const bench = createBench();
  bench.tenant.faults.add({ route: "POST /oauth/token mfa-oob", phase: "before", action: { type: "garbage" } });
  const token = await bench.mfaToken("robin@example.com");
  const { body } = await bench.associate(token, ENROLL.sms);
  await expect(bench.confirm(token, body["oob_code"])).rejects.toThrow(SyntaxError);
});
