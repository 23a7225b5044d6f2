import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, type Page, test as base } from "playwright/test";
import { GENEROUS_LIMITS } from "../src/bff/generous-limits.ts";
import { createEnrollmentPage, type TestPerson } from "../src/testing/enrollment-page.ts";
import { lastMessageId, readCode } from "../src/testing/read-code.ts";
import { addPerson } from "./people.ts";
import { built, freePort, type Running, start } from "./servers.ts";

export { expect };

/*
 * Starts the servers of other people's on which the package, as it is packed, is tried.
 */

/** Where `scripts/hosts.mjs` has laid out the pages, the servers and the installed archive. */
export const hosts = fileURLToPath(new URL("../dist/hosts", import.meta.url));

/** A number that is reserved for examples. */
export const PHONE = "+12025550142";

/** A server of somebody else's with the tenant behind it: three addresses. */
export type Host = { page: string; tenant: string; outbox: string };

interface TestParts {
  /** What the page complained of so far. What is left in it at the end of a test fails that test. */
  complaints: string[];
}

interface WorkerParts {
  /** Gives the example server of that name, one a worker. */
  hostOn(server: string): Promise<Host>;
}

export const test = base.extend<TestParts, WorkerParts>({
  hostOn: [
    // Playwright demands a destructured first argument.
    async ({}, use) => {
      const running: Running[] = [];
      const known = new Map<string, Promise<Host>>();
      const open = async (server: string): Promise<Host> => {
        const port = await freePort();
        const page = `http://localhost:${port}`;
        const tenant = await start(
          built("tenant"),
          { TENANT_PORT: "0", TENANT_APP_ORIGIN: page, TENANT_CALLBACKS: `${page}/api/mfa/callback` },
          /Simulated tenant\s+(http:\S+)[\s\S]*Ctrl-C/,
        );
        running.push(tenant);
        const settings = {
          // Every test enrolls the same number from the same address.
          ...GENEROUS_LIMITS,
          AUTH0_DOMAIN: tenant.found,
          AUTH0_CLIENT_ID: "mfa-enroll-demo",
          AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
          MFA_PUBLIC_URL: page,
          MFA_SECRET_KEY: randomBytes(32).toString("base64"),
          MFA_SIGN_IN: "redirect,password",
        };
        const pages = { PAGES: `${hosts}/public`, PORT: String(port) };
        running.push(await start(`${hosts}/servers/${server}.mjs`, { ...settings, ...pages }, /(ready)/));
        return { page, tenant: tenant.found, outbox: `${tenant.found}/_control/outbox` };
      };
      await use((server) => {
        const host = known.get(server) ?? open(server);
        known.set(server, host);
        return host;
      });
      for (const one of running) await one.stop();
    },
    { scope: "worker" },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (said) => {
        // A browser notes every refusal of a service as a failed resource; whether it was one is asked elsewhere.
        if (["error", "warning"].includes(said.type()) && !said.text().includes("Failed to load resource"))
          complaints.push(said.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Adds somebody who has nothing yet to the tenant behind a host. */
export function personOn(host: Host): Promise<TestPerson> {
  return addPerson({ ...host, logs: () => [], secrets: [], stop: async () => {} });
}

/** Signs somebody in and leads them to the code for their phone; returns that code. */
export async function toTheCode(page: Page, host: Host, address: string): Promise<string> {
  const person = await personOn(host);
  const after = await lastMessageId(host.outbox);
  const enrollment = createEnrollmentPage(page);
  await page.goto(`${host.page}${address}`);
  await enrollment.signInHere(person);
  await enrollment.addMethod();
  await enrollment.chooseChannel("sms");
  await enrollment.enterPhone("sms", PHONE);
  return readCode(host.outbox, { channel: "sms", to: PHONE, after });
}

/** Signs somebody in, lets them add their phone, and returns what the page has heard meanwhile. */
export async function enrollOn(page: Page, host: Host, address: string): Promise<unknown> {
  const code = await toTheCode(page, host, address);
  const enrollment = createEnrollmentPage(page);
  await enrollment.enterCode(code);
  await enrollment.saveRecoveryCode();
  await enrollment.finish();
  expect(await enrollment.methods()).toEqual([expect.stringMatching(/^Text message and voice call/)]);
  return page.evaluate("window.heard");
}
