import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { demoDock } from "./scripts/vite-demo-dock.ts";
import { chunkGroups } from "./scripts/chunk-groups.ts";
import { catalogues } from "./scripts/vite-catalogues.ts";
import { inlined } from "./scripts/vite-inline.ts";
import { noInfiniteQueries } from "./scripts/vite-no-infinite-queries.ts";
import { phonePlans } from "./scripts/vite-phone-plans.ts";
import faults from "./src/faults/campaign.config.ts";

// For the processes of the tests: whoever waits for what one thread does beside the event loop then knows when it is done.
if (process.env["VITEST"]) process.env["UV_THREADPOOL_SIZE"] ??= "1";

const root = fileURLToPath(new URL("./", import.meta.url));

export default defineConfig(({ mode, isSsrBuild }) => ({
  plugins: [
    react(),
    // What a page imports goes through its host's bundler; the React door does so with the host's React Query.
    phonePlans({ isBundledAgain: mode.endsWith("-door") }),
    catalogues(),
    inlined(root),
    ...(mode === "react-door" ? [] : [noInfiniteQueries()]),
    ...(mode === "demo" ? [demoDock()] : []),
  ],
  // Packages stay in node_modules on the server, except the one whose metadata is JSON, which Node does not simply import.
  // React is built in, so that it is the one for production whatever a server's environment says.
  ssr: { noExternal: ["libphonenumber-js", "react", "react-dom", "@tanstack/react-query", "react-hook-form"] },
  build: {
    manifest: true,
    // The first browsers with light-dark() of their own: lowered, it only works in a host that declares a color-scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // Everything is a file of its own: the page's policy allows no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    ...(["page", "demo"].includes(mode) && !isSsrBuild
      ? { rolldownOptions: { output: { codeSplitting: { groups: chunkGroups(root) } } } }
      : {}),
  },
  test: {
    // By itself Vitest leaves one core to its own process, which is half of a machine with two.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "all",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["src/faults/**"],
          setupFiles: ["scripts/test-setup.ts"],
          // A test takes a second or two at most; this is for a machine that is busy with something else.
          testTimeout: 30_000,
        },
      },
      // What stands for React Query in the file for a script tag, where the screens are told of everything.
      {
        extends: true,
        resolve: {
          alias: [
            {
              find: "@tanstack/react-query",
              replacement: fileURLToPath(new URL("src/alone/react-query.ts", import.meta.url)),
            },
          ],
        },
        test: {
          name: "alone",
          include: ["src/embed/**/*.test.tsx"],
          // It keeps the session in a client of the host's own, which a page with a script tag has none of.
          exclude: ["src/embed/headless.test.tsx"],
          setupFiles: ["scripts/test-setup.ts"],
          testTimeout: 30_000,
        },
      },
      // Runs hundreds of people through the whole stack, with a page that is built as it ships.
      faults,
    ],
  },
}));
