import type { BffOptions } from "../bff/bff-options.ts";
import { createBff } from "../bff/bff.ts";
import type { Exchange } from "../bff/exchange.ts";
import { createFetchUpstream } from "../bff/fetch-upstream.ts";
import { createMemoryStore, type Store } from "../bff/store.ts";
import type { Upstream } from "../bff/upstream.ts";
import type { SecurityEvent } from "../bff/events.ts";
import type { LogEntry } from "../bff/log.ts";
import { readSettings, type Settings } from "../bff/settings.ts";
import { answers, type RouteAnswer } from "../contract/answers.ts";
import { type Problem, problemSchema } from "../contract/problem.ts";
import { CLIENT_HEADER, IDEMPOTENCY_HEADER, type RouteName, routes } from "../contract/routes.ts";
import type { SessionView } from "../contract/session-view.ts";
import { demoClient, managementClient } from "../simulator/clients.ts";
import { createSimulator, type Simulator, type SimulatorOptions } from "../simulator/simulator.ts";
import { createTenantVisit, keepCookies, type Visitor } from "./tenant-visit.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";

/*
 * The whole back end in one process, without ports: a simulated tenant, a BFF in front of it, browsers with cookie jars. Time
 * stands still until a test moves it.
 */

/** The page's address in tests; https, so that the cookie has its full name and attributes. */
export const PAGE = "https://account.test";
/** The tenant's address in tests. */
export const TENANT = "https://tenant.test/";
/** The instant at which tests begin. Any will do; this one is after the certificates and keys of nothing. */
export const START = Date.UTC(2026, 0, 15, 9, 0, 0);

/** A back end for one test. */
export type Stack = {
  clock: ManualClock;
  simulator: Simulator;
  settings: Settings;
  bff: (request: Request) => Promise<Response>;
  /** The inner door behind it, which takes what a Fetch request cannot say. */
  exchange: Exchange;
  log: LogEntry[];
  /** What was told of it besides, the earliest first. */
  events: SecurityEvent[];
  /** A browser, with cookies of its own or with those of another one. */
  browser(jar?: Map<string, string>): Browser;
  /** Ends the BFF as a crash would and starts another over the same store. What was under way is left behind. */
  restart(): void;
  /** The code of the newest message, to a contact if one is named. Throws when there is none. */
  code(to?: string): string;
};

/** What an answer of the BFF came to. */
export type Outcome<Name extends RouteName> =
  | { status: number; answer: RouteAnswer<Name>; problem?: never }
  | { status: number; answer?: never; problem: Problem };

/** A browser with a cookie jar, on the page's origin. */
export type Browser = {
  jar: Map<string, string>;
  /** Sends a request as the page would, and keeps the cookies that come back. */
  fetch(request: Request): Promise<Response>;
  call<Name extends RouteName>(name: Name, body?: unknown, options?: { key?: string }): Promise<Outcome<Name>>;
  view(): Promise<SessionView>;
  signInByPassword(username: string, password?: string): Promise<SessionView>;
  /** Leaves for the tenant's page, signs in there (with a code where it asks for one) and comes back. */
  signInByRedirect(
    username: string,
    options?: { returnTo?: string; draft?: unknown; enroll?: string },
  ): Promise<SessionView>;
  /** Goes through the tenant's pages from an address the BFF has sent the page to, and lands. Returns the path it landed on. */
  followSignIn(location: string, person: Visitor): Promise<string>;
};

/** Says what a back end is made of. Everything has a default. */
export type StackOptions = {
  env?: Record<string, string>;
  tenant?: SimulatorOptions["settings"];
  people?: SimulatorOptions["people"];
  random?: SimulatorOptions["random"];
  /** A function is asked anew for each BFF that is started. */
  bff?: Partial<BffOptions> | (() => Partial<BffOptions>);
  clock?: ManualClock;
  store?: Store;
  /** Stands between browsers and the BFF; an answer of a process that ends never comes. */
  connection?: (answer: Promise<Response>) => Promise<Response>;
  /** The address that every request comes from, as a listener would see it; null by default. */
  peer?: string;
  /** Makes the way to the tenant; the one that limits calls by the machine's own clock by default. */
  upstream?: (fetch: Simulator["fetch"], clock: ManualClock) => Upstream;
};

/** Creates a back end. */
export function createStack(options: StackOptions = {}): Stack {
  const clock = options.clock ?? createManualClock(START);
  const simulator = createSimulator({
    issuer: TENANT,
    now: clock.now,
    wait: (ms) => clock.wait(ms),
    messageHost: "account.test",
    clients: [demoClient([`${PAGE}/api/mfa/callback`], [PAGE]), managementClient()],
    ...(options.tenant ? { settings: options.tenant } : {}),
    ...(options.people ? { people: options.people } : {}),
    ...(options.random ? { random: options.random } : {}),
  });
  const read = readSettings({
    AUTH0_DOMAIN: "tenant.test",
    AUTH0_CLIENT_ID: "mfa-enroll-demo",
    AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
    MFA_PUBLIC_URL: PAGE,
    MFA_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
    MFA_SIGN_IN: "redirect,password",
    MFA_RETURN_TO: "/,/settings",
    ...options.env,
  });
  if ("problems" in read) throw new Error(read.problems.join("\n"));
  const { settings } = read;
  const log: LogEntry[] = [];
  const events: SecurityEvent[] = [];
  const store = options.store ?? createMemoryStore(clock);
  const start = () =>
    createBff({
      settings,
      upstream: options.upstream?.(simulator.fetch, clock) ?? createFetchUpstream(TENANT, simulator.fetch),
      clock,
      store,
      log: (entry) => ("event" in entry ? events.push(entry) : log.push(entry)),
      ...(typeof options.bff === "function" ? options.bff() : options.bff),
    });
  let running = start();
  const { connection = (answer) => answer } = options;
  const bff: Stack["bff"] = (request) => connection(running(request, { peer: options.peer ?? null }));
  return {
    clock,
    simulator,
    settings,
    bff,
    exchange: (asked) => running.exchange(asked),
    log,
    events,
    browser: (jar = new Map()) => createBrowser(bff, simulator, jar),
    restart() {
      running = start();
    },
    code(to) {
      const messages = simulator.outbox.list().filter((message) => to === undefined || message.to === to);
      const code = messages.at(-1)?.code;
      if (code === undefined) throw new Error(`No message${to === undefined ? "" : ` to ${to}`}.`);
      return code;
    },
  };
}

function createBrowser(bff: Stack["bff"], simulator: Simulator, jar: Map<string, string>): Browser {
  const atTenant = createTenantVisit(simulator, PAGE);

  async function fetch(request: Request): Promise<Response> {
    const headers = new Headers(request.headers);
    if (jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const init: RequestInit & { duplex?: "half" } = { method: request.method, headers, redirect: "manual" };
    if (request.body) Object.assign(init, { body: await request.text() });
    const response = await bff(new Request(request.url, init));
    keepCookies(jar, response);
    return response;
  }

  async function call<Name extends RouteName>(
    name: Name,
    body: unknown = {},
    options: { key?: string } = {},
  ): Promise<Outcome<Name>> {
    const route = routes[name];
    const headers: Record<string, string> = { [CLIENT_HEADER]: "1", "sec-fetch-site": "same-origin", origin: PAGE };
    if (route.idempotent) headers[IDEMPOTENCY_HEADER] = options.key ?? crypto.randomUUID();
    const init: RequestInit = { method: route.method, headers };
    if (route.method === "POST") {
      headers["content-type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    const response = await fetch(new Request(`${PAGE}/api/mfa${route.path}`, init));
    const json: unknown = await response.json();
    if (response.status !== 200) return { status: response.status, problem: problemSchema.parse(json) };
    return { status: 200, answer: parseAnswer(name, json) };
  }

  async function view(): Promise<SessionView> {
    const { answer } = await call("session");
    if (!answer) throw new Error("The session was refused.");
    return answer;
  }

  return {
    jar,
    fetch,
    call,
    view,
    async signInByPassword(username, password = "Enroll-Demo-1") {
      const { answer, problem } = await call("signIn", { way: "password", username, password });
      if (answer?.outcome !== "signed_in") throw new Error(`Not signed in: ${problem?.code}`);
      return answer.view;
    },
    async signInByRedirect(username, { returnTo = "/", draft, enroll } = {}) {
      const left = await call("signIn", { way: "redirect", returnTo, ...(draft === undefined ? {} : { draft }) });
      if (left.answer?.outcome !== "leave") throw new Error(`Did not leave: ${left.problem?.code}`);
      await followSignIn(left.answer.location, { username, enroll });
      return view();
    },
    followSignIn,
  };

  async function followSignIn(location: string, person: Visitor): Promise<string> {
    const url = await atTenant.signIn(location, person);
    const landed = await fetch(new Request(url, { headers: { "sec-fetch-site": "cross-site" } }));
    const path = landed.headers.get("location");
    if (landed.status !== 303 || path === null) throw new Error(`The callback answered ${landed.status}.`);
    return path;
  }
}

function parseAnswer<Name extends RouteName>(name: Name, json: unknown): RouteAnswer<Name> {
  const schema = answers[name];
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`The answer of ${name} does not have its form.`);
  return parsed.data as RouteAnswer<Name>;
}
