import { afterEach, expect, test } from "vitest";

import { type ServedTenant, type ServeOptions, startTenant } from "../simulator/serve-tenant.ts";
import { createControlledTarget } from "./controlled-target.ts";
import { report } from "./report.ts";
import { SUITE } from "./suite.ts";

let open: ServedTenant[] = [];

afterEach(async () => {
  await Promise.all(open.map((tenant) => tenant.close()));
  open = [];
});

async function playOver(options: Partial<ServeOptions>, chapters = SUITE) {
  const tenant = await startTenant({ port: 0, settings: { policy: "always" }, ...options });
  open = [tenant];
  const target = await createControlledTarget({
    origin: `${tenant.origin}/`,
    control: tenant.controlUrl,
    client: { client_id: "mfa-enroll-demo", client_secret: "mfa-enroll-demo-secret" },
  });
  const lines: string[] = [];
  const tally = await report(chapters, target, (line) => lines.push(line));
  return { tally, lines };
}

test("the whole suite passes over real HTTP, its codes read and its switches set by the control doors", async () => {
  const { tally, lines } = await playOver({ issuer: "https://tenant.test/" });
  expect(tally.failed, lines.join("\n")).toBe(0);
  expect(tally.skipped).toBe(0);
  expect(tally.passed).toBe(SUITE.flatMap(({ behaviours }) => behaviours).length);
}, 60_000);

test("only the clients that know nothing but https skip a tenant without it", async () => {
  const { tally, lines } = await playOver({}, SUITE.slice(-4));
  expect(tally.failed, lines.join("\n")).toBe(0);
  expect(tally.passed).toBeGreaterThan(0);
  expect(tally.skipped).toBeGreaterThan(0);
  expect(tally.skipped).toBe(lines.filter((line) => line.includes("https addresses only")).length);
}, 60_000);
