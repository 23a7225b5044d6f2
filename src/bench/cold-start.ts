import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../kills/free-port.ts";
import { PAGE } from "./measured-bff.ts";
import { medianOf } from "./medians.ts";

/** Built beside this room by the same command. */
const SERVER = fileURLToPath(new URL("../serve/main.js", import.meta.url));
const STARTS = 5;
/** Fifteen seconds: it starts in under one on an idle machine. */
const STARTS_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 2;

/** Returns how long the production server takes from its start to its first answer, in ms: the median of five. */
export async function coldStart(): Promise<number> {
  const took: number[] = [];
  for (let start = 1; start <= STARTS; start += 1) took.push(await startOnce());
  return medianOf(took);
}

async function startOnce(): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, [SERVER], {
    env: {
      PATH: process.env["PATH"] ?? "",
      AUTH0_DOMAIN: "tenant.example",
      AUTH0_CLIENT_ID: "bench",
      AUTH0_CLIENT_SECRET: "bench-secret",
      MFA_PUBLIC_URL: PAGE,
      MFA_SECRET_KEY: Buffer.alloc(32, 1).toString("base64"),
      HOST: "127.0.0.1",
      PORT: String(port),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    while (!(await answers(port))) {
      if (child.exitCode !== null || performance.now() - begun > STARTS_WITHIN_MS)
        throw new Error("The production server did not start.");
      await pause(LOOK_EVERY_MS);
    }
    return performance.now() - begun;
  } finally {
    child.kill("SIGKILL");
  }
}

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}
