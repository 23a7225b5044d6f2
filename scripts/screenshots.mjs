/*
 * Builds the demo and takes the README's pictures of it, and of every state there is, into docs/screenshots. Sheets of all
 * states at other widths, to be looked at, go into test-results/contact-sheet. All of it takes some minutes.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

await build(["demo"]);
const done = spawnSync(
  process.execPath,
  ["node_modules/playwright/cli.js", "test", "--config=e2e/playwright.config.ts"],
  {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...process.env, SCREENSHOTS: "1" },
    stdio: "inherit",
  },
);
process.exit(done.status ?? 1);
