import { fileURLToPath } from "node:url";
import { systemClock } from "../bff/clock.ts";
import { createNode } from "../bff/create-node.ts";
import { createMailNotices } from "../bff/mail-notices.ts";
import { listen } from "../bff/node-server.ts";
import { readSettings, type Settings } from "../bff/settings.ts";
import { loadBuiltPage } from "./built-page.ts";
import { drain } from "./drain.ts";
import { createDrawnPage, PAGE_PATHS } from "./drawn-page.ts";
import { lastResort } from "./last-resort.ts";
import { createOperations } from "./operations.ts";
import { readOperations } from "./read-operations.ts";
import { createRenderPage } from "./render-page.tsx";
import { createSite } from "./site.ts";
import { keepInspectorShut, problemsOfFlags } from "./start-flags.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

/*
 * The production server: the built page and the BFF on one port, against the tenant that the environment names. There is
 * no other tenant to fall back to, and no part of the demo can be reached from here.
 */

/** Ten seconds for the requests under way when a node is taken out of service: each is answered within eight. */
const ANSWERED_WITHIN_MS = 10_000;

const read = readSettings(process.env);
const problems = "problems" in read ? [...read.problems] : [];
const operations = readOperations(process.env, problems);
const port = process.env["PORT"] || "4300";
if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) problems.push("PORT must be a port number.");
if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0")
  problems.push(
    "NODE_TLS_REJECT_UNAUTHORIZED=0 would hand the tenant's tokens to anybody on the way: start Node without it.",
  );
problems.push(...problemsOfFlags({ execArgv: process.execArgv, nodeOptions: process.env["NODE_OPTIONS"] ?? "" }));

if ("problems" in read || problems.length > 0) {
  for (const sentence of problems) console.error(sentence);
  process.exitCode = 1;
} else {
  // The page knows where it is: people come back from signing in to where they were on it.
  const returnTo = [...new Set([...read.settings.returnTo, ...PAGE_PATHS])];
  await serve({ ...read.settings, returnTo }).catch((error: unknown) => {
    console.error(`The server could not start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
}

async function serve(settings: Settings): Promise<void> {
  const { tenant, publicUrl, basePath } = settings;
  const https = publicUrl.startsWith("https:");
  const mail = settings.mail === null ? null : createMailNotices({ ...settings.mail, site: new URL(publicUrl).host });
  const directory = fileURLToPath(new URL("../../page", import.meta.url));
  const renderPage = createRenderPage({ directory });
  const { bff, store, metrics, close } = createNode(settings, { notify: mail?.notify, renderPage });
  const answer = { https, frameAncestors: settings.frameAncestors };
  const page = loadBuiltPage({ directory, ...answer });
  const drawn = bff.page && createDrawnPage({ draw: bff.page, directory, ...answer });
  const server = await listen({
    fetch: createSite({ page, drawn, bff, basePath, host: new URL(publicUrl).host, ...answer }),
    door: { below: basePath, exchange: bff.exchange },
    host: process.env["HOST"] || "127.0.0.1",
    port: Number(port),
  });
  let isLeaving = false;
  const looked =
    operations.listener &&
    (await listen({
      fetch: createOperations({ metrics, store, clock: systemClock, isLeaving: () => isLeaving }),
      ...operations.listener,
    }));

  const stop = (graceMs: number) =>
    drain(
      {
        leave() {
          isLeaving = true;
          server.leave();
          bff.report({ event: "node_stopping" });
        },
        stopTaking: () => server.close(graceMs > 0 ? ANSWERED_WITHIN_MS : undefined),
        inWork: bff.inWork,
        async close() {
          await looked?.close();
          await close();
          mail?.close();
        },
      },
      { clock: systemClock, graceMs },
    );
  // Whoever presses Ctrl-C has no load balancer that must find out first.
  stopOnSignal(async (signal) => {
    await stop(signal === "SIGTERM" ? operations.drainSeconds * 1000 : 0);
  });
  keepInspectorShut(process);
  lastResort(process, {
    report: bff.report,
    stop: () => void stop(0).then(() => process.exit(1)),
  });
  bff.report({ event: "node_started" });
  console.log(`MFA Enroll serves ${publicUrl} on port ${server.port}, for the tenant ${tenant.issuer}`);
  if (mail === null)
    console.log("Nobody is told of methods that are added or removed: set SMTP_URL and MFA_NOTICE_FROM for that.");
}
