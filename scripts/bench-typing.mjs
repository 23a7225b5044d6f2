/*
 * `npm run bench:typing`: builds the demo and measures in Chromium, slowed down four times, how long a key takes until it is
 * painted, in the phone field and in a bare input. The exit code is 1 when the phone field's worst is more than a frame later.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

await build(["demo"]);
const done = spawnSync(process.execPath, ["node_modules/playwright/cli.js", "test", "--config=e2e/bench.config.ts"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  stdio: "inherit",
});
process.exit(done.status ?? 1);
