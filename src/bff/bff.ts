import { Hono } from "hono";
import { answers } from "../contract/answers.ts";
import { CALLBACK_PATH, IDEMPOTENCY_HEADER, type RouteName, routes } from "../contract/routes.ts";
import { jsonAnswer, problemAnswer, redirectAnswer } from "./answers.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createCore } from "./create-core.ts";
import { guardOrigin, readJson } from "./guards.ts";
import { type Called, handlers } from "./handlers.ts";
import { type HostAccount, hostVisit } from "./host-account.ts";
import { BUSY_RETRY_SECONDS, createLoad } from "./load.ts";
import type { Log } from "./log.ts";
import { createManagement } from "./management.ts";
import type { Notify } from "./notices.ts";
import { createRedirect } from "./redirect.ts";
import { Refused } from "./refused.ts";
import { hashOf, newId } from "./sealing.ts";
import { loadVisit, readCookie, setCookieOf } from "./sessions.ts";
import type { Settings } from "./settings.ts";
import { createMemoryStore, type Store } from "./store.ts";
import type { Upstream } from "./upstream.ts";

/*
 * The BFF: offers verbs to our own page and keeps every secret. It is handed its tenant, store and clock; it must never know
 * whether the tenant is real, and nothing of the page beyond the contract.
 */

/** Says what a BFF is made of. */
export type BffOptions = {
  settings: Settings;
  upstream: Upstream;
  /** This process's memory by default. */
  store?: Store;
  clock?: Clock;
  log?: Log;
  /** The address of whoever sent the request, from a verified peer only; null when there is none to trust. */
  clientAddress?: (request: Request) => string | null;
  /** Asks the host who is signed in, where the host keeps that itself; null when nobody is. */
  account?: (request: Request) => Promise<HostAccount | null>;
  /** Tells the owner of an account of a change. Without it nobody is told. */
  notify?: Notify;
  /** Where the host takes a fresh proof. Needed with `account`. */
  stepUpAddress?: string;
};

const ROUTE_NAMES = Object.keys(routes).filter((name): name is RouteName => name in routes);

/** Eight seconds: then the page hears what is known so far, while the work goes on behind it. */
const ANSWER_WITHIN_MS = 8_000;
/** Creates the BFF as a Fetch handler. It answers below `settings.basePath`, and 404 elsewhere; it never throws. */
export function createBff(options: BffOptions): (request: Request) => Promise<Response> {
  const { settings, upstream, clock = systemClock, log, clientAddress = () => null, account, stepUpAddress } = options;
  const { management } = settings;
  const core = createCore({
    settings,
    upstream,
    clock,
    store: options.store ?? createMemoryStore(clock),
    notify: options.notify ?? null,
    log: log ?? null,
    regenerateRecoveryCode:
      management &&
      createManagement({ upstream, issuer: settings.tenant.issuer, ...management, clock }).regenerateRecoveryCode,
  });
  core.notices.lookAfter();
  const redirect = createRedirect(core, upstream);
  const load = createLoad(settings.mostRequests);
  const host = account ? { account, stepUpAddress: stepUpAddress ?? "/" } : null;

  async function answer(
    name: RouteName,
    request: Request,
    correlationId: string,
  ): Promise<{ response: Response; code: string | null }> {
    let cookie: string | null = null;
    try {
      guardOrigin(request, settings);
      const route = routes[name];
      const body = route.method === "GET" ? null : await readJson(request);
      const key = request.headers.get(IDEMPOTENCY_HEADER);
      if (route.idempotent && (key === null || !/^[\w-]{16,64}$/.test(key)))
        throw new Refused({ code: "idempotency_key_missing" });
      const sent = readCookie(settings, request.headers.get("cookie"));
      const visit = host ? await hostVisit(core, await host.account(request)) : await loadVisit(core, sent);
      // A cookie without a visit is cleared, so that it is not sent for ever.
      if (sent !== null && visit === null) cookie = setCookieOf(settings, null);
      const called: Called = {
        core,
        redirect,
        host: host ? { stepUpAddress: host.stepUpAddress } : null,
        visit,
        address: clientAddress(request),
        intent: { key: key ?? "", bodyHash: hashOf(JSON.stringify([name, body])) },
        setCookie: (id) => {
          cookie = setCookieOf(settings, id);
        },
        withinTime: (work) => unlessLate(clock, work),
      };
      const result: unknown = await handlers[name](called, body);
      const described = answers[name].safeParse(result);
      if (described.success) return { response: jsonAnswer(described.data, cookie), code: null };
      // A fault of ours that the page could not read. It is named in the log without a word of what was in it.
      const refused = problemAnswer({ code: "service_unavailable" }, { correlationId, now: clock.now(), cookie });
      return { response: refused, code: "answer_off_contract" };
    } catch (error) {
      // The last resort: a fault of ours is a refusal too, and says nothing of itself.
      const refusal = error instanceof Refused ? error.refusal : { code: "service_unavailable" as const };
      return { response: problemAnswer(refusal, { correlationId, now: clock.now(), cookie }), code: refusal.code };
    }
  }

  async function logged(
    route: string,
    work: (correlationId: string) => Promise<{ response: Response; code: string | null }>,
  ): Promise<Response> {
    const correlationId = newId().slice(0, 16);
    const begunAt = clock.now();
    const leave = load.enter(route);
    const { response, code } = leave === null ? busy(correlationId) : await work(correlationId).finally(leave);
    log?.({ correlationId, route, status: response.status, code, durationMs: clock.now() - begunAt });
    return response;
  }

  function busy(correlationId: string): { response: Response; code: string } {
    const response = problemAnswer({ code: "service_unavailable" }, { correlationId, now: clock.now(), cookie: null });
    response.headers.set("retry-after", String(BUSY_RETRY_SECONDS));
    return { response, code: "busy" };
  }

  const app = new Hono({ strict: true }).basePath(settings.basePath);
  for (const name of ROUTE_NAMES) {
    const { method, path } = routes[name];
    app.on(method, path, (context) => logged(name, (id) => answer(name, context.req.raw, id)));
  }
  app.get(CALLBACK_PATH, (context) =>
    logged("callback", async (correlationId) => {
      try {
        const visit = await loadVisit(core, readCookie(settings, context.req.header("cookie") ?? null));
        const { location, cookie } = await redirect.arrive(visit, new URL(context.req.url).search);
        return {
          response: redirectAnswer(location, cookie === null ? null : setCookieOf(settings, cookie)),
          code: null,
        };
      } catch (error) {
        const refusal = error instanceof Refused ? error.refusal : { code: "service_unavailable" as const };
        return {
          response: problemAnswer(refusal, { correlationId, now: clock.now(), cookie: null }),
          code: refusal.code,
        };
      }
    }),
  );
  app.all("*", (context) =>
    logged("unknown", async (correlationId) => {
      const path = new URL(context.req.url).pathname.slice(settings.basePath.length);
      const route = ROUTE_NAMES.find((name) => routes[name].path === path);
      const code = route === undefined ? "not_found" : "method_not_allowed";
      const response = problemAnswer({ code }, { correlationId, now: clock.now(), cookie: null });
      // RFC 9110 section 15.5.6.
      if (route !== undefined) response.headers.set("allow", routes[route].method);
      return { response, code };
    }),
  );
  app.notFound(() =>
    problemAnswer({ code: "not_found" }, { correlationId: newId().slice(0, 16), now: clock.now(), cookie: null }),
  );
  return async (request) => app.fetch(request);
}

/** Resolves to `late` when the work takes longer than a page waits. What it comes to later is in the record. */
async function unlessLate<T>(clock: Clock, work: Promise<T>): Promise<T | "late"> {
  const waiting = new AbortController();
  const late = clock.wait(ANSWER_WITHIN_MS, waiting.signal).then(() => "late" as const);
  // Once late, nobody else listens to the work: what it throws then is in no answer, and must not end the process.
  work.catch(() => null);
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
  }
}
