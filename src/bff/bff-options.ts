import type { Clock } from "./clock.ts";
import type { DrawPage, RenderPage } from "./draw-page.ts";
import type { Exchange } from "./exchange.ts";
import type { HostAccount } from "./host-account.ts";
import type { Limiter } from "./limiter.ts";
import type { Log } from "./log.ts";
import type { Notify } from "./notices.ts";
import type { Observe, Report } from "./report.ts";
import type { Settings } from "./settings.ts";
import type { Store } from "./store.ts";
import type { Upstream } from "./upstream.ts";

/** Says what a BFF is made of. */
export type BffOptions = {
  settings: Settings;
  upstream: Upstream;
  /** This process's memory by default. */
  store?: Store;
  /** Counts for all nodes together; this process's memory by default. */
  limiter?: Limiter;
  clock?: Clock;
  log?: Log;
  /** Takes in every request, security event and measurement, to count them. */
  observe?: Observe;
  /** Asks the host who is signed in, where the host keeps that itself; null when nobody is. */
  account?: (request: Request) => Promise<HostAccount | null>;
  /** Tells the owner of an account of a change. Without it nobody is told. */
  notify?: Notify;
  /** Where the host takes a fresh proof. Needed with `account`. */
  stepUpAddress?: string;
  /** Draws the page that the wizard stands in, so that its first screen is there before any script. */
  renderPage?: RenderPage;
};

/** A BFF: a Fetch handler, which is told who is connected where that is known, and the plain door behind it. */
export type Bff = ((request: Request, from?: { peer: string | null }) => Promise<Response>) & {
  exchange: Exchange;
  /** Answers a navigation with what `renderPage` draws; null without that. */
  page: DrawPage | null;
  /** Counts the requests in work, and the changes whose page has stopped waiting. */
  inWork: () => number;
  /** Tells of something that no request is part of. */
  report: Report;
};
