/*
 * Builds one target where needed and becomes its server: `node scripts/run.mjs demo|serve|tenant [options]`. One process, so
 * that Ctrl-C and a supervisor's signal reach the server itself.
 */
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

const [target] = process.argv.splice(2, 1);

/** The simulator knows nothing of ours, so it is told here where `npm run serve` is by default. */
const pages = ["http://localhost:4300", "http://127.0.0.1:4300"];
if (target === "tenant" && !process.env.TENANT_APP_ORIGIN) {
  process.env.TENANT_APP_ORIGIN = pages[0];
  process.env.TENANT_CALLBACKS ??= pages.map((page) => `${page}/api/mfa/callback`).join(",");
}

await build([target]);
stopWithParent();
await import(new URL(`../dist/server/${target}/main.js`, import.meta.url).href);
