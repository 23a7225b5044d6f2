import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "playwright/test";

/** Written by the set-up, which finds or installs the browser. */
const record = fileURLToPath(new URL("../../node_modules/.bootstrap/browser", import.meta.url));
const executablePath = existsSync(record) ? readFileSync(record, "utf8").trim() : "/usr/bin/chromium";

const isLive = process.env["TOUR_LIVE"] === "1";

/** The dock stands beside the page from 1000 pixels on; this leaves the page a column that is comfortable to read. */
const SIZE = { width: 1160, height: 800 };

export default defineConfig({
  testDir: ".",
  testMatch: "tour.run.ts",
  outputDir: "../../test-results/tour",
  // A recording takes about one minute; somebody who presents takes as long as they like.
  timeout: isLive ? 0 : 110_000,
  workers: 1,
  reporter: "line",
  use: {
    actionTimeout: 15_000,
    locale: "en-GB",
    timezoneId: "Europe/London",
    viewport: SIZE,
    headless: !isLive,
    ...(isLive ? {} : { contextOptions: { reducedMotion: "reduce" } }),
    launchOptions: {
      executablePath,
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // A little more than the page, for the browser's own bars.
        `--window-size=${SIZE.width + 20},${SIZE.height + 140}`,
      ],
    },
  },
});
