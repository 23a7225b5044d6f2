import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { type Order, type OrderAnswer, wordSchema } from "./order.ts";

/** A program of the bench that runs: it listens on loopback and takes orders. */
export type Program = {
  pid: number;
  port: number;
  ask(order: Order): Promise<Exclude<OrderAnswer, null>>;
  close(): void;
};

/** Starts a program of this bundle on a core of its own, or wherever this one runs where the machine cannot pin. */
export async function startProgram(name: string, args: readonly string[], core: number | null): Promise<Program> {
  const self = process.argv[1] ?? "";
  const node = [process.execPath, "--expose-gc", self, name, ...args];
  const [command = "", ...rest] = core === null ? node : ["taskset", "-c", String(core), ...node];
  // The log is written, as in production, and nobody reads it.
  const nowhere = openSync("/dev/null", "w");
  const child = spawn(command, rest, { stdio: ["ignore", nowhere, "inherit", "ipc"], cwd: tmpdir() });
  closeSync(nowhere);
  process.once("exit", () => child.kill("SIGKILL"));
  const first = await nextWord(child);
  if (!("port" in first)) throw new Error(`The ${name} did not start.`);
  return {
    pid: child.pid ?? 0,
    port: first.port,
    async ask(order) {
      child.send(order);
      const word = await nextWord(child);
      if ("answer" in word) return word.answer;
      throw new Error("fault" in word ? word.fault : `The ${name} started twice.`);
    },
    close: () => void child.kill("SIGKILL"),
  };
}

/** Resolves to the next message of a child, and rejects when it ends before. */
function nextWord(child: ChildProcess) {
  return new Promise<ReturnType<typeof wordSchema.parse>>((resolve, reject) => {
    const gone = () => reject(new Error("A program of the bench ended by itself."));
    child.once("exit", gone);
    child.once("message", (message) => {
      child.off("exit", gone);
      resolve(wordSchema.parse(message));
    });
  });
}
