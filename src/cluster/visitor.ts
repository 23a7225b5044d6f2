import { setTimeout as pause } from "node:timers/promises";
import { createEnrollmentClient, type EnrollmentClient, type Outcome } from "../client/enrollment-client.ts";
import { CONTRACT, CONTRACT_HEADER } from "../contract/routes.ts";
import type { SessionView } from "../contract/session-view.ts";
import { isUnclear, keepCookies, sayOutcome } from "../kills/page.ts";

/*
 * Somebody at a page, without a screen. They press "Try again" after a broken connection, which sends the same intent with the
 * same key, and they reload a page that is out of date, which forgets what was pressed and asks the session.
 */

/** Somebody at a page. */
export type Visitor = {
  client: EnrollmentClient;
  /** Sends something until it is answered or refused, however often the connection breaks; `outdated` where the page had to be reloaded. */
  persist<Answer>(send: () => Promise<Outcome<Answer>>): Promise<Outcome<Answer>>;
  /** Reads the session until nothing in it is unclear any more. */
  settledView(): Promise<SessionView>;
  /** How often something did not work at once: no answer, no service, an outdated page. */
  troubles(): number;
  reloads(): number;
};

/** Somebody presses "Try again" this soon. */
const TRY_AGAIN_MS = 700;
const ASK_AGAIN_MS = 300;
/** Nobody of these gives up before two minutes: the longest outage is over in a quarter of that. */
const GIVE_UP_MS = 120_000;
/** A page waits this long for an answer. */
const ANSWER_WITHIN_MS = 30_000;

/** Opens a page of the site at `origin`, from an address of its own. `look` sees every view that is answered. */
export function openVisitor(origin: string, address: string, look: (view: SessionView) => void): Visitor {
  const jar = new Map<string, string>();
  let troubles = 0;
  let reloads = 0;
  /** The contract of the page that is open. The client here knows one alone, so the other one's answers are shown to it as its own. */
  let contract = CONTRACT;
  let answeredBy = CONTRACT;
  const client = createEnrollmentClient({
    baseUrl: `${origin}/api/mfa`,
    newKey: () => crypto.randomUUID(),
    async fetch(url, init) {
      const headers = new Headers(init.headers);
      headers.set("origin", origin);
      headers.set("x-forwarded-for", address);
      if (jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
      const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      keepCookies(jar, response);
      answeredBy = response.headers.get(CONTRACT_HEADER) ?? contract;
      const shown = new Headers(response.headers);
      if (shown.has(CONTRACT_HEADER)) shown.set(CONTRACT_HEADER, answeredBy === contract ? CONTRACT : "another");
      return new Response(response.body, { status: response.status, headers: shown });
    },
  });

  async function persist<Answer>(send: () => Promise<Outcome<Answer>>): Promise<Outcome<Answer>> {
    for (const until = Date.now() + GIVE_UP_MS; ; await pause(TRY_AGAIN_MS)) {
      const outcome = await send();
      if (outcome.kind === "answered") return outcome;
      if (outcome.kind === "refused" && outcome.problem.code !== "service_unavailable") return outcome;
      troubles += 1;
      if (outcome.kind === "outdated") {
        reloads += 1;
        contract = answeredBy;
        return outcome;
      }
      if (Date.now() > until) return outcome;
    }
  }

  return {
    client,
    persist,
    troubles: () => troubles,
    reloads: () => reloads,
    async settledView() {
      for (const until = Date.now() + GIVE_UP_MS; Date.now() < until; ) {
        const outcome = await persist(() => client.session(null));
        if (outcome.kind === "answered") {
          look(outcome.answer);
          if (!isUnclear(outcome.answer)) return outcome.answer;
        } else if (outcome.kind !== "outdated") throw new Error(`The session was ${sayOutcome(outcome)}.`);
        if (outcome.kind !== "outdated") await pause(ASK_AGAIN_MS);
      }
      throw new Error("It stayed unclear for two minutes.");
    },
  };
}
