import type { WebDriver } from "selenium-webdriver";
import { test as base, expect } from "playwright/test";
import { type Site, startDemoServer } from "../servers.ts";
import { createEnrollment, type Enrollment, webDriverKeyboard, webDriverPointer } from "./enrollment.ts";
import { violationsIn } from "./axe.ts";
import { startWebKit, type WebKit } from "./webkit.ts";

export { expect };

interface WorkerParts {
  webKit: WebKit;
  /** The built demo, one for each worker. Tests take `demo`, which starts it over. */
  demoServer: Site;
}

interface TestParts {
  /** Whether the desktop around the browser is dark. */
  dark: boolean;
  /** The built demo as it is when it has just been started. */
  demo: Site;
  /** A browser that knows nothing yet, with the demo's page open. */
  driver: WebDriver;
  /** The panel and the wizard, driven with a pointer. */
  enrollment: Enrollment;
  /** The same by keyboard alone. */
  byKeyboard: Enrollment;
  /** Fails the test with what axe finds on the screen as it is. */
  expectAccessible(what: string): Promise<void>;
}

export const test = base.extend<TestParts, WorkerParts>({
  webKit: [
    // Playwright demands a destructured first argument.
    async ({}, use, { project }) => {
      const webKit = await startWebKit(String(project.metadata["miniBrowser"]));
      await use(webKit);
      await webKit.stop();
    },
    { scope: "worker" },
  ],
  demoServer: [
    async ({}, use) => {
      const site = await startDemoServer();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  dark: [false, { option: true }],
  demo: async ({ demoServer }, use) => {
    const answer = await fetch(`${demoServer.page}/demo/reset`, { method: "POST" });
    expect(answer.status).toBe(200);
    await use(demoServer);
  },
  driver: async ({ webKit, demo, dark }, use) => {
    const driver = await webKit.open({ dark });
    await driver.get(demo.page);
    await use(driver);
    await driver.quit();
  },
  enrollment: ({ driver }, use) => use(createEnrollment(driver, webDriverPointer(driver))),
  byKeyboard: ({ driver }, use) => use(createEnrollment(driver, webDriverKeyboard(driver))),
  expectAccessible: ({ driver }, use) =>
    use(async (what) => {
      expect(await violationsIn(driver), what).toEqual([]);
    }),
});
