/*
 * `npm run tour` records the tour of the demo into docs/tour.gif. `-- --headed` plays it in a visible browser instead and
 * leaves the last screen open until the window is closed; `-- --lang de` shows the panel in another language.
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function readOptions() {
  try {
    return parseArgs({
      options: { headed: { type: "boolean", default: false }, lang: { type: "string", default: "en" } },
    }).values;
  } catch (error) {
    return fail(`${error.message}\nThe tour knows --headed and --lang.`);
  }
}

const { headed, lang } = readOptions();
const languages = ["en", ...readdirSync(`${root}src/ui/messages/locales`).map((file) => basename(file, ".ts"))];
if (!languages.includes(lang)) fail(`There is no language "${lang}"; there are: ${languages.join(", ")}.`);
// Other systems have a display whenever somebody sits there.
if (headed && process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  fail("There is no display to show the tour on. Run it in a desktop session, or without --headed to record it.");
}

await build(["demo"]);
stopWithParent();
const runner = spawn(
  process.execPath,
  ["node_modules/playwright/cli.js", "test", "--config=e2e/tour/playwright.config.ts"],
  {
    cwd: root,
    env: {
      ...process.env,
      TOUR_LIVE: headed ? "1" : "",
      TOUR_LANG: lang,
      // The README's picture is the English one.
      TOUR_FILE: lang === "en" ? "docs/tour.gif" : `test-results/tour-${lang}.gif`,
    },
    stdio: "inherit",
  },
);
// The runner ends browser and server on Ctrl-C, which reaches it by itself in a terminal; from elsewhere it is passed on.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => runner.kill("SIGINT"));
runner.on("exit", (status) => process.exit(status ?? 1));
