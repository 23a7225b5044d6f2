import type { BuiltPage } from "../app/built-page.ts";
import { createDrawnPage } from "../app/drawn-page.ts";
import { createRenderPage } from "../app/render-page.tsx";
import { createSite, type Fetch } from "../app/site.ts";
import { createMailNotices } from "../bff/mail-notices.ts";
import { createUndiciUpstream } from "../bff/undici-upstream.ts";
import type { ServedTenant } from "../simulator/serve-tenant.ts";
import { BASE_PATH, createDemoBff } from "./demo-bff.ts";
import type { DemoClock } from "./demo-clock.ts";
import { looksAsked } from "./dock/page-looks.ts";
import { createDemoRoutes } from "./demo-routes.ts";
import type { DemoChange } from "./demo-view.ts";
import { createPageLine } from "./page-line.ts";
import { createScenarioDoor } from "./scenario-door.ts";

/*
 * Puts the demo together: the simulated tenant, the BFF that meets it over HTTP as it would meet a real one, the page, and
 * the demo's own addresses. Nothing that ships imports this room.
 */

/** The name the made-up company has in messages and on the tenant's pages. */
export const BRAND = "Larkmoor Savings";

const NOTICES_FROM = `${BRAND} <security@larkmoor.example>`;

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
 * site elsewhere could otherwise read the codes through a name that it points at this machine. `clock` must be the
 * tenant's too.
 */
export function startDemo({
  origins,
  page,
  directory = null,
  tenant,
  clock,
}: {
  origins: readonly string[];
  page: BuiltPage;
  /** Where the page was built, to draw it for whoever asks; null for a page that asks by itself. */
  directory?: string | null;
  tenant: ServedTenant;
  clock: DemoClock;
}): Demo {
  const { simulator } = tenant;
  const upstream = createUndiciUpstream(tenant.origin);
  const smtpUrl = tenant.mailbox?.url;
  const mail = smtpUrl === undefined ? null : createMailNotices({ smtpUrl, from: NOTICES_FROM, site: BRAND });
  const bff = createDemoBff({
    tenantOrigin: tenant.origin,
    upstream,
    clock,
    notify: mail?.notify ?? null,
    renderPage: directory === null ? undefined : createRenderPage({ directory, dress }),
  });
  const drawn =
    directory === null
      ? null
      : createDrawnPage({
          directory,
          https: false,
          draw: async (request) => (await bff.at(new URL(request.url).origin).page?.(request)) ?? new Response(),
        });
  const line = createPageLine(clock);

  function change({ policy, recoveryCodes, ways }: DemoChange): void {
    if (policy) simulator.settings.policy = policy;
    if (recoveryCodes !== undefined) simulator.settings.factors.recoveryCode = recoveryCodes;
    if (ways) bff.setWays(ways);
  }

  /** Until the last mail of before has arrived everything goes on as it was: then it is cleared away with the rest. */
  async function startOver(): Promise<void> {
    await bff.endDeliveries();
    line.mend();
    clock.reset();
    simulator.reset();
    bff.startOver();
  }

  const scenarios = createScenarioDoor({
    tenant: simulator,
    clock,
    line,
    change,
    configure: bff.configure,
    bffAt: bff.at,
    async startOver() {
      await startOver();
      routes.clear();
    },
  });
  const routes = createDemoRoutes({
    outbox: simulator.outbox,
    people: simulator.people,
    page,
    clock,
    scenario: scenarios.current,
    switches: () => ({
      policy: simulator.settings.policy,
      recoveryCodes: simulator.settings.factors.recoveryCode,
      ways: bff.ways(),
    }),
    change,
    async reset() {
      await startOver();
      scenarios.end();
    },
  });

  return {
    async fetch(request) {
      const { origin, pathname } = new URL(request.url);
      if (!origins.includes(origin))
        return new Response("This demo answers on its own address only.\n", { status: 421 });
      if (pathname.startsWith("/demo/")) return routes.fetch(request);
      if (pathname === "/scenarios")
        return page(request, "/src/demo/scenarios.html") ?? new Response(null, { status: 404 });
      const opened = await scenarios.open(request);
      if (opened) return opened;
      return createSite({
        page,
        // What is slow or lost is seen where the page asks for itself.
        drawn: line.isGood() ? drawn : null,
        bff: (asked) => line.pass(asked, bff.at(origin)),
        basePath: BASE_PATH,
        https: false,
      })(request);
    },
    async close() {
      routes.close();
      await upstream.close();
      mail?.close();
    },
  };
}

/** Dresses the drawn page as `dressPage` does in the browser, so that nothing changes under the eyes of whoever opens it. */
function dress(html: string, request: Request): { html: string; locale: string } {
  const { look, lang } = looksAsked(new URL(request.url).search);
  return {
    html: html
      .replace("<html ", `<html data-look="${look}" `)
      .replace('<div id="sign-in-methods"', `<div id="sign-in-methods" lang="${lang}"`),
    locale: lang,
  };
}
