/*
 * Runs what the sources hold without building them: Vite loads them, as it does for the tests.
 */
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

/** Runs `main` of a source such as `/src/hostile/main.ts`, and makes what it returns the exit code. */
export async function runSource(path) {
  const server = await createServer({
    root: fileURLToPath(new URL("..", import.meta.url)),
    appType: "custom",
    logLevel: "error",
    server: { middlewareMode: true, ws: false, watch: null },
    // Nothing is served: what would be prepared for a browser is not.
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  try {
    const { main } = await server.ssrLoadModule(path);
    process.exitCode = await main();
  } finally {
    await server.close();
  }
}
