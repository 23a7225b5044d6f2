import { setTimeout as pause } from "node:timers/promises";
import { createEnrollmentClient, type EnrollmentClient, type Outcome } from "../client/enrollment-client.ts";
import type { SessionView } from "../contract/session-view.ts";

/*
 * A page without a screen: the client of the real one over a cookie jar, and its habits: the same intent is sent again with
 * the same key after a broken connection, then the session is asked, and asked again while something is unclear.
 */

/** A page that somebody has open. */
export type Page = {
  client: EnrollmentClient;
  /** Sends something until the service answers it, however often the connection breaks. */
  persist<Answer>(send: () => Promise<Outcome<Answer>>): Promise<Outcome<Answer>>;
  /** Reads the session until nothing in it is unclear any more. Throws when that takes longer than a minute. */
  settledView(): Promise<SessionView>;
  /** Every view that was shown, in order. */
  shown: SessionView[];
};

/** Somebody presses "Try again" this soon. */
const TRY_AGAIN_MS = 100;
/** The page itself asks every two seconds; sooner here, so that the wait can be measured. */
const ASK_AGAIN_MS = 250;
const GIVE_UP_MS = 60_000;
/** A node that has just started and whose Redis is not there yet would say so; more often than this is a fault. */
const REFUSED_SERVICE_AT_MOST = 20;

/** Opens a page of the site at `origin`. */
export function openPage(origin: string): Page {
  const jar = new Map<string, string>();
  const shown: SessionView[] = [];
  const client = createEnrollmentClient({
    baseUrl: `${origin}/api/mfa`,
    newKey: () => crypto.randomUUID(),
    async fetch(url, init) {
      const headers = new Headers(init.headers);
      headers.set("origin", origin);
      if (jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
      const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(GIVE_UP_MS) });
      keepCookies(jar, response);
      return response;
    },
  });

  async function persist<Answer>(send: () => Promise<Outcome<Answer>>): Promise<Outcome<Answer>> {
    const until = Date.now() + GIVE_UP_MS;
    for (let refused = 0; ; ) {
      const outcome = await send();
      if (outcome.kind === "answered" || outcome.kind === "garbled") return outcome;
      if (outcome.kind === "refused") {
        refused += 1;
        if (outcome.problem.code !== "service_unavailable" || refused > REFUSED_SERVICE_AT_MOST) return outcome;
      }
      if (Date.now() > until) return outcome;
      await pause(TRY_AGAIN_MS);
    }
  }

  return {
    client,
    persist,
    shown,
    async settledView() {
      for (const until = Date.now() + GIVE_UP_MS; Date.now() < until; await pause(ASK_AGAIN_MS)) {
        const outcome = await persist(() => client.session(null));
        if (outcome.kind !== "answered") throw new Error(`The session was ${sayOutcome(outcome)}.`);
        shown.push(outcome.answer);
        if (!isUnclear(outcome.answer)) return outcome.answer;
      }
      throw new Error("It stayed unclear for a minute.");
    },
  };
}

/** Tells whether the page would go on asking. */
export function isUnclear({ flow }: SessionView): boolean {
  return (
    flow.step === "code" &&
    "status" in flow.enrollment &&
    (flow.enrollment.status === "send_unclear" || flow.enrollment.status === "confirm_unclear")
  );
}

/** Says how a call ended, in a word or two. */
export function sayOutcome(outcome: Outcome<unknown>): string {
  return outcome.kind === "refused" ? `refused (${outcome.problem.code})` : outcome.kind;
}

/** Keeps what an answer sets, and forgets what it clears, as a browser does. */
export function keepCookies(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = "", ...attributes] = line.split("; ");
    const at = pair.indexOf("=");
    if (attributes.includes("Max-Age=0")) jar.delete(pair.slice(0, at));
    else jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
