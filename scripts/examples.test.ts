import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, createServer as createViteServer } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createEnrollmentClient, type EnrollmentClient, type Outcome } from "../src/client/enrollment-client.ts";
import { createTenantVisit, keepCookies } from "../src/journeys/tenant-visit.ts";
import { demoClient } from "../src/simulator/clients.ts";
import { DEMO_PASSWORD } from "../src/simulator/people.ts";
import { type ServedTenant, startTenant } from "../src/simulator/serve-tenant.ts";
import { readCode } from "../src/testing/read-code.ts";

/*
 * Runs each of `docs/examples` as it stands there, in a process of its own, with the doors for Node built from the sources. In browsers,
 * and with the package as it is packed, `npm run test:package` plays in them.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const examples = join(root, "docs", "examples");
const PHONE = "+12025550142";
/** To build and to start takes seconds; a machine that is busy with something else may take a minute. */
const PATIENT_MS = 60_000;

/** What a test of this file drives; whoever adds an example adds it here. */
const SERVERS = ["express", "fastify", "hono", "node-http", "next-route"];
const OTHERS = ["host-session", "tenant", "vite.config"];

/** Next itself is not here: its handlers are called as it would call them. */
const IN_PLACE_OF_NEXT = `
  import { serve } from "@hono/node-server";
  import { GET, POST } from "./next-route.mjs";
  const fetch = (request) => (request.method === "POST" ? POST(request) : GET(request));
  serve({ fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" }, () => console.log("ready"));
`;

let folder = "";
const running: ChildProcess[] = [];
let tenant: ServedTenant | null = null;

beforeAll(async () => {
  mkdirSync(join(root, "test-results"), { recursive: true });
  folder = mkdtempSync(join(root, "test-results", "examples-"));
  const own = join(folder, "node_modules", "mfa-enroll");
  const source = readFileSync(join(root, "scripts", "package.mjs"), "utf8");
  const doors = [...source.matchAll(/^ {2}(\w+): \{ source: "([^"]+)", kind: "server" \}/gm)];
  if (doors.length < 3) throw new Error("The doors for Node are not where they were in package.mjs.");
  await build({
    root,
    logLevel: "error",
    build: {
      ssr: true,
      outDir: own,
      rolldownOptions: {
        input: Object.fromEntries(doors.map(([, name = "", file = ""]) => [name, join(root, file)])),
        output: { entryFileNames: "[name].js" },
      },
    },
  });
  const exports = Object.fromEntries(doors.map(([, name = ""]) => [`./${name}`, `./${name}.js`]));
  writeFileSync(join(own, "package.json"), JSON.stringify({ name: "mfa-enroll", type: "module", exports }));
  cpSync(examples, folder, { recursive: true });
  writeFileSync(join(folder, "in-place-of-next.mjs"), IN_PLACE_OF_NEXT);
}, PATIENT_MS);

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill();
    await once(child, "exit");
  }
  await tenant?.close();
  tenant = null;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts an example, and gives what it has written by the time that it writes `ready`. */
async function start(
  name: string,
  env: Record<string, string>,
  { ready = /^ready$/m, flags = [] }: { ready?: RegExp; flags?: string[] } = {},
): Promise<string> {
  const child = spawn(process.execPath, [...flags, join(folder, `${name}.mjs`)], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let output = "";
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (ready.test(output)) resolve(output);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(`${name} ended:\n${output}`)));
  });
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return String(typeof address === "object" && address ? address.port : 0);
}

/** Starts a tenant and, against it, an example that serves a page's BFF. */
async function serve(
  name: string,
  more: Record<string, string> = {},
  page = `http://localhost:${more["PORT"]}`,
): Promise<{ page: string; tenant: ServedTenant }> {
  const client = demoClient([`${page}/api/mfa/callback`, `${page}/callback`], [page]);
  tenant = await startTenant({ port: 0, clients: [client] });
  const settings = {
    AUTH0_DOMAIN: tenant.origin,
    AUTH0_CLIENT_ID: client.id,
    AUTH0_CLIENT_SECRET: client.secret ?? "",
    MFA_PUBLIC_URL: page,
    MFA_SECRET_KEY: randomBytes(32).toString("base64"),
    MFA_SIGN_IN: "redirect,password",
  };
  await start(name, { ...settings, ...more });
  return { page, tenant };
}

/** A browser with a cookie jar, and the page's client in it. */
function openBrowser(page: string) {
  const jar = new Map<string, string>();
  async function ask(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("origin", page);
    if (jar.size > 0) headers.set("cookie", [...jar].map((pair) => pair.join("=")).join("; "));
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    keepCookies(jar, response);
    return response;
  }
  const client = createEnrollmentClient({ baseUrl: `${page}/api/mfa`, newKey: () => crypto.randomUUID(), fetch: ask });
  return { jar, ask, client };
}

function answered<Answer>(outcome: Outcome<Answer>): Answer {
  if (outcome.kind === "answered") return outcome.answer;
  throw new Error(outcome.kind === "refused" ? outcome.problem.code : outcome.kind);
}

/** Adds a phone for whoever is signed in, up to the recovery code. */
async function enroll(client: EnrollmentClient, { controlUrl }: ServedTenant): Promise<void> {
  const { flow } = answered(await client.start({ channel: "sms", contact: PHONE }));
  if (flow.step !== "code") throw new Error(`The step is ${flow.step}.`);
  const code = await readCode(`${controlUrl}/outbox`, { channel: "sms", to: PHONE });
  const confirmed = await client.confirm({ enrollmentId: flow.enrollment.enrollmentId, code });
  expect(answered(confirmed).flow).toMatchObject({ step: "recovery_code", state: "to_save" });
}

describe("an example", () => {
  test("is run by some test, whichever there are", () => {
    const there = readdirSync(examples).filter((file) => file.endsWith(".mjs"));
    expect(there.toSorted()).toEqual([...SERVERS, ...OTHERS].map((name) => `${name}.mjs`).toSorted());
  });

  test.each(SERVERS)(
    "enrolls a phone over HTTP, bodies and cookies included: %s",
    async (name) => {
      const isNext = name === "next-route";
      const proxy = { PROXY_ADDRESS: "127.0.0.1", MFA_TRUSTED_PROXIES: "127.0.0.1" };
      const PORT = await freePort();
      const site = await serve(isNext ? "in-place-of-next" : name, { PORT, ...(isNext ? proxy : {}) });
      const { client } = openBrowser(site.page);
      expect(answered(await client.session(null)).person).toBeNull();
      const signedIn = await client.signIn({ way: "password", username: "robin@example.com", password: DEMO_PASSWORD });
      expect(answered(signedIn).outcome).toBe("signed_in");
      await enroll(client, site.tenant);
    },
    PATIENT_MS,
  );

  test(
    "hands over who is signed in at the host, whose session is the only one",
    async () => {
      const site = await serve("host-session", { PORT: await freePort() });
      const { jar, ask, client } = openBrowser(site.page);
      expect(answered(await client.session(null)).person).toBeNull();
      const leaving = answered(await client.signIn({ way: "redirect", returnTo: "/" }));
      expect(leaving).toEqual({ outcome: "leave", location: "/login" });

      const login = await ask(`${site.page}/login`);
      const before = jar.get("sid");
      const visit = createTenantVisit(site.tenant.simulator, site.page);
      const back = await visit.signIn(login.headers.get("location") ?? "", { username: "robin@example.com" });
      await ask(back);
      expect(jar.get("sid")).not.toBe(before);

      expect(answered(await client.session(null))).toMatchObject({ can: { add: "yes" } });
      await enroll(client, site.tenant);
      expect([...jar.keys()]).toEqual(["sid"]);
    },
    PATIENT_MS,
  );

  test(
    "hands the BFF's paths on from Vite's development server, and changes nothing on the way",
    async () => {
      const [PORT, port] = [await freePort(), await freePort()];
      vi.stubEnv("BFF_PORT", PORT);
      const vite = await createViteServer({
        root: folder,
        configFile: join(folder, "vite.config.mjs"),
        logLevel: "error",
        optimizeDeps: { noDiscovery: true, include: [] },
        server: { port: Number(port), ws: false, watch: null },
      });
      try {
        await vite.listen();
        const site = await serve("express", { PORT }, `http://localhost:${port}`);
        const { client } = openBrowser(site.page);
        const person = { username: "robin@example.com", password: DEMO_PASSWORD };
        expect(answered(await client.signIn({ way: "password", ...person })).outcome).toBe("signed_in");
        await enroll(client, site.tenant);
      } finally {
        vi.unstubAllEnvs();
        await vite.close();
      }
    },
    PATIENT_MS,
  );

  test(
    "is a tenant to try things with, and prints the settings that lead to it",
    async () => {
      const PORT = await freePort();
      const env = { PAGE: `http://localhost:${PORT}`, TENANT_PORT: await freePort() };
      const printed = await start("tenant", env, { ready: /# Password: \S+\n/ });
      expect(printed).toContain("robin@example.com");
      expect(printed).toContain(`# Password: ${DEMO_PASSWORD}\n`);
      writeFileSync(join(folder, ".env"), printed);
      await start("express", { PORT }, { flags: ["--env-file=.env"] });
      const { client } = openBrowser(env.PAGE);
      const leaving = answered(await client.signIn({ way: "redirect", returnTo: "/" }));
      if (leaving.outcome !== "leave") throw new Error("It is signed in without a sign-in.");
      const sent = await fetch(leaving.location, { redirect: "manual" });
      expect(new URL(sent.headers.get("location") ?? "", leaving.location).pathname).toBe("/u/login");
      const outbox = /# Messages: (\S+)/.exec(printed)?.[1] ?? "";
      expect(await (await fetch(outbox)).json()).toEqual([]);
    },
    PATIENT_MS,
  );
});
