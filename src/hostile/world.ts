import { createFetchUpstream } from "../bff/fetch-upstream.ts";
import { createLog } from "../bff/log.ts";
import { createMemoryStore } from "../bff/store.ts";
import type { Upstream } from "../bff/upstream.ts";
import { CLIENT_HEADER, IDEMPOTENCY_HEADER, routes, type RouteName } from "../contract/routes.ts";
import { createStack, PAGE, type Stack, START, TENANT } from "../journeys/stack.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { type Beside, cookieIn, type Kept } from "./lives.ts";
import { askedOf } from "./asked-of.ts";
import type { Scene } from "./scenes.ts";
import { swappingStore } from "./swapping-store.ts";
import type { Wire } from "./wire.ts";

/** Four countries, so that a number of an island within the plan of one of them is not taken for one of it. */
const COUNTRIES = "US,CA,GB,DE";

/** The simulated tenant's own credential for replacing a lost recovery code. */
const MANAGEMENT = {
  AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
  AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
};

/** Describes an answer as it came, with the log lines that were written for it. */
export type Heard = {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly lines: readonly string[];
};

/** Describes everything that a hostile request may not change. */
export type Seen = {
  readonly status: number;
  readonly view: string;
  readonly ledger: number;
  readonly codesRefused: number;
};

/** A back end at the place of a scene. */
export type World = {
  readonly scene: Scene;
  readonly stack: Stack;
  readonly kept: Beside["kept"];
  /** The tenant's paths that were asked for, each with its method, and every header value that went along. */
  readonly calls: readonly { readonly path: string; readonly told: string }[];
  /** The request that is accepted here, as the page sends it, with a new key each time. */
  wire(): Wire;
  /** The request for any route, as the page sends it. */
  ask(name: RouteName, content: unknown): Wire;
  /** The request for the session, which is accepted everywhere. */
  reading(): Wire;
  send(wire: Wire): Promise<Heard>;
  /** Puts something in the place of the way to the tenant; null takes it away. */
  spoil(way: ((honest: Upstream) => Upstream) | null): void;
  /** Every line of the log so far. */
  readonly lines: readonly string[];
  /** Reads the session, and counts what the tenant did so far. */
  look(): Promise<Seen>;
};

/** Comes to the place of a scene in a back end of its own. */
export async function createWorld(scene: Scene): Promise<World> {
  const lines: string[] = [];
  let way: ((honest: Upstream) => Upstream) | null = null;
  const calls: { path: string; told: string }[] = [];
  const clock = createManualClock(START);
  const store = swappingStore(createMemoryStore(clock));
  const stack = createStack({
    clock,
    store,
    env: { ...MANAGEMENT, MFA_SMS_COUNTRIES: COUNTRIES, MFA_VOICE_COUNTRIES: COUNTRIES },
    bff: { log: createLog({ write: (line) => lines.push(line) }) },
    upstream: (fetch) => {
      const honest = recording(createFetchUpstream(TENANT, fetch), calls);
      return (request) => (way ? way(honest) : honest)(request);
    },
  });
  const browser = stack.browser();
  await browser.signInByPassword(scene.person);
  const kept: Beside["kept"] = new Map();
  const body = await scene.come(stack, browser, { kept, store, swap: store.swap });
  let keys = 0;

  function wireOf(name: RouteName, content: unknown): Wire {
    const { method, path, idempotent } = routes[name];
    keys += 1;
    const key: [string, string][] = idempotent ? [[IDEMPOTENCY_HEADER, `hostile-corpus-${keys}`]] : [];
    const type: [string, string][] = method === "POST" ? [["content-type", "application/json"]] : [];
    return {
      method,
      path: `${stack.settings.basePath}${path}`,
      headers: [
        ["host", new URL(PAGE).host],
        ["origin", PAGE],
        ["sec-fetch-site", "same-origin"],
        ["sec-fetch-mode", "cors"],
        ["sec-fetch-dest", "empty"],
        [CLIENT_HEADER, "1"],
        ["cookie", cookieIn(browser)],
        ...key,
        ...type,
      ],
      body: method === "POST" ? JSON.stringify(content) : null,
    };
  }

  async function send(wire: Wire): Promise<Heard> {
    const before = lines.length;
    const { status, headers, body: text } = await stack.exchange(askedOf(wire));
    return { status, headers, text: text ?? "", lines: lines.slice(before) };
  }

  return {
    scene,
    stack,
    kept,
    calls,
    ask: wireOf,
    wire: () => wireOf(scene.route, body),
    reading: () => wireOf("session", null),
    send,
    lines,
    spoil(next) {
      way = next;
    },
    async look() {
      const { status, text } = await send(wireOf("session", null));
      const { ledger } = stack.simulator;
      const codesRefused = ledger.list("codeRefused").length;
      return { status, view: text, ledger: ledger.list().length - codesRefused, codesRefused };
    },
  };
}

/** Returns what the scene of a world has kept; throws where it has not. */
export function keptIn({ kept }: World, what: Kept): string {
  const found = kept.get(what);
  if (found === undefined) throw new Error(`Nothing is kept ${what}.`);
  return found;
}

function recording(upstream: Upstream, calls: { path: string; told: string }[]): Upstream {
  return (request) => {
    calls.push({ path: `${request.method} ${request.path}`, told: Object.values(request.headers).join("\n") });
    return upstream(request);
  };
}
