/*
 * `npm run numbers`: judges the example numbers of all regions and types, and what mistyping makes of them, as page and BFF do,
 * against the verdict of a second library. Vite loads the sources, because the page's plans are modules that it makes.
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
  const { main } = await server.ssrLoadModule("/src/phone-numbers/main.ts");
  process.exitCode = await main();
} finally {
  await server.close();
}
