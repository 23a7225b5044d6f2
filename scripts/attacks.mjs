/*
 * Builds what attacks the BFF over a real Redis, and becomes it: `node scripts/attacks.mjs`.
 */
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

await build(["attacks"]);
stopWithParent();
await import(new URL("../dist/server/attacks/main.js", import.meta.url).href);
