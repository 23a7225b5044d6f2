import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, type Page, test as base } from "playwright/test";
import { createEnrollmentPage } from "../src/testing/enrollment-page.ts";
import { lastMessageId, readCode } from "../src/testing/read-code.ts";
import { addPerson } from "./people.ts";
import { built, freePort, type Running, start } from "./servers.ts";

/*
 * The package as it is packed, in other people's pages and on their servers: what they import comes from the installed archive alone.
 */

const hosts = fileURLToPath(new URL("../dist/hosts", import.meta.url));
const PHONE = "+12025550142";

type Host = { page: string; tenant: string; outbox: string };

const test = base.extend<{ complaints: string[] }, { hostOn(server: string): Promise<Host> }>({
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

/** Signs somebody in, lets them add their phone, and returns what the page has heard meanwhile. */
async function enrollOn(page: Page, host: Host, address: string): Promise<unknown> {
  const site = { ...host, page: host.page };
  const person = await addPerson({ ...site, logs: () => [], secrets: [], stop: async () => {} });
  const after = await lastMessageId(host.outbox);
  const enrollment = createEnrollmentPage(page);
  await page.goto(`${host.page}${address}`);
  await enrollment.signInHere(person);
  await enrollment.addMethod();
  await enrollment.chooseChannel("sms");
  await enrollment.enterPhone("sms", PHONE);
  await enrollment.enterCode(await readCode(host.outbox, { channel: "sms", to: PHONE, after }));
  await enrollment.saveRecoveryCode();
  await enrollment.finish();
  expect(await enrollment.methods()).toEqual([expect.stringMatching(/^Text message and voice call/)]);
  return page.evaluate("window.heard");
}

const HEARD = [["mfa-enrolled", { channel: "sms", replaced: false }], ["mfa-close"]];

for (const server of ["express", "fastify", "hono"]) {
  test(`the element enrolls a phone in a page with a strict policy and hostile styles, on ${server}`, async ({
    page,
    hostOn,
  }) => {
    expect(await enrollOn(page, await hostOn(server), "/index.html")).toEqual(HEARD);
  });
}

test("the element enrolls in the page's own tree, where password managers look", async ({ page, hostOn }) => {
  expect(await enrollOn(page, await hostOn("express"), "/light.html")).toEqual(HEARD);
});

test("the React door enrolls in an app that Vite has built from the archive", async ({ page, hostOn }) => {
  expect(await enrollOn(page, await hostOn("express"), "/react/index.html")).toEqual(HEARD);
});

test("nothing of the page's styles reaches into the element, and nothing of its own comes out", async ({
  page,
  hostOn,
}) => {
  const host = await hostOn("express");
  await page.goto(`${host.page}/index.html`);
  const button = page.getByRole("button", { name: "Sign in", exact: true }).first();
  await expect(button).toBeVisible();
  expect(await button.evaluate((one) => getComputedStyle(one).textTransform)).toBe("none");
  expect(await page.locator("h1").evaluate((one) => getComputedStyle(one).color)).toBe("rgb(255, 0, 0)");
});
