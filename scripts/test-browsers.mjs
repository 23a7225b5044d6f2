/*
 * What `npm run test:browsers` is: the way through the wizard in three engines, one after the other. Engines can be named
 * (`npm run test:browsers -- webkit`). A failure in one does not keep the others from being tried; the last line counts all.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const counts = join(root, "test-results", "counts");

const engines = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK" };

/** The runner ends its browsers and servers within a second or two; twenty is a busy machine, and after it they are cut off. */
const END_WITHIN_MS = 20_000;

/** The runner of the engine that is being tried. */
let running = null;
let stopped = false;

function stop() {
  if (stopped) return;
  stopped = true;
  if (!running) process.exit(1);
  // The runner closes what it has opened when it is interrupted once; a second time it would leave at once.
  running.kill("SIGINT");
  setTimeout(() => running?.kill("SIGKILL"), END_WITHIN_MS).unref();
}

/** Tries one engine and tells how long it took and what was counted; a runner that wrote no counts has failed as a whole. */
async function tryEngine(name) {
  console.log(`\n── ${engines[name]} ${"─".repeat(70 - engines[name].length)}`);
  const started = performance.now();
  const file = join(counts, `browsers-${name}.json`);
  const cli = join(root, "node_modules", "playwright", "cli.js");
  const args = [cli, "test", "--config=e2e/playwright.config.ts", "--reporter=list,json"];
  running = spawn(process.execPath, args, {
    cwd: root,
    // Out of the terminal's group: Ctrl-C must reach it once, through us.
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ENGINE: name, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  const code = await new Promise((resolve) => running.once("exit", resolve));
  running = null;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!existsSync(file)) return { seconds, passed: 0, failed: 1 };
  const { stats } = JSON.parse(readFileSync(file, "utf8"));
  const failed = stats.unexpected + stats.skipped;
  return { seconds, passed: stats.expected + stats.flaky, failed: code === 0 ? failed : Math.max(1, failed) };
}

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in engines));
if (unknown) {
  console.error(`There is no engine "${unknown}"; there are: ${Object.keys(engines).join(", ")}.`);
  process.exit(1);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
stopWithParent();
await build(["demo"]);
rmSync(counts, { recursive: true, force: true });
mkdirSync(counts, { recursive: true });

const lines = [];
let passed = 0;
let failed = 0;
for (const name of named.length > 0 ? named : Object.keys(engines)) {
  if (stopped) break;
  // One after the other: two engines at once would make each other slow.
  const found = await tryEngine(name);
  passed += found.passed;
  failed += found.failed;
  lines.push(`${engines[name]}: ${found.passed} passed, ${found.failed} failed, ${found.seconds} s`);
}
console.log(`\n${lines.join("\n")}\n\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 || stopped ? 1 : 0);
