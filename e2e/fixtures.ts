import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect } from "playwright/test";
import { createEnrollmentPage, type EnrollmentPage } from "../src/testing/enrollment-page.ts";
import { type Site, startDemoServer } from "./servers.ts";

export { expect };

/** What Chromium writes for every answer of 400 and above, refusals that a screen explains among them. */
const REFUSAL = /^Failed to load resource: the server responded with a status of (?:4\d\d|503)/;

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface WorkerParts {
  /** The built demo, one for each worker. */
  demo: Site;
}

interface TestParts {
  enrollment: EnrollmentPage;
  /** Fails the test with what axe finds on the screen as it is, in light and in dark. */
  expectAccessible(what: string): Promise<void>;
  /** On for every test: console errors, page errors and policy violations fail it. */
  quiet: undefined;
}

export const test = base.extend<TestParts, WorkerParts>({
  demo: [
    // Playwright demands a destructured first argument.
    async ({}, use) => {
      const site = await startDemoServer();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  enrollment: async ({ page }, use) => {
    await use(createEnrollmentPage(page));
  },
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        const grave = message.type() === "error" || message.type() === "warning";
        if (grave && !REFUSAL.test(message.text())) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await use(undefined);
      expect(complaints, "the page complained").toEqual([]);
    },
    { auto: true },
  ],
  expectAccessible: async ({ page }, use) => {
    await use(async (what) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const axe = new AxeBuilder({ page });
        // Dark differs in colours alone, so the other rules would only cost their time again.
        if (colorScheme === "light") axe.withTags(TAGS);
        else axe.withRules(["color-contrast"]);
        const { violations } = await axe.analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
        expect(found, `${what}, ${colorScheme}`).toEqual([]);
      }
      await page.emulateMedia({ colorScheme: null, reducedMotion: null });
    });
  },
});
