/*
 * `npm run bench:page`: how soon a page can be used, on a slow phone over a slow net: the page that we serve, the React door in an app,
 * and the element by script tag, each beside a page written by hand and beside React alone, in turns in one run. Chromium, 1.6 Mbit/s,
 * 150 ms to the server and back, four times slower than this machine; medians of five. Somebody is signed in already.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright";
import { build } from "./build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const hosts = join(root, "dist", "hosts");
const pages = join(hosts, "public");

const ROUNDS = 5;
const NET = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWDOWN = 4;
/** Far longer than the slowest of them takes. */
const AT_MOST_MS = 30_000;
const PERSON = { username: "robin@example.com", password: "Enroll-Demo-1" };
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

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
const { createBff, createNodeHandler, createUndiciUpstream, readSettings } = await import(
  pathToFileURL(join(hosts, "node_modules", "mfa-enroll", "server", "bff.js")).href
);

const children = [];
process.once("exit", () => children.forEach((child) => child.kill()));

/** Starts a built server and resolves to what it says of itself. */
function start(script, env, ready) {
  const child = spawn(process.execPath, [script], { env: { PATH: process.env.PATH, ...env } });
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (bytes) => {
      said += bytes;
      const found = ready.exec(said);
      if (found) resolve(found[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(said)));
  });
}

function settingsOf(tenant, page) {
  return {
    AUTH0_DOMAIN: tenant,
    AUTH0_CLIENT_ID: "mfa-enroll-demo",
    AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
    MFA_PUBLIC_URL: page,
    MFA_SECRET_KEY: randomBytes(32).toString("base64"),
    MFA_SIGN_IN: "password",
  };
}

/** Serves the pages of other people's, packed as a production server packs them, with the BFF of the archive behind. */
async function startHost(tenant, port) {
  const page = `http://localhost:${port}`;
  const { settings } = readSettings(settingsOf(tenant, page));
  const handle = createNodeHandler(createBff({ settings, upstream: createUndiciUpstream(tenant) }));
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = new URL(request.url, page).pathname;
    if (path.startsWith("/api/mfa")) return handle(request, response);
    try {
      const file = normalize(join(pages, path));
      if (!file.startsWith(pages)) throw new Error("Not a page.");
      if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file), { level: 9 }));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-encoding": "gzip" });
      return response.end(packed.get(file));
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return page;
}

async function signIn(context, page) {
  const answer = await context.request.post(`${page}/api/mfa/sign-in`, {
    headers: { Origin: page, "X-MFA-Enroll": "1" },
    data: { way: "password", ...PERSON },
  });
  if (!answer.ok()) throw new Error(`Nobody could sign in: ${answer.status()} ${await answer.text()}`);
}

/** In the page: notes when the control is there and takes a press, in a shadow root too. */
function watch(name) {
  const find = (tree) => {
    for (const one of tree.querySelectorAll("button, mfa-settings")) {
      if (one.localName === "button" && one.textContent.trim() === name && !one.disabled) return one;
      const inside = one.shadowRoot && find(one.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  const look = () => {
    if (document.body && find(document)) window.usableAt = performance.now();
    else setTimeout(look, 10);
  };
  look();
  window.paints = {};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.paints[entry.name || entry.entryType] = entry.startTime;
  }).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.paints.lcp = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

async function measure(browser, { site, path }) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await signIn(context, site);
  const page = await context.newPage();
  await page.addInitScript(watch, "Add a method");
  const cdp = await context.newCDPSession(page);
  const bytes = { script: 0, style: 0, document: 0, other: 0 };
  const kinds = new Map();
  cdp.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  let isUsable = false;
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (isUsable) return;
    const kind = { Script: "script", Stylesheet: "style", Document: "document" }[kinds.get(requestId)] ?? "other";
    bytes[kind] += encodedDataLength ?? 0;
  });
  await cdp.send("Network.enable");
  await cdp.send("Performance.enable");
  await cdp.send("Network.emulateNetworkConditions", NET);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.goto(`${site}${path}`, { waitUntil: "commit", timeout: AT_MOST_MS });
  await page.waitForFunction(() => window.usableAt, null, { timeout: AT_MOST_MS, polling: 50 });
  isUsable = true;
  const { metrics } = await cdp.send("Performance.getMetrics");
  const seen = await page.evaluate(() => ({ usableAt: window.usableAt, ...window.paints }));
  await context.close();
  const scripting = metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0;
  return {
    usable: seen.usableAt,
    fcp: seen["first-contentful-paint"] ?? Number.NaN,
    lcp: seen.lcp ?? Number.NaN,
    scripting: scripting * 1000,
    ...bytes,
  };
}

const medianOf = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const hostPort = 4791;
const servePort = 4792;
const hostPage = `http://localhost:${hostPort}`;
const servePage = `http://localhost:${servePort}`;
const tenant = await start(
  join(root, "dist/server/tenant/main.js"),
  { TENANT_PORT: "0", TENANT_APP_ORIGIN: hostPage, TENANT_CALLBACKS: `${hostPage}/api/mfa/callback` },
  /Simulated tenant\s+(http:\S+)[\s\S]*Ctrl-C/,
);
await startHost(tenant, hostPort);
await start(
  join(root, "dist/server/serve/main.js"),
  { ...settingsOf(tenant, servePage), MFA_SIGN_INS_PER_NAME_HOUR: "1000", PORT: String(servePort) },
  /serves (https?:\S+)/,
);
const subjects = [
  { name: "by hand", site: hostPage, path: "/bench/floor.html" },
  { name: "React alone", site: hostPage, path: "/bench/react/index.html" },
  { name: "served page", site: servePage, path: "/" },
  { name: "React door", site: hostPage, path: "/react/index.html" },
  { name: "script tag", site: hostPage, path: "/index.html" },
];
const record = join(root, "node_modules/.bootstrap/browser");
const browser = await chromium.launch({ executablePath: readFileSync(record, "utf8").trim() });
const runs = new Map(subjects.map(({ name }) => [name, []]));
for (let round = 1; round <= ROUNDS; round += 1) {
  for (const subject of subjects) runs.get(subject.name).push(await measure(browser, subject));
  console.log(`  round ${round} of ${ROUNDS}`);
}
await browser.close();

const figures = new Map(
  [...runs].map(([name, of]) => [
    name,
    Object.fromEntries(Object.keys(of[0]).map((key) => [key, medianOf(of.map((one) => one[key]))])),
  ]),
);
const column = (number, digits = 0) => number.toFixed(digits).padStart(9);
console.log("\nmilliseconds             usable      FCP      LCP   script   kB: script    style     page    other");
for (const [name, { usable, fcp, lcp, scripting, ...kB }] of figures)
  console.log(
    `${name.padEnd(22)}${[usable, fcp, lcp, scripting].map((ms) => column(ms)).join("")}    ${[kB.script, kB.style, kB.document, kB.other].map((bytes) => column(bytes / 1000, 1)).join("")}`,
  );

/** What each is held against, and how much longer it may take. */
const GOALS = [
  { name: "served page", than: "by hand", atMost: 1.1 },
  { name: "React door", than: "React alone", atMost: 1.1 },
  { name: "script tag", than: "by hand", atMost: 1.6 },
];
console.log("");
let isWell = true;
for (const { name, than, atMost } of GOALS) {
  const ratio = figures.get(name).usable / figures.get(than).usable;
  isWell &&= ratio <= atMost;
  console.log(
    `  ${ratio <= atMost ? "✓" : "✗"} ${name}: usable after ${ratio.toFixed(2)} times what ${than} takes, at most ${atMost}`,
  );
}
process.exit(isWell ? 0 : 1);
