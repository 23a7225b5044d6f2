import { answers as described } from "../contract/answers.ts";
import { createAnswers } from "./answers.ts";
import type { Bff, BffOptions } from "./bff-options.ts";
import { systemClock } from "./clock.ts";
import { createCore } from "./create-core.ts";
import { createDrawPage } from "./draw-page.ts";
import { type Answered, type Asked, askedOf, responseOf } from "./exchange.ts";
import { guardsOf, keyOf, limitOf, type Looked } from "./guards.ts";
import { type Called, handlers } from "./handlers.ts";
import { hostVisit } from "./host-account.ts";
import { BUSY_RETRY_SECONDS, createLoad } from "./load.ts";
import { accountTag, type LogEntry } from "./log.ts";
import { createManagement } from "./management.ts";
import { type Door, type DoorName, doors } from "./manifest.ts";
import { placeOf } from "./place.ts";
import { createRedirect } from "./redirect.ts";
import { Refused } from "./refused.ts";
import { createReport } from "./report.ts";
import { faultOf } from "./fault-of.ts";
import { hashOf, newId } from "./sealing.ts";
import { loadVisit, readCookie, setCookieOf } from "./sessions.ts";
import { createMemoryStore } from "./store.ts";
import { clientAddress } from "./trusted-proxies.ts";
import { createUnlessLate } from "./unless-late.ts";
import { watchedStore } from "./watched-store.ts";
import { watchedUpstream } from "./watched-upstream.ts";

/*
 * The BFF: offers verbs to our own page and keeps every secret. It is handed its tenant, store and clock; it must never know
 * whether the tenant is real, and nothing of the page beyond the contract.
 */

/** A door with what stands before it. */
type Found = { door: Door; guards: ReturnType<typeof guardsOf> };

/** What a request came to: its answer, and what the log says of it. */
type Done = { answered: Answered; about: About };
type About = Omit<LogEntry, "correlationId" | "route" | "status" | "durationMs">;

/** Creates the BFF. It answers below `settings.basePath`, and 404 elsewhere; it never throws. */
export function createBff(options: BffOptions): Bff {
  const { settings, clock = systemClock, account, stepUpAddress, renderPage } = options;
  const { management, basePath, publicUrl, limits } = settings;
  const report = createReport({ log: options.log ?? null, observe: options.observe ?? null });
  const upstream = watchedUpstream(options.upstream, { report });
  const core = createCore({
    settings,
    upstream,
    clock,
    store: watchedStore(options.store ?? createMemoryStore(clock), { report }),
    limiter: options.limiter,
    notify: options.notify ?? null,
    report,
    regenerateRecoveryCode:
      management &&
      createManagement({ upstream, issuer: settings.tenant.issuer, ...management, clock }).regenerateRecoveryCode,
  });
  core.notices.lookAfter();
  const redirect = createRedirect(core, upstream);
  const load = createLoad(settings.mostRequests);
  const unlessLate = createUnlessLate(clock);
  const host = account ? { account, stepUpAddress: stepUpAddress ?? "/" } : null;
  const answers = createAnswers({ https: publicUrl.startsWith("https:") });
  const page = { host: new URL(publicUrl).host, origin: publicUrl };
  const byAddress = new Map(
    doors.map((door): [string, Found] => [`${door.method} ${basePath}${door.path}`, { door, guards: guardsOf(door) }]),
  );

  /** Changes under way whose page may have stopped waiting. */
  let changing = 0;
  function withinTime<T>(work: Promise<T>): Promise<T | "late"> {
    changing += 1;
    const ended = () => {
      changing -= 1;
    };
    work.then(ended, ended);
    return unlessLate(work);
  }

  /** Lets a request through the door's guards. Throws {@link Refused}. */
  async function enter(
    { door, guards }: Found,
    asked: Asked,
    tell: Pick<Called, "setCookie" | "about"> & { correlationId: string; begin: () => void },
  ): Promise<Called> {
    const looked: Looked = { asked, door, page, bytes: null, body: null, isSignedIn: false };
    guards.head(looked);
    looked.bytes = await asked.body(limitOf(door));
    guards.body(looked);
    // Only now: whoever sends nothing must not take up the room of those who do.
    tell.begin();
    const key = keyOf(asked);
    const bodyHash = hashOf(JSON.stringify([door.name, looked.body]));
    const request = key === "" ? "" : `${bodyHash} ${key}`;
    const cookie = host ? null : readCookie(settings, asked.values("cookie"));
    const visit = host
      ? await hostVisit(core, await host.account(asked.request()))
      : await loadVisit(core, cookie?.id ?? null, { setCookie: tell.setCookie, request, door: door.name });
    const address = addressOf(asked);
    if (cookie?.isRepeated || (cookie?.id && !visit))
      report({
        event: cookie.isRepeated ? "cookie_repeated" : "cookie_unknown",
        correlationId: tell.correlationId,
        place: placeOf(address),
      });
    const person = visit?.session.person ?? null;
    if (person) tell.about.account = accountTag(person.accountId);
    looked.isSignedIn = person !== null;
    guards.visit(looked);
    return {
      core,
      redirect,
      host: host && { stepUpAddress: host.stepUpAddress },
      visit,
      address,
      body: looked.body,
      intent: { key, bodyHash, address },
      request,
      setCookie: tell.setCookie,
      about: tell.about,
      withinTime,
    };
  }

  const addressOf = (asked: Asked) => clientAddress(asked.peer, asked.values("x-forwarded-for"), limits.isTrustedProxy);

  async function answer(found: Found, asked: Asked, correlationId: string): Promise<Done> {
    let cookie: string | null = null;
    const about: About = { code: null };
    let leave: (() => void) | null = null;
    const begin = () => {
      leave = load.enter(found.door.name);
      if (leave === null) throw BUSY;
    };
    const setCookie = (id: string | null) => {
      cookie = setCookieOf(settings, id);
    };
    const refuse = (refusal: Refused["refusal"]): Done => ({
      answered: answers.problem(refusal, { correlationId, now: clock.now(), cookie }),
      about,
    });
    try {
      const called = await enter(found, asked, { setCookie, about, correlationId, begin });
      const { name } = found.door;
      if (name === "callback") {
        const landing = await redirect.arrive(called.visit, asked.search);
        if (landing.cookie !== null) setCookie(landing.cookie);
        if (landing.accountId === null) about.code = "callback_refused";
        else about.account = accountTag(landing.accountId);
        return { answered: answers.redirect(landing.location, cookie), about };
      }
      const checked = described[name].safeParse(await handlers[name](called));
      if (checked.success) return { answered: answers.json(checked.data, cookie), about };
      // A fault of ours that the page could not read. It is named in the log without a word of what was in it.
      about.code = "answer_off_contract";
      return refuse({ code: "service_unavailable" });
    } catch (error) {
      if (error === BUSY) return busy(correlationId);
      if (error instanceof Refused) {
        Object.assign(about, toldOf(error));
        return refuse(error.refusal);
      }
      // The last resort: a fault of ours is a refusal too, and says nothing of itself.
      about.code = "fault";
      about.fault = faultOf(error);
      return refuse({ code: "service_unavailable" });
    } finally {
      ended(leave);
    }
  }

  /** Refuses what is at no door. */
  function lost(asked: Asked, correlationId: string): Done {
    const known = doors.find(({ path }) => `${basePath}${path}` === asked.path);
    const code = known ? "method_not_allowed" : "not_found";
    const answered = answers.problem({ code }, { correlationId, now: clock.now(), cookie: null });
    // RFC 9110 section 15.5.6.
    if (known) answered.headers = [...answered.headers, ["allow", known.method]];
    return { answered, about: { code } };
  }

  function busy(correlationId: string): Done {
    const answered = answers.problem(
      { code: "service_unavailable" },
      { correlationId, now: clock.now(), cookie: null },
    );
    answered.headers = [...answered.headers, ["retry-after", String(BUSY_RETRY_SECONDS)]];
    return { answered, about: { code: "busy" } };
  }

  async function exchange(asked: Asked): Promise<Answered> {
    const correlationId = newId().slice(0, 16);
    const begunAt = clock.now();
    const found = byAddress.get(`${asked.method} ${asked.path}`);
    const route: DoorName | "unknown" = found?.door.name ?? "unknown";
    const { answered, about } = found ? await answer(found, asked, correlationId) : lost(asked, correlationId);
    const { status } = answered;
    report({
      correlationId,
      route,
      status,
      durationMs: clock.now() - begunAt,
      place: placeOf(addressOf(asked)),
      ...about,
    });
    return answered;
  }

  const undrawn = (error: unknown) =>
    report({
      correlationId: newId().slice(0, 16),
      route: "unknown",
      status: 200,
      durationMs: 0,
      place: null,
      code: "page_not_drawn",
      fault: faultOf(error),
    });

  return Object.assign(
    async (request: Request, { peer }: { peer: string | null } = { peer: null }) =>
      responseOf(await exchange(askedOf(request, peer))),
    {
      exchange,
      page: renderPage ? createDrawPage({ exchange, renderPage, basePath, clock, failed: undrawn }) : null,
      inWork: () => load.inWork() + changing,
      report,
    },
  );
}

/** Stands for having too much in work already. */
const BUSY = new Refused({ code: "service_unavailable" });

/** Ends what was begun; in a function of its own, because a compiler does not follow what another one assigns. */
function ended(leave: (() => void) | null): void {
  leave?.();
}

/** Returns what the log is told of a refusal: words of the program alone. */
function toldOf({ refusal, guard }: Refused): Pick<LogEntry, "code" | "guard" | "channel" | "reason"> {
  return {
    code: refusal.code,
    ...(guard === null ? {} : { guard }),
    ...("channel" in refusal ? { channel: refusal.channel } : {}),
    ...("reason" in refusal ? { reason: refusal.reason } : {}),
  };
}
