/*
 * `npm run bench:page`: how soon a page can be used, on a slow phone over a slow net: the page that we serve, the React
 * door in an app, and the element by script tag, each beside a page written by hand and beside React alone, in turns in
 * one run; how soon the phone field takes a key of somebody who presses at once, what a key costs there, and what the
 * whole way to a phone fetches. Chromium, 1.6 Mbit/s, 150 ms to the server and back, four times slower than this
 * machine; medians of five rounds, or of `--rounds N`. Somebody is signed in already. `--built` takes what the last run
 * has built. The exit code is 1 when a goal is missed.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import { mediansOf } from "./bench-page/medians.mjs";
import { printFigures, printGoals } from "./bench-page/report.mjs";
import { hosts, pages, startServers } from "./bench-page/servers.mjs";
import { beginsWithChannels, chooseAtOnce, enroll, look } from "./bench-page/visits.mjs";
import { build } from "./build.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, built: { type: "boolean", default: false } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError("--rounds is a number of rounds, one or more.");

if (!values.built) {
  await import("./hosts.mjs");
  await build(["serve", "tenant"]);
  const vite = await import("vite");
  await vite.build({
    root: join(hosts, "bench-react"),
    base: "/bench/react/",
    configFile: false,
    logLevel: "warn",
    build: { outDir: join(pages, "bench", "react"), emptyOutDir: true },
  });
}

const servers = await startServers();
const { host, served } = servers;
const subjects = [
  { name: "by hand", site: host, path: "/bench/floor.html", isFloor: true },
  { name: "React alone", site: host, path: "/bench/react/index.html", isFloor: true },
  { name: "served page", site: served, path: "/" },
  { name: "React door", site: host, path: "/react/index.html" },
  { name: "script tag", site: host, path: "/bench/script.html" },
];
const record = fileURLToPath(new URL("../node_modules/.bootstrap/browser", import.meta.url));
const executablePath = existsSync(record) ? readFileSync(record, "utf8").trim() : "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath });

/** Where the page that we serve begins with the choice of a channel, when it does anywhere. */
const atChannels = { site: served, path: "/enroll" };
const hasChannels = await beginsWithChannels(browser, servers, atChannels);

/** What one round finds of a subject. */
async function measure(subject) {
  const first = await look(browser, servers, subject);
  if (subject.isFloor) return { first };
  const flow = await enroll(browser, servers, subject);
  if (subject.site === served && hasChannels) flow.phoneAt = await chooseAtOnce(browser, servers, atChannels);
  return { first, flow };
}

const runs = new Map(subjects.map(({ name }) => [name, []]));
for (let round = 1; round <= rounds; round += 1) {
  for (const subject of subjects) {
    const found = await measure(subject).catch((error) => {
      throw new Error(`${subject.name}: ${error.message}`, { cause: error });
    });
    runs.get(subject.name).push(found);
  }
  console.log(`  round ${round} of ${rounds}`);
}
await browser.close();

const first = new Map();
const flows = new Map();
for (const { name, site, path, isFloor } of subjects) {
  const medians = mediansOf(runs.get(name));
  first.set(name, medians.first);
  const from = site === served && hasChannels ? atChannels.path : path;
  if (!isFloor) flows.set(name, { ...medians.flow, from });
}
printFigures({ first, flows });
process.exit(printGoals({ first, flows }) ? 0 : 1);
