import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

/*
 * What the visits go to: the production server with our page, other people's pages with the BFF of the archive behind,
 * and one tenant.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
export const hosts = join(root, "dist", "hosts");
export const pages = join(hosts, "public");

const HOST_PORT = 4791;
const SERVE_PORT = 4792;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const PASSWORD = "Enroll-Demo-1";

const children = [];
process.once("exit", () => children.forEach((child) => child.kill()));

/** Imports a door of the installed archive that is for Node. */
const doorOf = (name) => import(pathToFileURL(join(hosts, "node_modules", "mfa-enroll", "server", `${name}.js`)).href);

/** Starts a built server and resolves to what it says of itself. */
function start(name, env, ready) {
  const script = join(root, "dist", "server", name, "main.js");
  const child = spawn(process.execPath, [script], { env: { PATH: process.env.PATH, ...env } });
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (bytes) => {
      said += bytes;
      const found = ready.exec(said);
      if (found) resolve(found[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(said)));
  });
}

function settingsOf(tenant, page) {
  return {
    AUTH0_DOMAIN: tenant,
    AUTH0_CLIENT_ID: "mfa-enroll-demo",
    AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
    MFA_PUBLIC_URL: page,
    MFA_SECRET_KEY: randomBytes(32).toString("base64"),
    MFA_SIGN_IN: "password",
    // Everybody here comes from one address and has a number of the same range.
    MFA_SENDS_PER_IP_HOUR: "1000",
    MFA_SENDS_PER_PREFIX_HOUR: "1000",
  };
}

/** Serves the pages of other people's, packed as a production server packs them. */
async function startHost(tenant, page) {
  const { createBff, createNodeHandler, createUndiciUpstream, readSettings } = await doorOf("bff");
  const { settings } = readSettings(settingsOf(tenant, page));
  const handle = createNodeHandler(createBff({ settings, upstream: createUndiciUpstream(tenant) }));
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = new URL(request.url, page).pathname;
    if (path.startsWith("/api/mfa")) return handle(request, response);
    try {
      const file = normalize(join(pages, path));
      if (!file.startsWith(pages)) throw new Error("Not a page.");
      if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file), { level: 9 }));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-encoding": "gzip" });
      return response.end(packed.get(file));
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(HOST_PORT, "127.0.0.1", resolve));
}

/**
 * Starts all of it; resolves to the two addresses and to what the tenant's side does: people, and the codes they are
 * sent.
 */
export async function startServers() {
  const host = `http://localhost:${HOST_PORT}`;
  const served = `http://localhost:${SERVE_PORT}`;
  const tenant = await start(
    "tenant",
    { TENANT_PORT: "0", TENANT_APP_ORIGIN: host, TENANT_CALLBACKS: `${host}/api/mfa/callback` },
    /Simulated tenant\s+(http:\S+)[\s\S]*Ctrl-C/,
  );
  await startHost(tenant, host);
  await start("serve", { ...settingsOf(tenant, served), PORT: String(SERVE_PORT) }, /serves (https?:\S+)/);
  const { lastMessageId, readCode } = await doorOf("testing");
  const outbox = `${tenant}/_control/outbox`;
  return {
    host,
    served,
    /** Adds somebody who has nothing yet. */
    async addPerson() {
      const name = `sam.${randomBytes(4).toString("hex")}`;
      const answer = await fetch(`${tenant}/_control/people`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ subject: `auth0|${name}`, name, email: `${name}@example.com` }),
      });
      if (!answer.ok) throw new Error(`The tenant does not take ${name}: ${await answer.text()}`);
      return { username: `${name}@example.com`, password: PASSWORD };
    },
    lastMessage: () => lastMessageId(outbox),
    readCode: (to, after) => readCode(outbox, { channel: "sms", to, after }),
  };
}
