/*
 * `npm run dev`: the demo with the page from Vite, which swaps changed modules in the browser, and with the BFF and the
 * simulator loaded through Vite too, which start anew when one of their files changes. Sessions and people start anew with them.
 */
import { getRequestListener } from "@hono/node-server";
import { createServer } from "vite";
import { stopWithParent } from "./stop-with-parent.mjs";

/** Editors write a file in several steps; one new start is enough for all of them. */
const SETTLE_MS = 80;

const tenantPort = Number(process.env.TENANT_PORT || 4310);
let demo;

/** Vite makes each document when it is asked for it, so the demo's own two pages are only pointed to. */
const page = (_request, file) => (file ? new Response(null, { status: 302, headers: { Location: file } }) : null);

async function start(vite) {
  const { runDemo } = await vite.ssrLoadModule("/src/demo/run-demo.ts");
  return runDemo({ port: vite.httpServer.address().port, tenantPort, page });
}

const answer = getRequestListener(async (request) => (await demo).fetch(request));

const vite = await createServer({
  mode: "demo",
  server: { host: "127.0.0.1", port: Number(process.env.PORT || 4300) },
  plugins: [
    {
      name: "demo-servers",
      configureServer(server) {
        server.middlewares.use((incoming, outgoing, next) => {
          const ours = /^\/(?:(?:api\/mfa|demo)\/|scenarios$|\?scenario=)/.test(incoming.url ?? "");
          if (ours) answer(incoming, outgoing).catch(next);
          else next();
        });
      },
    },
  ],
});
await vite.listen();
demo = start(vite);
console.log((await demo).words);

let timer;
vite.watcher.on("change", (file) => {
  if (!vite.environments.ssr.moduleGraph.getModulesByFile(file)?.size) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const old = demo;
    demo = (async () => {
      await old.then((running) => running.close()).catch(() => undefined);
      return start(vite);
    })();
    demo.then(
      () => console.log(`${new Date().toLocaleTimeString()} The BFF and the tenant started anew.`),
      (error) => console.error(error),
    );
  }, SETTLE_MS);
});

stopWithParent();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    const stopped = Promise.race([
      Promise.all([demo.then((running) => running.close()), vite.close()]),
      new Promise((resolve) => setTimeout(resolve, 1000)),
    ]);
    stopped.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
