import { spawn } from "node:child_process";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port.ts";

/** A Redis of our own, without anything on disk. */
export type RunningRedis = { port: number; close(): void };

/** Five seconds: a Redis without data starts in a few hundredths of one. */
const STARTS_WITHIN_MS = 5_000;

/** Starts a Redis on a free port of loopback. Rejects with a sentence where there is none to start. */
export async function startRedis(): Promise<RunningRedis> {
  const port = await freePort();
  const child = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir()],
    { stdio: "ignore" },
  );
  let ended: string | null = null;
  child.once("error", () => {
    ended = "There is no redis-server on the PATH (Debian: sudo apt-get install redis-server).";
  });
  child.once("exit", (code) => {
    ended ??= `redis-server ended with ${code}.`;
  });
  const close = () => void child.kill("SIGKILL");
  process.once("exit", close);
  for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; await pause(20)) {
    if (ended !== null) throw new Error(ended);
    if (await listens(port)) return { port, close };
  }
  throw new Error("redis-server did not start in time.");
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
