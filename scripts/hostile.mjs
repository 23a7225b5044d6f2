/*
 * `npm run hostile`: plays the corpus of hostile requests and tenant answers; `-- --cases N --seed S` plays more of them, and
 * others. Vite loads the sources, as it does for the tests. The exit code is 1 when one is accepted or a control is not.
 */
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const server = await createServer({
  root: fileURLToPath(new URL("..", import.meta.url)),
  appType: "custom",
  logLevel: "error",
  server: { middlewareMode: true, ws: false, watch: null },
  // Nothing is served: what would be prepared for a browser is not.
  optimizeDeps: { noDiscovery: true, include: [] },
});
try {
  const { main } = await server.ssrLoadModule("/src/hostile/main.ts");
  process.exitCode = await main();
} finally {
  await server.close();
}
