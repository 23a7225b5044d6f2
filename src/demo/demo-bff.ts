import { randomBytes } from "node:crypto";
import { PAGE_PATHS } from "../app/drawn-page.ts";
import { createBff } from "../bff/bff.ts";
import type { Bff } from "../bff/bff-options.ts";
import type { Clock } from "../bff/clock.ts";
import type { RenderPage } from "../bff/draw-page.ts";
import { GENEROUS_LIMITS } from "../bff/generous-limits.ts";
import type { Notify } from "../bff/notices.ts";
import { readSettings } from "../bff/settings.ts";
import { createMemoryStore } from "../bff/store.ts";
import type { Upstream } from "../bff/upstream.ts";
import { createDeliveries } from "./deliveries.ts";
import type { DemoSwitches } from "./demo-view.ts";

/** Where the demo's BFF answers. */
export const BASE_PATH = "/api/mfa";

/** As the simulator's own demo applications have them. */
const CLIENTS = {
  AUTH0_CLIENT_ID: "mfa-enroll-demo",
  AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
  AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
  AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
};

const WAYS: Readonly<Record<DemoSwitches["ways"], string>> = {
  both: "redirect,password",
  redirect: "redirect",
  password: "password",
};

/** Says what the demo's BFF meets. */
export interface DemoBffParts {
  tenantOrigin: string;
  upstream: Upstream;
  clock: Clock;
  notify: Notify | null;
  /** Draws the page; without it the page asks for itself. */
  renderPage?: RenderPage | undefined;
}

/** The BFF of the demo, made anew whenever it is told otherwise. The one store of all is kept until the demo starts over. */
export interface DemoBff {
  /** The BFF for a page at this origin. */
  at(origin: string): Bff;
  ways(): DemoSwitches["ways"];
  setWays(ways: DemoSwitches["ways"]): void;
  /** Adds settings by their names; an empty one takes the demo's own away. */
  configure(settings: Readonly<Record<string, string>>): void;
  /**
   * Lets no notice be delivered from now on, and resolves when none is under way. A mail server that does not answer keeps it
   * waiting for as long as a mail may take.
   */
  endDeliveries(): Promise<void>;
  /** Forgets every session and whatever was set, and delivers again. */
  startOver(): void;
}

/** Creates the BFF of the demo. */
export function createDemoBff({ tenantOrigin, upstream, clock, notify, renderPage }: DemoBffParts): DemoBff {
  const secretKey = randomBytes(32).toString("base64");
  let ways: DemoSwitches["ways"] = "both";
  let configured: Readonly<Record<string, string>> = {};
  let store = createMemoryStore(clock);
  let deliveries = notify && createDeliveries(notify);
  let made = new Map<string, Bff>();

  function make(origin: string): Bff {
    const read = readSettings({
      AUTH0_DOMAIN: tenantOrigin,
      ...CLIENTS,
      MFA_PUBLIC_URL: origin,
      MFA_SECRET_KEY: secretKey,
      MFA_SIGN_IN: WAYS[ways],
      MFA_BASE_PATH: BASE_PATH,
      MFA_RETURN_TO: PAGE_PATHS.join(","),
      // Everybody who looks at a demo comes from one address.
      ...GENEROUS_LIMITS,
      ...configured,
    });
    if ("problems" in read) throw new Error(read.problems.join(" "));
    const delivers = deliveries ? { notify: deliveries.notify } : {};
    const draws = renderPage ? { renderPage } : {};
    return createBff({ settings: read.settings, upstream, store, clock, ...delivers, ...draws });
  }

  return {
    at(origin) {
      const bff = made.get(origin) ?? make(origin);
      made.set(origin, bff);
      return bff;
    },
    ways: () => ways,
    setWays(wanted) {
      ways = wanted;
      made = new Map();
    },
    configure(settings) {
      configured = { ...configured, ...settings };
      made = new Map();
    },
    async endDeliveries() {
      await deliveries?.end();
    },
    startOver() {
      ways = "both";
      configured = {};
      store = createMemoryStore(clock);
      deliveries = notify && createDeliveries(notify);
      made = new Map();
    },
  };
}
