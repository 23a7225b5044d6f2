import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "playwright/test";

/** Written by the set-up, which finds or installs the browser. This file must load without one. */
const record = fileURLToPath(new URL("../node_modules/.bootstrap/browser", import.meta.url));
const executablePath = existsSync(record) ? readFileSync(record, "utf8").trim() : "/usr/bin/chromium";

const takesPictures = process.env["SCREENSHOTS"] === "1";

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results/e2e",
  forbidOnly: true,
  fullyParallel: true,
  // Each worker runs servers of its own beside a browser; two is what a small machine bears.
  workers: 2,
  retries: 0,
  reporter: "list",
  use: {
    locale: "en-GB",
    timezoneId: "Europe/London",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      // Nothing but the tests may use the network.
      args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
  projects: takesPictures
    ? [{ name: "screenshots", testMatch: "*.shots.ts" }]
    : [
        { name: "desktop", testMatch: "*.e2e.ts", use: { viewport: { width: 1280, height: 850 } } },
        {
          name: "phone",
          testMatch: "*.e2e.ts",
          use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
        },
      ],
});
