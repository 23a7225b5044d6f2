import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { GENEROUS_LIMITS } from "../src/bff/generous-limits.ts";

/*
 * Starts what was built, as processes of their own: the demo, or the production server and the simulated tenant that know
 * each other by HTTP alone.
 */

/** A process that runs. `output` is everything it has written so far. */
export interface Running {
  output(): string;
  stop(): Promise<void>;
}

/** A page to open, with the outbox of the tenant behind it. */
export interface Site {
  page: string;
  tenant: string;
  outbox: string;
  /** What each process has written so far, for the scan of their logs. */
  logs(): { name: string; text: string }[];
  /** Starts the production server of a pair anew, as after a change of its settings: it forgets what it kept in memory. */
  restart?(): Promise<void>;
  /** What the production server was told and nobody else may know. */
  secrets: { kind: string; value: string }[];
  stop(): Promise<void>;
}

/** A way in, as the setting names it. */
export type Ways = "redirect" | "password" | "redirect,password";

/** Built servers answer within a second or two; thirty is a machine that is busy with something else. */
const START_WITHIN_MS = 30_000;

/** Says where the build has put a server. */
export function built(name: string): string {
  return fileURLToPath(new URL(`../dist/server/${name}/main.js`, import.meta.url));
}

/** Starts a script of Node and waits until it has written what `ready` looks for; gives the first group of the match. */
export async function start(
  script: string,
  env: Record<string, string>,
  ready: RegExp,
  options: readonly string[] = [],
): Promise<Running & { found: string }> {
  const child: ChildProcess = spawn(process.execPath, [script, ...options], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A worker that is ended before its tests are does not come to stop it.
  process.once("exit", () => child.kill());
  let output = "";
  const found = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${script} did not start:\n${output}`)), START_WITHIN_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = ready.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve(match[1] ?? "");
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`${script} ended with ${String(code)}:\n${output}`));
    });
  });
  return {
    found,
    output: () => output,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** Finds a port of loopback that nobody holds now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Starts the demo on ports of its own. */
export async function startDemoServer(): Promise<Site> {
  const server = await start(built("demo"), { PORT: "0", TENANT_PORT: "0" }, /Page\s+(http:\S+)\/\s[\s\S]*Yours/);
  const page = server.found;
  return {
    page,
    tenant: /Tenant\s+(http:\S+)/.exec(server.output())?.[1] ?? "",
    outbox: `${page}/demo/outbox`,
    logs: () => [{ name: "demo", text: server.output() }],
    secrets: [],
    stop: () => server.stop(),
  };
}

/** As the simulated tenant's made-up application has them. */
const CLIENT = { AUTH0_CLIENT_ID: "mfa-enroll-demo", AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret" };

/**
 * Starts the simulated tenant and the production server as two processes that know each other by HTTP alone. `settings` go
 * to the production server, `tenantOptions` to the tenant.
 */
export async function startPair(
  ways: Ways,
  settings: Readonly<Record<string, string>> = {},
  tenantOptions: readonly string[] = [],
): Promise<Site> {
  const port = await freePort();
  const page = `http://localhost:${port}`;
  const tenantServer = await start(
    built("tenant"),
    { TENANT_PORT: "0", TENANT_APP_ORIGIN: page, TENANT_CALLBACKS: `${page}/api/mfa/callback` },
    /Simulated tenant\s+(http:\S+)[\s\S]*Ctrl-C/,
    tenantOptions,
  );
  const tenant = tenantServer.found;
  const secretKey = randomBytes(32).toString("base64");
  const env = {
    ...CLIENT,
    PORT: String(port),
    AUTH0_DOMAIN: tenant,
    MFA_PUBLIC_URL: page,
    MFA_SECRET_KEY: secretKey,
    MFA_SIGN_IN: ways,
    ...GENEROUS_LIMITS,
    ...settings,
  };
  const serve = () => start(built("serve"), env, /serves (https?:\S+)/);
  let pageServer = await serve();
  return {
    page,
    tenant,
    outbox: `${tenant}/_control/outbox`,
    logs: () => [
      { name: "serve", text: pageServer.output() },
      { name: "tenant", text: tenantServer.output() },
    ],
    secrets: [
      { kind: "client_secret", value: CLIENT.AUTH0_CLIENT_SECRET },
      { kind: "secret_key", value: secretKey },
    ],
    async restart() {
      await pageServer.stop();
      pageServer = await serve();
    },
    async stop() {
      await pageServer.stop();
      await tenantServer.stop();
    },
  };
}

/** Turns switches of the simulated tenant behind a site. */
export async function changeTenant(site: Site, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${site.tenant}/_control/settings`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(settings),
  });
  if (!answer.ok) throw new Error(`The tenant does not change: ${await answer.text()}`);
}
