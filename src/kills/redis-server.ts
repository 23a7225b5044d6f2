import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port.ts";

/** A Redis of our own. Without a directory it has nothing on disk, and forgets all when it ends. */
export type RunningRedis = {
  port: number;
  /** Ends it at once, as a machine that loses its power; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it has on disk. */
  start(): Promise<void>;
  /** Stands it still (`SIGSTOP`), and lets it go on. */
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  close(): void;
};

/** Five seconds without data, in which it starts in a few hundredths of one; a minute with some, on a busy machine. */
const STARTS_WITHIN_MS = 60_000;

/**
 * Starts a Redis on a free port of loopback. With a directory, each write is on disk before it is answered, so that none is lost.
 * Rejects with a sentence where there is none to start.
 */
export async function startRedis({
  directory = null,
  options = [],
}: {
  directory?: string | null;
  options?: readonly string[];
} = {}): Promise<RunningRedis> {
  const port = await freePort();
  const disk =
    directory === null
      ? ["--appendonly", "no", "--dir", tmpdir()]
      : ["--appendonly", "yes", "--appendfsync", "always", "--dir", directory];
  let running: ChildProcess | null = null;
  const close = () => {
    process.off("exit", close);
    running?.kill("SIGKILL");
  };
  process.once("exit", close);

  async function start(): Promise<void> {
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", ...disk, ...options];
    const child = spawn("redis-server", args, { stdio: "ignore" });
    running = child;
    let ended: string | null = null;
    child.once("error", () => {
      ended = "There is no redis-server on the PATH (Debian: sudo apt-get install redis-server).";
    });
    child.once("exit", (code) => {
      ended ??= `redis-server ended with ${code}.`;
    });
    for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; await pause(20)) {
      if (ended !== null) throw new Error(ended);
      if (await listens(port)) return;
    }
    throw new Error("redis-server did not start in time.");
  }

  await start();
  return {
    port,
    start,
    async kill() {
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const gone = once(running, "exit");
      running.kill("SIGKILL");
      await gone;
    },
    signal: (name) => void running?.kill(name),
    close,
  };
}

/** Tells whether something takes connections at a port of loopback. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
