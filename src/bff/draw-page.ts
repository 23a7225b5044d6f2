import { CLIENT_HEADER, routes } from "../contract/routes.ts";
import { type SessionView, sessionViewSchema } from "../contract/session-view.ts";
import type { Clock } from "./clock.ts";
import { createDelay } from "./delay.ts";
import { type Answered, askedOf, type Exchange } from "./exchange.ts";

/**
 * Draws the page for whoever is there, as HTML. `view` is null where the session could not be read in time: the page then asks for it
 * itself, and says what is wrong.
 */
export type RenderPage = (view: SessionView | null, request: Request) => string | Promise<string>;

/** Answers a navigation with the page; the headers that a page of the host's has are the host's to add. */
export type DrawPage = (request: Request, from?: { peer: string | null }) => Promise<Response>;

/** Half a second: a page that takes longer to come is worse than one that fetches its session after it is there. */
const DRAWN_WITHIN_MS = 500;

/** What of a navigation is passed on: whose it is and where it comes from. Everything else is said as our own script says it. */
const PASSED: ReadonlySet<string> = new Set(["cookie", "host", "x-forwarded-for"]);
const SAID: Readonly<Record<string, string>> = { [CLIENT_HEADER.toLowerCase()]: "1", "sec-fetch-site": "same-origin" };

/**
 * Creates what answers a navigation to the page. The session is read through the BFF's own door, with all that stands before it, so
 * that a page shows nothing which its script could not have asked for. A page that cannot be drawn for somebody is drawn for nobody.
 */
export function createDrawPage({
  exchange,
  renderPage,
  basePath,
  clock,
  failed,
}: {
  exchange: Exchange;
  renderPage: RenderPage;
  basePath: string;
  clock: Clock;
  /** Hears of a drawing that failed. */
  failed: (error: unknown) => void;
}): DrawPage {
  const later = createDelay(clock, DRAWN_WITHIN_MS);

  async function read(request: Request, peer: string | null): Promise<Answered> {
    const asked = askedOf(request, peer);
    return exchange({
      ...asked,
      method: routes.session.method,
      path: basePath + routes.session.path,
      search: "",
      values(name) {
        const said = SAID[name];
        if (said !== undefined) return [said];
        return PASSED.has(name) ? asked.values(name) : [];
      },
      body: async () => new Uint8Array(),
    });
  }

  return async (request, { peer } = { peer: null }) => {
    const answered = await new Promise<Answered | null>((resolve) => {
      const callOff = later(() => resolve(null));
      void read(request, peer).then((answer) => {
        callOff();
        resolve(answer);
      });
    });
    const view = answered?.status === 200 ? sessionViewSchema.parse(JSON.parse(answered.body ?? "null")) : null;
    const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store, private" });
    for (const [name, value] of answered?.headers ?? []) if (name === "set-cookie") headers.append(name, value);
    const draw = async (seen: SessionView | null) => renderPage(seen, request);
    const html = await draw(view).catch((error: unknown) => {
      failed(error);
      return draw(null);
    });
    return new Response(html, { headers });
  };
}
