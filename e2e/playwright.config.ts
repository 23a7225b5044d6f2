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
  // A test takes a few seconds; these are for a machine that is busy with something else.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  // Each worker runs servers of its own beside a browser; two is what a small machine bears.
  workers: 2,
  // Nobody watches the machine that runs `.ci/run`: one that fails once there is tried once more, and listed as flaky.
  retries: process.env["CI"] ? 1 : 0,
  reporter: "list",
  use: {
    locale: "en-GB",
    timezoneId: "Europe/London",
    // A trace notes every single key, which doubles the time of a test by keyboard: `TRACE=1` asks for it.
    trace: process.env["TRACE"] === "1" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      // Nothing but the tests may use the network.
      args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
  projects: takesPictures
    ? // Playwright hides the caret by a style of its own, which the page's policy would refuse.
      [{ name: "screenshots", testMatch: "*.shots.ts", use: { bypassCSP: true } }]
    : [
        { name: "desktop", testMatch: "*.e2e.ts", use: { viewport: { width: 1280, height: 850 } } },
        {
          name: "phone",
          // What is about the servers and not about the screen is not run twice.
          testMatch: ["demo.e2e.ts", "enroll.e2e.ts", "screens.e2e.ts"],
          use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
        },
      ],
});
