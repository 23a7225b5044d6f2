/*
 * What `npm test` is: every check in one order, quickest complaint first, ending at the first that fails. Stages can be
 * named (`node scripts/test.mjs types unit`). The last line counts tests; a check that runs no tests counts as one.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const counts = join(root, "test-results", "counts");
const bin = (path) => join(root, "node_modules", path);

/** The code style is two flags, so that no configuration file of its own is needed. */
const STYLE = ["--indent-style=space", "--line-width=120"];
const CODE = ["src", "scripts", "e2e", "vite.config.ts"];

const stages = {
  format: { title: "Format", run: ["@biomejs/biome/bin/biome", "format", ...STYLE, ...CODE] },
  lint: {
    title: "Lint",
    // What stands for other people's code is held to nothing of ours.
    run: [
      "oxlint/bin/oxlint",
      "-c",
      "scripts/oxlint.json",
      "--ignore-pattern=e2e/hosts/**",
      "--type-aware",
      "--deny-warnings",
      ...CODE,
    ],
  },
  types: { title: "Types", run: ["typescript/bin/tsc", "--noEmit", "-p", "."] },
  unused: { title: "Unused code and packages", run: ["knip/bin/knip.js", "--no-progress"] },
  unit: {
    title: "Unit tests, handlers and journeys",
    run: [
      "vitest/vitest.mjs",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${join(counts, "unit.json")}`,
      "--project=!alone",
    ],
    count: ({ numPassedTests, numTotalTests }) => ({ passed: numPassedTests, failed: numTotalTests - numPassedTests }),
  },
  build: { title: "Build", run: ["../scripts/build.mjs"] },
  size: { title: "Sizes of the page", run: ["../scripts/sizes.mjs"] },
  "door-size": { title: "Sizes of the doors", run: ["../scripts/door-sizes.mjs"] },
  e2e: {
    title: "Browser tests",
    run: ["playwright/cli.js", "test", "--config=e2e/playwright.config.ts", "--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(counts, "e2e.json") },
    count: ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped }),
  },
};

// What `npm run test:states` runs: every state by keyboard, enlarged, in forced colours and in every language.
stages.states = {
  ...stages.e2e,
  title: "Every state",
  env: { STATES: "1", PLAYWRIGHT_JSON_OUTPUT_NAME: join(counts, "states.json") },
  isApart: true,
};

// What `npm run test:package` runs: the packed package in pages and servers of other people's, after the tests of what stands for React Query there.
stages.alone = {
  ...stages.unit,
  title: "The components without React Query",
  run: [
    "vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${join(counts, "alone.json")}`,
    "--project=alone",
  ],
  isApart: true,
};
stages.hosts = { title: "The package, packed and installed", run: ["../scripts/hosts.mjs"], isApart: true };
stages.doors = { title: "The package, looked at", run: ["../scripts/check-package.mjs"], isApart: true };
stages.package = {
  ...stages.e2e,
  title: "The package in other people's pages",
  env: { PACKAGE: "1", PLAYWRIGHT_JSON_OUTPUT_NAME: join(counts, "package.json") },
  isApart: true,
};

/** Runs a stage and counts what it found; a runner that wrote no counts has failed as a whole. */
function run(name) {
  const { title, run: command, env, count } = stages[name];
  console.log(`\n── ${title} ${"─".repeat(Math.max(3, 70 - title.length))}`);
  const started = performance.now();
  const [script, ...args] = command;
  const done = spawnSync(process.execPath, [bin(script), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  const well = done.status === 0;
  console.log(`── ${title}: ${well ? "well" : "FAILED"}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const file = join(counts, `${name}.json`);
  const found =
    count && existsSync(file) ? count(JSON.parse(readFileSync(file, "utf8"))) : { passed: well ? 1 : 0, failed: 0 };
  // A runner can fail without a failed test: an error outside of one, or no test at all.
  return well ? found : { passed: found.passed, failed: Math.max(1, found.failed) };
}

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in stages));
if (unknown) {
  console.error(`There is no stage "${unknown}"; there are: ${Object.keys(stages).join(", ")}.`);
  process.exit(1);
}
rmSync(counts, { recursive: true, force: true });
mkdirSync(counts, { recursive: true });
let passed = 0;
let failed = 0;
const gating = Object.keys(stages).filter((name) => !stages[name].isApart);
for (const name of named.length > 0 ? named : gating) {
  const found = run(name);
  passed += found.passed;
  failed += found.failed;
  if (found.failed > 0) break;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
