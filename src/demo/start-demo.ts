import { randomBytes } from "node:crypto";
import type { BuiltPage } from "../app/built-page.ts";
import { createSite, type Fetch } from "../app/site.ts";
import { createBff } from "../bff/bff.ts";
import { createMailNotices } from "../bff/mail-notices.ts";
import { readSettings } from "../bff/settings.ts";
import { createMemoryStore } from "../bff/store.ts";
import { createUndiciUpstream } from "../bff/undici-upstream.ts";
import type { ServedTenant } from "../simulator/serve-tenant.ts";
import { createDemoRoutes } from "./demo-routes.ts";
import type { DemoSwitches } from "./demo-view.ts";

/*
 * Puts the demo together: the simulated tenant, the BFF that meets it over HTTP as it would meet a real one, the page, and
 * the demo's own addresses. Nothing that ships imports this room.
 */

/** The name the made-up company has in messages and on the tenant's pages. */
export const BRAND = "Larkmoor Savings";

const NOTICES_FROM = `${BRAND} <security@larkmoor.example>`;

/** As the simulator's own demo application has them. */
const CLIENT = {
  AUTH0_CLIENT_ID: "mfa-enroll-demo",
  AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
  AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
  AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
};
const BASE_PATH = "/api/mfa";
const WAYS: Readonly<Record<DemoSwitches["ways"], string>> = {
  both: "redirect,password",
  redirect: "redirect",
  password: "password",
};

/** Says which callback address the tenant must know for a page at `origin`. */
export function callbackOf(origin: string): string {
  return `${origin}${BASE_PATH}/callback`;
}

/** A running demo: `fetch` answers everything on the page's port. */
export interface Demo {
  fetch: Fetch;
  /** Ends what would keep the server from stopping. */
  close(): Promise<void>;
}

/**
 * Composes the demo for a page that is opened under any of `origins`; a request for another host is refused, because a
 * site elsewhere could otherwise read the codes through a name that it points at this machine.
 */
export function startDemo({
  origins,
  page,
  tenant,
}: {
  origins: readonly string[];
  page: BuiltPage;
  tenant: ServedTenant;
}): Demo {
  const { simulator } = tenant;
  const upstream = createUndiciUpstream(tenant.origin);
  const secretKey = randomBytes(32).toString("base64");
  const smtpUrl = tenant.mailbox?.url;
  const mail = smtpUrl === undefined ? null : createMailNotices({ smtpUrl, from: NOTICES_FROM, site: BRAND });
  let ways: DemoSwitches["ways"] = "both";
  let store = createMemoryStore({ now: Date.now });
  let sites = new Map<string, Fetch>();

  function siteAt(origin: string): Fetch {
    const read = readSettings({
      AUTH0_DOMAIN: tenant.origin,
      ...CLIENT,
      MFA_PUBLIC_URL: origin,
      MFA_SECRET_KEY: secretKey,
      MFA_SIGN_IN: WAYS[ways],
      MFA_BASE_PATH: BASE_PATH,
    });
    if ("problems" in read) throw new Error(read.problems.join(" "));
    const bff = createBff({ settings: read.settings, upstream, store, ...(mail ? { notify: mail.notify } : {}) });
    return createSite({ page, bff, basePath: BASE_PATH, https: false });
  }

  const routes = createDemoRoutes({
    outbox: simulator.outbox,
    people: simulator.people,
    page,
    switches: () => ({
      policy: simulator.settings.policy,
      recoveryCodes: simulator.settings.factors.recoveryCode,
      ways,
    }),
    change(wanted) {
      if (wanted.policy) simulator.settings.policy = wanted.policy;
      if (wanted.recoveryCodes !== undefined) simulator.settings.factors.recoveryCode = wanted.recoveryCodes;
      if (wanted.ways) ways = wanted.ways;
      sites = new Map();
    },
    reset() {
      simulator.reset();
      ways = "both";
      store = createMemoryStore({ now: Date.now });
      sites = new Map();
    },
  });

  return {
    async fetch(request) {
      const { origin, pathname } = new URL(request.url);
      if (!origins.includes(origin))
        return new Response("This demo answers on its own address only.\n", { status: 421 });
      if (pathname.startsWith("/demo/")) return routes.fetch(request);
      const site = sites.get(origin) ?? siteAt(origin);
      sites.set(origin, site);
      return site(request);
    },
    async close() {
      routes.close();
      await upstream.close();
      mail?.close();
    },
  };
}
