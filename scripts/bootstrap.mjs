/*
 * Prepares a clone for the command that calls it: `deps` installs the packages of the lock file, `browser` finds or
 * installs Chromium, `firefox` Firefox, `webkit` WebKitGTK with its driver and a display to draw on, `redis` a Redis server, `wrk` a load generator. It runs before anything is installed, so it may use nothing but Node itself.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const notes = join(root, "node_modules", ".bootstrap");

/** The oldest Node with everything that Vite 8 and this repository's servers call. */
const OLDEST_NODE = [20, 19];
/** A cold install takes about fifteen seconds; ten minutes is a machine on a very slow line, not a hung process. */
const LOCK_IS_STALE_AFTER_MS = 600_000;

function fail(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(`MFA Enroll needs Node ${OLDEST_NODE.join(".")} or newer; this is Node ${process.versions.node}.`);
}

/** Runs a step alone, so that two commands started at once on a fresh clone do not install over each other. */
async function alone(step) {
  const lock = join(tmpdir(), `mfa-enroll-${createHash("sha256").update(root).digest("hex").slice(0, 16)}.lock`);
  for (let told = false; ; ) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LOCK_IS_STALE_AFTER_MS) rmSync(lock, { recursive: true, force: true });
    if (!told) console.log("Waiting for another command that is installing…");
    told = true;
    await wait(300);
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once("exit", release);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  await step();
  release();
}

/** Says which install `node_modules` must hold. A hash and not a date: the dates of a fresh clone mean nothing. */
function wantedInstall() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return createHash("sha256")
    .update(lock)
    .update(process.version)
    .update(process.platform)
    .update(process.arch)
    .digest("hex");
}

function note(name) {
  const file = join(notes, name);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

function write(name, text) {
  mkdirSync(notes, { recursive: true });
  writeFileSync(join(notes, name), `${text}\n`);
}

function installPackages() {
  const wanted = wantedInstall();
  if (note("deps") === wanted) return;
  console.log("Installing packages…");
  // npm itself tells its scripts where it lives; without it (plain `node scripts/…`) the one on the PATH has to do.
  const npm = process.env.npm_execpath;
  // NODE_ENV=production would leave out what builds the page.
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: "inherit" })
    : spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (done.status !== 0) fail("The packages could not be installed; npm says why above.");
  write("deps", wanted);
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import("playwright");
    return chromium.executablePath();
  } catch {
    return null;
  }
}

async function findBrowser() {
  const places = [
    process.env.CHROMIUM_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    await playwrightsOwn(),
  ];
  return places.find((place) => place && existsSync(place)) ?? null;
}

function installByApt(...names) {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  console.log(`Installing ${names.join(", ")} with apt-get…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // Another apt run may hold the lock for a while on a machine that has just started.
  const apt = (...args) =>
    spawnSync("apt-get", ["-o", "DPkg::Lock::Timeout=300", "-qq", ...args], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
  // The package lists of a fresh image are missing, or know no security updates yet.
  apt("update");
  apt("install", "-y", "--no-install-recommends", ...names);
}

async function installBrowser() {
  const known = note("browser");
  const asked = process.env.CHROMIUM_PATH;
  if (known && existsSync(known) && (!asked || asked === known)) return;
  let found = await findBrowser();
  if (!found) {
    installByApt("chromium");
    found = await findBrowser();
  }
  if (!found) {
    console.log("Asking Playwright for a browser…");
    spawnSync(process.execPath, [join(root, "node_modules/playwright/cli.js"), "install", "chromium"], {
      stdio: "inherit",
    });
    found = await findBrowser();
  }
  if (!found) {
    fail("No Chromium was found. Install one (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH to yours.");
  }
  write("browser", found);
}

function findFirefox() {
  const places = [
    process.env.FIREFOX_PATH,
    "/usr/bin/firefox-esr",
    "/usr/bin/firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
  ];
  return places.find((place) => place && existsSync(place)) ?? null;
}

/** The oldest that was seen to be driven; 140 does not know what Playwright asks of it. */
const OLDEST_FIREFOX = 153;

function isTooOld(firefox) {
  const { stdout } = spawnSync(firefox, ["--version"], { encoding: "utf8" });
  return Number(/\d+/.exec(stdout ?? "")?.[0] ?? 0) < OLDEST_FIREFOX;
}

function installFirefox() {
  const asked = process.env.FIREFOX_PATH;
  if (existsSync(note("firefox") ?? "") && (!asked || asked === note("firefox"))) return;
  let found = findFirefox();
  if (!found || (!asked && isTooOld(found))) {
    installByApt("firefox-esr");
    found = findFirefox();
  }
  if (!found) {
    fail("No Firefox was found. Install one (Debian: sudo apt-get install firefox-esr) or set FIREFOX_PATH to yours.");
  }
  if (isTooOld(found)) {
    fail(
      `${found} is older than Firefox ${OLDEST_FIREFOX}. Upgrade it (Debian has it in its security updates) or set FIREFOX_PATH.`,
    );
  }
  write("firefox", found);
}

/** WebKitGTK's small browser, which its driver drives. Where it lies differs by distribution, processor and version. */
function findMiniBrowser() {
  const byProcessor = existsSync("/usr/lib") ? readdirSync("/usr/lib").filter((name) => name.includes("-linux-")) : [];
  const homes = [...byProcessor.map((name) => `/usr/lib/${name}`), "/usr/lib", "/usr/lib64", "/usr/libexec"];
  const versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
  const places = versions.flatMap((version) => homes.map((home) => `${home}/${version}/MiniBrowser`));
  return places.find((place) => existsSync(place)) ?? null;
}

/** Returns the browser, or null where it, its driver or the display is missing. */
function findWebKit() {
  return existsSync("/usr/bin/WebKitWebDriver") && existsSync("/usr/bin/Xvfb") ? findMiniBrowser() : null;
}

function installWebKit() {
  if (!findWebKit()) installByApt("webkit2gtk-driver", "xvfb");
  const found = findWebKit();
  if (!found) {
    fail("No WebKitGTK to drive was found. Install it (Debian: sudo apt-get install webkit2gtk-driver xvfb).");
  }
  write("webkit", found);
}

/** Programs that some commands need, each with the Debian package of its name and a question that it answers with 0 or 1. */
const PROGRAMS = { redis: { program: "redis-server", ask: "--version" }, wrk: { program: "wrk", ask: "--version" } };

function isThere({ program, ask }) {
  return spawnSync(program, [ask], { stdio: "ignore" }).error === undefined;
}

function installProgram(needed) {
  const { program } = needed;
  if (!isThere(needed)) installByApt(program);
  if (!isThere(needed)) fail(`No ${program} was found. Install one (Debian: sudo apt-get install ${program}).`);
}

checkNode();
const wanted = process.argv.slice(2);
const programs = Object.keys(PROGRAMS)
  .filter((name) => wanted.includes(name))
  .map((name) => PROGRAMS[name]);
const ready =
  note("deps") === wantedInstall() &&
  (!wanted.includes("browser") || existsSync(note("browser") ?? "")) &&
  (!wanted.includes("firefox") || existsSync(note("firefox") ?? "")) &&
  (!wanted.includes("webkit") || (findWebKit() !== null && note("webkit") === findWebKit())) &&
  programs.every(isThere);
if (!ready || process.env.CHROMIUM_PATH || process.env.FIREFOX_PATH) {
  await alone(async () => {
    installPackages();
    if (wanted.includes("browser")) await installBrowser();
    if (wanted.includes("firefox")) installFirefox();
    if (wanted.includes("webkit")) installWebKit();
    programs.forEach(installProgram);
  });
}
