import type { Page } from "playwright/test";
import { test as base, expect } from "../fixtures.ts";
import { type Site, startPair } from "../servers.ts";
import { startAttacker } from "./attacker.ts";
import { makeCertificate } from "./certificate.ts";
import { type Front, startFront } from "./front.ts";

/*
 * Our page on https under a name of its own, with somebody else's site beside it. Names matter here: two ports of localhost
 * are one site, and nothing that was forged there would have been forged from elsewhere.
 */

export { expect };

/** Gives the world for a choice of settings of the production server; one a worker for each choice. */
type WorldFor = (settings?: Readonly<Record<string, string>>, without?: string) => Promise<World>;

/** Our name, a name that somebody points at us, somebody else's, and one of theirs below ours. */
export const NAMES = { app: "app.test", rebound: "rebound.test", evil: "evil.test", sibling: "evil.app.test" } as const;

/** What everything in a test of somebody else's pages happens between. */
export interface World {
  /** The origin of our page. */
  app: string;
  /** Origins of theirs: another site, a name below ours, and one that leads to our server. */
  evil: string;
  sibling: string;
  rebound: string;
  /** The tenant and the production server behind it. */
  site: Site;
  front: Front;
  /** What the tenant has really done so far, with all of its accounts. */
  ledger(): Promise<string>;
}

/** Starts the world of one worker, with more settings of the production server. */
async function startWorld(
  settings: Readonly<Record<string, string>>,
  without?: string,
): Promise<World & { stop(): Promise<void> }> {
  const certificate = makeCertificate(Object.values(NAMES));
  const attacker = await startAttacker(certificate);
  const front = await startFront(certificate, {
    // Before the name was pointed at us it led to whoever owns it.
    page: ({ headers, url }) =>
      headers.host?.startsWith(NAMES.rebound) && url === "/" ? "<!doctype html><title>Win a prize</title><body>" : null,
    ...(without === undefined ? {} : { without }),
  });
  const app = `https://${NAMES.app}:${String(front.port)}`;
  const site = await startPair("password", { MFA_PUBLIC_URL: app, ...settings });
  front.leadTo(Number(new URL(site.page).port));
  return {
    app,
    evil: `https://${NAMES.evil}:${String(attacker.port)}`,
    sibling: `https://${NAMES.sibling}:${String(attacker.port)}`,
    rebound: `https://${NAMES.rebound}:${String(front.port)}`,
    site,
    front,
    async ledger() {
      const doors = ["ledger", "people"].map((door) => fetch(`${site.tenant}/_control/${door}`));
      return (await Promise.all((await Promise.all(doors)).map((answer) => answer.text()))).join("\n");
    },
    async stop() {
      await front.stop();
      await attacker.stop();
      await site.stop();
    },
  };
}

/** Chromium's way to let names lead here, and Firefox's. */
const RESOLVER = `--host-resolver-rules=${Object.values(NAMES)
  .map((name) => `MAP ${name} 127.0.0.1`)
  .join(", ")}`;

export const test = base.extend<{ theirs: Page }, { worldFor: WorldFor }>({
  ignoreHTTPSErrors: async ({}, use) => use(true),
  launchOptions: [
    async ({ launchOptions, browserName }, use) => {
      const { args = [] } = launchOptions;
      // A service worker is only installed where the whole browser takes the certificate.
      if (browserName === "chromium")
        return use({ ...launchOptions, args: [...args, RESOLVER, "--ignore-certificate-errors"] });
      return use({
        ...launchOptions,
        firefoxUserPrefs: {
          ...launchOptions.firefoxUserPrefs,
          "network.dns.localDomains": Object.values(NAMES).join(","),
        },
      });
    },
    { scope: "worker" },
  ],
  worldFor: [
    // Playwright demands a destructured first argument.
    async ({}, use) => {
      const worlds = new Map<string, ReturnType<typeof startWorld>>();
      await use((settings = {}, without) => {
        const key = JSON.stringify([settings, without]);
        const world = worlds.get(key) ?? startWorld(settings, without);
        worlds.set(key, world);
        return world;
      });
      for (const world of worlds.values()) await (await world).stop();
    },
    { scope: "worker" },
  ],
  // A second page of the same browser, for somebody else's site. What it complains of is theirs.
  theirs: async ({ context }, use) => use(await context.newPage()),
});
