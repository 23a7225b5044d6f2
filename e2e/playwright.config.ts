import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Project } from "playwright/test";

/** Reads where the set-up has found or installed a browser. This file must load without one. */
function placeOf(preparation: string, usual: string): string {
  const record = fileURLToPath(new URL(`../node_modules/.bootstrap/${preparation}`, import.meta.url));
  return existsSync(record) ? readFileSync(record, "utf8").trim() : usual;
}

const takesPictures = process.env["SCREENSHOTS"] === "1";

/** Set by `npm run test:browsers` alone, once for each engine. */
const engine = process.env["ENGINE"];

/**
 * What every engine must pass: the way through, the focus, every scenario. Left out are canary.e2e.ts and two-processes.e2e.ts, whose
 * witness reads bodies and headers that only Chromium tells; every-screen.e2e.ts, which is about colours, names and sizes.
 */
const FLOW = [
  "demo.e2e.ts",
  "enroll.e2e.ts",
  "first-screen.e2e.ts",
  "scenarios.e2e.ts",
  "screens.e2e.ts",
  "watch-page.e2e.ts",
];

/** Set by `npm run test:states` alone: every state looked at in ways that are too many for `npm test`, and the doctor, which waits for a tenant. */
const looksAtStates = process.env["STATES"] === "1";
const STATES = [
  "access.e2e.ts",
  "doctor.e2e.ts",
  "fits.e2e.ts",
  "languages.e2e.ts",
  "low-views.e2e.ts",
  "typing.e2e.ts",
];
/** Played in each engine by `npm run test:browsers`, which is enough. */
const IN_ENGINES = ["scenarios.e2e.ts"];

/** Set by `npm run test:package` alone: the packed package in pages and servers of other people's, in two engines. */
const isPacked = process.env["PACKAGE"] === "1";
const PACKED = ["package*.e2e.ts"];

const wide = { width: 1280, height: 850 };

const engines: Readonly<Record<string, Project>> = {
  chromium: { name: "chromium", testMatch: FLOW, use: { viewport: wide } },
  firefox: {
    name: "firefox",
    testMatch: FLOW,
    use: {
      browserName: "firefox",
      // Mozilla's own build by WebDriver BiDi; Playwright's Firefox is another one, and downloaded.
      channel: "moz-firefox",
      viewport: wide,
      launchOptions: { executablePath: placeOf("firefox", "/usr/bin/firefox-esr"), args: [] },
    },
  },
  webkit: {
    name: "webkit",
    // Driven by WebDriver: Playwright has no WebKit that a distribution packages, and is the runner alone.
    testMatch: "browsers/*.webkit.ts",
    metadata: { miniBrowser: placeOf("webkit", "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser") },
  },
};

const states: Project = { name: "states", testMatch: STATES, use: { viewport: wide } };

const packed: Project[] = [
  { ...engines["chromium"], name: "chromium", testMatch: PACKED },
  // Firefox does not count what a page holds.
  { ...engines["firefox"], name: "firefox", testMatch: PACKED, testIgnore: "package-leaks.e2e.ts" },
];

const chosen = looksAtStates ? states : engine === undefined ? undefined : engines[engine];

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
      executablePath: placeOf("browser", "/usr/bin/chromium"),
      // Nothing but the tests may use the network.
      args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
  projects: isPacked
    ? packed
    : chosen
      ? [chosen]
      : takesPictures
        ? // Playwright hides the caret by a style of its own, which the page's policy would refuse.
          [{ name: "screenshots", testMatch: "*.shots.ts", use: { bypassCSP: true } }]
        : [
            {
              name: "desktop",
              testMatch: "*.e2e.ts",
              testIgnore: [...STATES, ...IN_ENGINES, ...PACKED],
              use: { viewport: wide },
            },
            {
              name: "phone",
              // What is about the servers and not about the screen is not run twice.
              testMatch: ["demo.e2e.ts", "enroll.e2e.ts", "screens.e2e.ts"],
              use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
            },
          ],
});
