import { test as base, expect } from "playwright/test";
import { createEnrollmentPage, type EnrollmentPage } from "../src/testing/enrollment-page.ts";
import { type Hand, keyboardHand, pointerHand, touchHand } from "../src/testing/hand.ts";
import { violationsOn } from "./axe.ts";
import { type Site, startDemoServer, startPair, type Ways } from "./servers.ts";
import { watchPage } from "./watch-page.ts";

export { expect };

interface WorkerParts {
  /** The built demo, one for each worker. Tests take `demo`, which starts it over. */
  demoServer: Site;
  /** Gives the tenant and the production server as two processes; one pair a worker for each choice of settings. */
  pairFor(ways: Ways, settings?: Readonly<Record<string, string>>): Promise<Site>;
}

interface TestParts {
  /** The built demo as it is when it has just been started. */
  demo: Site;
  /** By keyboard alone on wide screens, by touch on the phone. */
  hand: Hand;
  /** The panel and the wizard, driven by `hand`. */
  enrollment: EnrollmentPage;
  /** The same driven by a pointer, for tests that are about what is seen. */
  quick: EnrollmentPage;
  /** Fails the test with what axe finds on the screen as it is, in light and in dark. */
  expectAccessible(what: string): Promise<void>;
  /** What the page complained of so far. What is left in it at the end of a test fails that test. */
  complaints: string[];
}

export const test = base.extend<TestParts, WorkerParts>({
  demoServer: [
    // Playwright demands a destructured first argument.
    async ({}, use) => {
      const site = await startDemoServer();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  pairFor: [
    async ({}, use) => {
      const pairs = new Map<string, Promise<Site>>();
      await use((ways, settings = {}) => {
        const key = JSON.stringify([ways, settings]);
        const pair = pairs.get(key) ?? startPair(ways, settings);
        pairs.set(key, pair);
        return pair;
      });
      for (const pair of pairs.values()) await (await pair).stop();
    },
    { scope: "worker" },
  ],
  demo: async ({ demoServer }, use) => {
    const answer = await fetch(`${demoServer.page}/demo/reset`, { method: "POST" });
    expect(answer.status).toBe(200);
    await use(demoServer);
  },
  hand: async ({ page, hasTouch }, use) => {
    await use(hasTouch ? touchHand() : keyboardHand(page));
  },
  enrollment: async ({ page, hand }, use) => {
    await use(createEnrollmentPage(page, hand));
  },
  quick: async ({ page }, use) => {
    await use(createEnrollmentPage(page, pointerHand()));
  },
  complaints: [
    async ({ page }, use) => {
      const complaints = await watchPage(page);
      await use(complaints);
      expect(complaints, "the page complained").toEqual([]);
    },
    { auto: true },
  ],
  expectAccessible: async ({ page }, use) => {
    await use(async (what) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const found = await violationsOn(page, { coloursAlone: colorScheme === "dark" });
        expect(found, `${what}, ${colorScheme}`).toEqual([]);
      }
      await page.emulateMedia({ colorScheme: null, reducedMotion: null });
    });
  },
});
