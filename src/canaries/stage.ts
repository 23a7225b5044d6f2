import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../kills/free-port.ts";
import { listens, type RunningRedis, startRedis } from "../kills/redis-server.ts";
import { demoClient, managementClient } from "../simulator/clients.ts";
import { type ServedTenant, startTenant } from "../simulator/serve-tenant.ts";
import type { Secret } from "../testing/scan-for-secrets.ts";

/** The production server over a Redis that writes everything down, and a tenant in this process. */
export type Stage = {
  origin: string;
  basePath: string;
  tenant: ServedTenant;
  redis: RunningRedis;
  /** What the server was told and nobody else may know. */
  secrets: Secret[];
  /** Everything the server has written so far. */
  log(): string;
  /** What the server tells of itself to whoever watches it. */
  metrics(): Promise<string>;
  isRunning(): boolean;
  /** Every file that Redis has written, word for word. */
  storeFiles(): { name: string; text: string }[];
  close(): Promise<void>;
};

/** Built beside this room by the same command. */
const SERVER = fileURLToPath(new URL("../serve/main.js", import.meta.url));
const STARTS_WITHIN_MS = 30_000;

/** Starts it all on free ports of loopback. `env` adds to the server's settings. */
export async function openStage(env: Readonly<Record<string, string>>): Promise<Stage> {
  const [port, operations] = [await freePort(), await freePort()];
  const origin = `http://localhost:${port}`;
  const [client, management] = [demoClient([`${origin}/api/mfa/callback`], [origin]), managementClient()];
  client.secret = `QCANARYQ-client-${randomBytes(12).toString("hex")}`;
  management.secret = `QCANARYQ-management-${randomBytes(12).toString("hex")}`;
  const tenant = await startTenant({
    port: 0,
    people: [],
    clients: [client, management],
    // One tenant answers for everybody of the run, from one address: its own limits are not what is looked at.
    settings: { limits: { api: { burst: 1e6, refillSeconds: 1 }, oobExchange: { burst: 1e6, refillSeconds: 1 } } },
  });
  const directory = mkdtempSync(join(tmpdir(), "mfa-enroll-canaries-"));
  // Unpacked, so that a text in a record stands in the files as it is.
  const redis = await startRedis({ directory, options: ["--rdbcompression", "no"] });
  const secretKey = randomBytes(32).toString("base64");
  const child = spawn(process.execPath, [SERVER], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOST: "127.0.0.1",
      PORT: String(port),
      AUTH0_DOMAIN: tenant.origin,
      AUTH0_CLIENT_ID: client.id,
      AUTH0_CLIENT_SECRET: client.secret,
      AUTH0_MANAGEMENT_CLIENT_ID: management.id,
      AUTH0_MANAGEMENT_CLIENT_SECRET: management.secret,
      MFA_PUBLIC_URL: origin,
      MFA_SECRET_KEY: secretKey,
      MFA_SIGN_IN: "redirect,password",
      MFA_OPERATIONS_PORT: String(operations),
      MFA_DRAIN_SECONDS: "0",
      MFA_TRUSTED_PROXIES: "127.0.0.1,::1",
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => written.push(bytes.toString("utf8")));
  for (const until = Date.now() + STARTS_WITHIN_MS; !(await listens(port)); await pause(50)) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`The server did not start:\n${written.join("")}`);
  }
  return {
    origin,
    basePath: "/api/mfa",
    tenant,
    redis,
    secrets: [
      { kind: "client_secret", value: client.secret },
      { kind: "client_secret", value: management.secret },
      { kind: "secret_key", value: secretKey },
    ],
    log: () => written.join(""),
    metrics: async () => (await fetch(`http://127.0.0.1:${operations}/metrics`)).text(),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    storeFiles: () =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), "latin1") })),
    async close() {
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      await redis.kill();
      await tenant.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
