import { expect, test } from "vitest";

import { createInProcessTarget } from "./in-process-target.ts";
import { createRemoteTarget, type RemoteOptions } from "./remote-target.ts";
import { report } from "./report.ts";
import { SUITE } from "./suite.ts";

/** A tenant with the policy "always" that the suite is told nothing about but its address and one person. */
async function lookFromOutside(more: Partial<RemoteOptions> = {}, phone?: string) {
  const inside = createInProcessTarget({ settings: { policy: "always" } });
  await inside.begin();
  const person = await inside.person(phone === undefined ? {} : { phone });
  const pauses: number[] = [];
  const { issuer, client } = inside;
  const target = await createRemoteTarget({
    issuer,
    client,
    realm: "Username-Password-Authentication",
    person,
    leaveTraces: false,
    phone: null,
    fetch: inside.fetch,
    wait: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    ...more,
  });
  return { inside, target, pauses };
}

async function play(target: Awaited<ReturnType<typeof createRemoteTarget>>) {
  const lines: string[] = [];
  const tally = await report(SUITE, target, (line) => lines.push(line));
  return { tally, lines };
}

test("somebody else's tenant is asked what changes nothing, and the rest is skipped with the reason", async () => {
  const { target, inside } = await lookFromOutside();
  const { tally, lines } = await play(target);
  expect(tally.failed, lines.join("\n")).toBe(0);
  expect(tally.passed).toBeGreaterThanOrEqual(15);
  expect(lines.at(-1)).toBe(`\n${tally.passed} passed, 0 failed, ${tally.skipped} skipped`);
  expect(lines.filter((line) => line.includes("it leaves authenticators behind")).length).toBeGreaterThan(0);
  await expect(inside.readCode("+12025550143")).rejects.toThrow("no message");
});

test("traces and texts are left only where they are allowed", async () => {
  const { target, inside } = await lookFromOutside({ leaveTraces: true, phone: "+12025550187" });
  const { tally, lines } = await play(target);
  expect(tally.failed, lines.join("\n")).toBe(0);
  expect(tally.passed).toBeGreaterThanOrEqual(23);
  expect(await inside.readCode("+12025550187")).toMatch(/^\d{6}$/);
});

test("somebody enrolled, or no person at all, is asked less", async () => {
  const { target } = await lookFromOutside({}, "+12025550123");
  expect([target.offers.has("mfaToken"), target.offers.has("unenrolled")]).toEqual([true, false]);
  const { target: bare } = await lookFromOutside({ person: null });
  expect([...bare.offers]).toEqual(["client", "https"]);
  expect((await play(bare)).tally.failed).toBe(0);
});

test("a tenant that is busy is waited for as long as it says, three times, and not beyond a minute", async () => {
  const now = Date.UTC(2026, 0, 1);
  const busy = (seconds: number | null) => {
    let asked = 0;
    const reset = seconds === null ? {} : { "x-ratelimit-reset": String(now / 1000 + seconds) };
    return {
      now: () => now,
      person: null,
      fetch: async () => {
        asked += 1;
        return new Response("{}", { status: 429, headers: reset });
      },
      asked: () => asked,
    };
  };
  const ask = async (tenant: ReturnType<typeof busy>) => {
    const { target, pauses } = await lookFromOutside(tenant);
    const { status } = await target.fetch(new Request("https://tenant.test/oauth/token"));
    return { status, pauses, asked: tenant.asked() };
  };
  expect(await ask(busy(7))).toEqual({ status: 429, asked: 3, pauses: [250, 7000, 250, 7000, 250] });
  expect(await ask(busy(null))).toEqual({ status: 429, asked: 3, pauses: [250, 60_000, 250, 60_000, 250] });
  expect(await ask(busy(3600))).toEqual({ status: 429, asked: 1, pauses: [250] });
});
