import { fileURLToPath } from "node:url";
import { loadBuiltPage } from "../app/built-page.ts";
import { stopOnSignal } from "../app/stop-on-signal.ts";
import { listen } from "../bff/node-server.ts";
import { type RunningDemo, runDemo } from "./run-demo.ts";

/*
 * `npm start`: the page, the BFF, the pretend phone and mailbox on one port, the simulated tenant on another, all in this
 * process. `PORT` and `TENANT_PORT` say where to try first.
 */

const portFrom = (name: string, fallback: number): number => Number(process.env[name] || fallback);

let demo: RunningDemo | null = null;
const server = await listen({
  // The page's port must be known before the tenant can be told where sign-ins come back to.
  fetch: (request) => demo?.fetch(request) ?? Promise.resolve(new Response("Starting.\n", { status: 503 })),
  host: "127.0.0.1",
  port: portFrom("PORT", 4300),
  fallback: true,
});
const directory = fileURLToPath(new URL("../../demo", import.meta.url));
const page = loadBuiltPage({ directory, https: false });
const running = await runDemo({ port: server.port, tenantPort: portFrom("TENANT_PORT", 4310), page, directory });
demo = running;
stopOnSignal(async () => {
  await running.close();
  await server.close();
});
console.log(running.words);
