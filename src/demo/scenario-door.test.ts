import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoClient, managementClient } from "../simulator/clients.ts";
import { type ServedTenant, startTenant } from "../simulator/serve-tenant.ts";
import { createDemoClock, type DemoClock } from "./demo-clock.ts";
import { demoViewSchema } from "./demo-view.ts";
import { SCENARIOS } from "./scenarios/catalogue.ts";
import { type Demo, startDemo } from "./start-demo.ts";

const ORIGIN = "http://localhost:4300";

let clock: DemoClock;
let tenant: ServedTenant;
let demo: Demo;
beforeAll(async () => {
  clock = createDemoClock();
  tenant = await startTenant({
    port: 0,
    now: clock.now,
    wait: clock.wait,
    clients: [demoClient(), managementClient()],
  });
  demo = startDemo({ origins: [ORIGIN], page: () => new Response("page"), tenant, clock });
});
afterAll(async () => {
  await demo.close();
  await tenant.close();
});

const ask = (path: string, headers: Record<string, string> = {}) =>
  demo.fetch(new Request(`${ORIGIN}${path}`, { headers }));
const playing = async () => demoViewSchema.parse(await (await ask("/demo/state")).json()).scenario?.name ?? null;

describe("a scenario's link", () => {
  it.each(SCENARIOS.flatMap(({ scenarios }) => scenarios.map(({ name }) => name)))(
    "sets %s and leads to the page",
    async (name) => {
      const answer = await ask(`/?scenario=${name}`);
      expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/#scenario"]);
      expect(await playing()).toBe(name);
    },
  );

  it("leaves nothing of the scenario before it", async () => {
    await ask("/?scenario=tenant-rate-limited");
    await ask("/?scenario=session-over");
    clock.later(960);
    await ask("/?scenario=sms-factor-off");
    await ask("/?scenario=slow-network");
    await ask("/?scenario=service-unreachable");
    await ask("/?scenario=enroll-by-text");
    const session = await ask("/api/mfa/session", { "X-MFA-Enroll": "1", Origin: ORIGIN });
    expect(await session.text()).toContain('"now"');
    expect(tenant.simulator.settings.factors.phone).toBe(true);
    expect(tenant.simulator.faults.list()).toEqual([]);
    expect(tenant.simulator.outbox.list()).toEqual([]);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(60_000);
  });

  it("that is followed while another one is set waits for its turn", async () => {
    await Promise.all([ask("/?scenario=too-many-tries"), ask("/?scenario=email-only")]);
    expect(await playing()).toBe("email-only");
    expect(tenant.simulator.outbox.list()).toEqual([]);
  });

  it("without a scenario behind it changes nothing and leads to the list", async () => {
    await ask("/?scenario=sms-factor-off");
    const answer = await ask("/?scenario=no%20such%20thing");
    expect(answer.headers.get("Location")).toBe("/scenarios#unknown=no%20such%20thing");
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await playing()).toBe("sms-factor-off");
    expect(tenant.simulator.settings.factors.phone).toBe(false);
  });

  it.each([{ "Sec-Fetch-Dest": "image" }, { "Sec-Fetch-Dest": "iframe" }, { "Sec-Purpose": "prefetch" }])(
    "sets nothing where nobody has followed it: %j",
    async (headers) => {
      await ask("/?scenario=email-only");
      expect((await ask("/?scenario=locked", headers)).status).toBe(403);
      expect(await playing()).toBe("email-only");
    },
  );

  it("is forgotten when the demo starts over", async () => {
    await ask("/?scenario=session-over");
    await demo.fetch(new Request(`${ORIGIN}/demo/reset`, { method: "POST" }));
    expect(await playing()).toBeNull();
  });
});
