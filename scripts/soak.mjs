/*
 * Builds the production server, the simulated tenant and what loads them, and becomes the latter:
 * `node scripts/soak.mjs [--minutes 30] [--store redis|memory]`.
 */
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

await build(["serve", "soak"]);
stopWithParent();
await import(new URL("../dist/server/soak/main.js", import.meta.url).href);
