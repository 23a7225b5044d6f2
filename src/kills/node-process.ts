import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { listens } from "./redis-server.ts";

/** The production server as a process of its own, which can be killed and started again on the same port. */
export type NodeProcess = {
  /** Starts it, with other settings or as another build from now on where they are given. */
  start(as?: { env?: Record<string, string>; build?: NodeBuild }): Promise<void>;
  /** Asks it to end, as an orderly stop does; resolves when it has. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL: no handler runs, nothing is written any more. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Stands it still (`SIGSTOP`), as a machine that is paused, and lets it go on. */
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  /** What it said when it ended without being killed; empty for one that never did. */
  faults(): string[];
};

/** Names what was built beside this room: the server, and the one that a later version could be. */
export type NodeBuild = "serve" | "serve-next";

/** A minute: it starts in under a second on an idle machine, and this may be one with much else to do. */
const STARTS_WITHIN_MS = 60_000;

/** Describes a node with its environment; nothing runs before it is started. */
export function createNodeProcess(port: number, env: Record<string, string>): NodeProcess {
  const faults: string[] = [];
  let running: ChildProcess | null = null;
  let present: { env: Record<string, string>; build: NodeBuild } = { env, build: "serve" };
  process.once("exit", () => running?.kill("SIGKILL"));

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, "exit");
    running.kill(signal);
    await gone;
  }

  return {
    async start(as = {}) {
      present = { ...present, ...as };
      const server = fileURLToPath(new URL(`../${present.build}/main.js`, import.meta.url));
      const child = spawn(process.execPath, [server], {
        env: { PATH: process.env["PATH"] ?? "", ...present.env, HOST: "127.0.0.1", PORT: String(port) },
        stdio: ["ignore", "ignore", "pipe"],
      });
      running = child;
      const said: string[] = [];
      child.stderr.on("data", (bytes: Buffer) => said.push(bytes.toString("utf8")));
      child.once("exit", (code, signal) => {
        if (signal !== "SIGKILL" && code !== 0)
          faults.push(`A node ended by itself with ${code ?? signal}: ${said.join("").trim()}`);
      });
      for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; await pause(20)) {
        if (child.exitCode !== null) throw new Error(faults.at(-1) ?? "A node ended by itself.");
        if (await listens(port)) return;
      }
      throw new Error("A node did not start in time.");
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    signal: (name) => void running?.kill(name),
    faults: () => faults,
  };
}
