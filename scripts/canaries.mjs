/*
 * Builds the production server and what looks for secrets around it, and becomes the latter:
 * `node scripts/canaries.mjs [--visits 1000] [--rounds 1]`.
 */
import { existsSync, readFileSync } from "node:fs";
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

await build(["serve", "canaries"]);
stopWithParent();
// Where the set-up has found or installed a browser.
const found = new URL("../node_modules/.bootstrap/browser", import.meta.url);
process.argv.push("--browser", existsSync(found) ? readFileSync(found, "utf8").trim() : "/usr/bin/chromium");
await import(new URL("../dist/server/canaries/main.js", import.meta.url).href);
