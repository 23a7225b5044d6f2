/*
 * Builds the production server and what kills it, and becomes the latter: `node scripts/kills.mjs [--seed N]`.
 */
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

await build(["serve", "kills"]);
stopWithParent();
await import(new URL("../dist/server/kills/main.js", import.meta.url).href);
