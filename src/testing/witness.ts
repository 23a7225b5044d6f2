import { setTimeout as pause } from "node:timers/promises";
import type { BrowserContext, Page, Request, Response } from "playwright";
import type { Sighting, Sink } from "./scan-for-secrets.ts";

/** Sees everything that a browser sends, receives, keeps and says. */
export interface Witness {
  /** Everything seen so far, and what the page keeps and shows right now. */
  sightings(): Promise<readonly Sighting[]>;
}

/** The build's own files are the same bytes for everybody, made before any secret was. */
const BUILT = /\/assets\/[^/]+-[\w-]{8}\.(?:js|css)$/;

/** Storage answers in a few hundredths of a second. */
const ANSWERS_WITHIN_MS = 10_000;
const TRIES = 3;

/** Starts to watch a page; to be called before it is opened. */
export async function watchEverything(context: BrowserContext, page: Page): Promise<Witness> {
  const seen: Sighting[] = [];
  const underway: Promise<void>[] = [];
  const note = (sink: Sink, where: string, text: string | null): void => {
    if (text !== null && text !== "") seen.push({ sink, where, text });
  };
  const noteHeaders = (sink: Sink, where: string, headers: Record<string, string>): void => {
    for (const [name, value] of Object.entries(headers)) note(sink, `${where} ${name.toLowerCase()}`, value);
  };

  async function noteRequest(request: Request): Promise<void> {
    const where = named(request);
    note("request address", where, request.url());
    note("request body", where, request.postData());
    noteHeaders("request header", where, await request.allHeaders());
  }

  async function noteAnswer(response: Response): Promise<void> {
    const where = named(response.request());
    noteHeaders("answer header", where, await response.allHeaders());
    const isRedirect = response.status() >= 300 && response.status() < 400;
    if (!isRedirect && !BUILT.test(response.url())) note("answer body", where, await response.text());
  }

  // A page that is left takes its answers with it, which is nothing that anybody could have read.
  const follow = (work: Promise<void>): void => void underway.push(work.catch(() => undefined));
  context.on("request", (request) => follow(noteRequest(request)));
  context.on("response", (response) => follow(noteAnswer(response)));
  page.on("console", (message) => note("console", page.url(), message.text()));
  page.on("pageerror", (error) => note("console", page.url(), `${error.message} ${error.stack ?? ""}`));

  // What is kept for a moment and removed again would be missed by looking at the end.
  await context.exposeBinding("noteKept", (_source, sink: Sink, where: string, text: string) => {
    note(sink, where, text);
  });
  await context.addInitScript(noteWhatIsKept);

  return {
    async sightings() {
      await Promise.all(underway);
      const now = await whatIsKept(page);
      return [
        ...seen,
        ...now.storage.map((text): Sighting => ({ sink: "storage", where: page.url(), text })),
        { sink: "history", where: page.url(), text: now.history },
        { sink: "screen", where: page.url(), text: now.screen },
      ];
    },
  };
}

/** Asks the page, once more where it does not answer: a browser's storage may stand still for a while on a machine that is busy. */
async function whatIsKept(page: Page): Promise<Awaited<ReturnType<typeof readWhatIsKept>>> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const kept = await Promise.race([page.evaluate(readWhatIsKept), pause(ANSWERS_WITHIN_MS, null)]);
    if (kept !== null) return kept;
  }
  throw new Error("The page does not tell what it keeps.");
}

/** Names a request without its query, so that a leak can be told without the secret. */
function named(request: Request): string {
  const { origin, pathname } = new URL(request.url());
  return `${request.method()} ${origin}${pathname}`;
}

/** Runs in the page, before its scripts: tells of each text that is put into storage, into the history or into a cookie. */
function noteWhatIsKept(): void {
  const tell: unknown = Reflect.get(globalThis, "noteKept");
  if (typeof tell !== "function") return;
  const wrap = (target: object, name: string, sink: Sink): void => {
    const original: unknown = Reflect.get(target, name);
    if (typeof original !== "function") return;
    Reflect.set(target, name, function wrapped(this: unknown, ...given: unknown[]): unknown {
      Reflect.apply(tell, undefined, [sink, name, JSON.stringify(given)]);
      const answer: unknown = Reflect.apply(original, this, given);
      return answer;
    });
  };
  wrap(Storage.prototype, "setItem", "storage");
  wrap(IDBObjectStore.prototype, "add", "storage");
  wrap(IDBObjectStore.prototype, "put", "storage");
  wrap(Cache.prototype, "put", "storage");
  wrap(History.prototype, "pushState", "history");
  wrap(History.prototype, "replaceState", "history");
}

/** Runs in the page: everything it keeps, where it has been, and what it shows. */
async function readWhatIsKept(): Promise<{ storage: string[]; history: string; screen: string }> {
  const asked = <Answer>(request: IDBRequest<Answer>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error ?? new Error("The database did not answer.")));
    });
  const databases = await indexedDB.databases();
  const inDatabases = databases.map(async ({ name = "" }) => {
    const database = await asked(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    const held = stores.map((store) => asked(database.transaction(store).objectStore(store).getAll()));
    const text = JSON.stringify([name, stores, await Promise.all(held)]);
    database.close();
    return text;
  });
  const inCaches = (await caches.keys()).map(async (name) => {
    const cache = await caches.open(name);
    const held = (await cache.keys()).map(async ({ url }) => [url, await (await cache.match(url))?.text()]);
    return JSON.stringify([name, await Promise.all(held)]);
  });
  return {
    storage: [
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      document.cookie,
      window.name,
      ...(await Promise.all(inCaches)),
      ...(await Promise.all(inDatabases)),
    ],
    history: JSON.stringify([
      history.state,
      document.title,
      location.href,
      document.referrer,
      performance.getEntries().map(({ name }) => name),
    ]),
    screen: document.documentElement.outerHTML,
  };
}
