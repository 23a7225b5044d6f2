import { fileURLToPath } from "node:url";
import { createBff } from "../bff/bff.ts";
import { createLog } from "../bff/log.ts";
import { createMailNotices } from "../bff/mail-notices.ts";
import { listen } from "../bff/node-server.ts";
import { createRedisStore } from "../bff/redis-store.ts";
import { readSettings, type Settings } from "../bff/settings.ts";
import { createUndiciUpstream } from "../bff/undici-upstream.ts";
import { loadBuiltPage } from "./built-page.ts";
import { createSite } from "./site.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

/*
 * The production server: the built page and the BFF on one port, against the tenant that the environment names. There is
 * no other tenant to fall back to, and no part of the demo can be reached from here.
 */

const read = readSettings(process.env);
const problems = "problems" in read ? [...read.problems] : [];
const port = process.env["PORT"] || "4300";
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) problems.push("PORT must be a port number.");

if ("problems" in read || problems.length > 0) {
  for (const sentence of problems) console.error(sentence);
  process.exitCode = 1;
} else {
  await serve(read.settings);
}

async function serve(settings: Settings): Promise<void> {
  const https = settings.publicUrl.startsWith("https:");
  const upstream = createUndiciUpstream(new URL(settings.tenant.issuer).origin);
  const store = settings.redisUrl === null ? null : createRedisStore(settings.redisUrl);
  const mail =
    settings.mail === null ? null : createMailNotices({ ...settings.mail, site: new URL(settings.publicUrl).host });
  const bff = createBff({
    settings,
    upstream,
    log: createLog(process.stdout),
    ...(store ? { store } : {}),
    ...(mail ? { notify: mail.notify } : {}),
  });
  const { basePath } = settings;
  const page = loadBuiltPage({ directory: fileURLToPath(new URL("../../page", import.meta.url)), https });
  const server = await listen({
    fetch: createSite({ page, bff, basePath, https }),
    door: { below: basePath, exchange: bff.exchange },
    host: process.env["HOST"] || "127.0.0.1",
    port: Number(port),
  });
  stopOnSignal(async () => {
    await server.close();
    await upstream.close();
    await store?.close();
    mail?.close();
  });
  console.log(
    `MFA Enroll serves ${settings.publicUrl} on port ${server.port}, for the tenant ${settings.tenant.issuer}`,
  );
  if (mail === null)
    console.log("Nobody is told of methods that are added or removed: set SMTP_URL and MFA_NOTICE_FROM for that.");
}
