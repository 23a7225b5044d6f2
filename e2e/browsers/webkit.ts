import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { Builder, type WebDriver } from "selenium-webdriver";
import { freePort } from "../servers.ts";

/*
 * Starts WebKitGTK's driver on a display of its own. Playwright cannot drive this engine, so it is only the runner here.
 */

/** WebKitGTK's driver, which has one browser open at a time. */
export interface WebKit {
  /** Opens a browser that knows nothing of the one before. */
  open(options?: { dark: boolean }): Promise<WebDriver>;
  /** Ends the driver, its browsers and the display. */
  stop(): Promise<void>;
}

/** Each starts within a second; thirty is a machine that is busy with something else. */
const START_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;
/** A page of ours is there in a fraction of a second; this is for the same busy machine. */
const LOAD_WITHIN_MS = 30_000;

/** Starts the display and the driver. `miniBrowser` is the browser it shall drive. */
export async function startWebKit(miniBrowser: string): Promise<WebKit> {
  const home = await mkdtemp(join(tmpdir(), "mfa-webkit-"));
  const display = await startDisplay();
  const port = await freePort();
  const driver = startGroup("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
    DISPLAY: display.name,
    // A home of its own holds whatever it may keep; without a bus it looks for none.
    HOME: home,
    XDG_RUNTIME_DIR: home,
    DBUS_SESSION_BUS_ADDRESS: "disabled:",
    NO_AT_BRIDGE: "1",
    LANG: "en_GB.UTF-8",
    LANGUAGE: "en_GB",
    TZ: "Europe/London",
    // There is no graphics card to ask.
    LIBGL_ALWAYS_SOFTWARE: "1",
  });
  const server = `http://127.0.0.1:${port}`;
  await until(`WebKitWebDriver on port ${port}`, driver, async () => (await fetch(`${server}/status`)).ok);
  return {
    async open({ dark } = { dark: false }) {
      const browser = await new Builder()
        .usingServer(server)
        .withCapabilities({
          browserName: "MiniBrowser",
          "webkitgtk:browserOptions": {
            binary: miniBrowser,
            args: ["--automation", ...(dark ? ["--dark-mode"] : [])],
          },
        })
        .build();
      await browser.manage().window().setRect({ x: 0, y: 0, width: 1280, height: 900 });
      await browser.manage().setTimeouts({ pageLoad: LOAD_WITHIN_MS, script: LOAD_WITHIN_MS });
      return browser;
    },
    async stop() {
      await endGroup(driver);
      await endGroup(display.child);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Starts a display that nobody sees. It chooses its number by itself and writes it to a pipe. */
async function startDisplay(): Promise<{ name: string; child: ChildProcess }> {
  const child = startGroup("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {});
  const told = child.stdio[3];
  let number = "";
  if (told instanceof Readable) told.on("data", (chunk: Buffer) => (number += chunk.toString()));
  await until("Xvfb", child, () => Promise.resolve(number.endsWith("\n")));
  return { name: `:${number.trim()}`, child };
}

/** Starts a program as the head of a group of its own, so that what it starts in turn ends with it. */
function startGroup(program: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(program, args, {
    // Nothing of ours but the path: a proxy of the machine must not come between the browser and the demo.
    env: { PATH: process.env["PATH"] ?? "", ...env },
    detached: true,
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  // Also where this process ends without having come to its end.
  process.once("exit", () => signalGroup(child));
  // Told by `until`, which sees that it has no id.
  child.once("error", () => undefined);
  return child;
}

function signalGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody of the group is left.
  }
}

async function endGroup(child: ChildProcess): Promise<void> {
  const gone = child.exitCode !== null || child.signalCode !== null || once(child, "exit");
  signalGroup(child);
  await gone;
}

async function until(what: string, child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + START_WITHIN_MS; Date.now() < end; await pause(LOOK_EVERY_MS)) {
    if (child.pid === undefined) throw new Error(`${what} is not installed.`);
    if (child.exitCode !== null) throw new Error(`${what} ended with ${child.exitCode}.`);
    if (await isReady().catch(() => false)) return;
  }
  signalGroup(child);
  throw new Error(`${what} did not start in time.`);
}
