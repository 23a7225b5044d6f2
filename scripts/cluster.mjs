/*
 * Builds the production server twice, as it is and as a later version could be, and what troubles them, and becomes the latter:
 * `node scripts/cluster.mjs [--flows N] [--seed N]`.
 */
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

await build(["serve", "serve-next", "cluster"]);
stopWithParent();
await import(new URL("../dist/server/cluster/main.js", import.meta.url).href);
