import { setTimeout as pause } from "node:timers/promises";
import { createEnrollmentClient, type EnrollmentClient, type Outcome } from "../client/enrollment-client.ts";
import type { SessionView } from "../contract/session-view.ts";
import { DEMO_PASSWORD } from "../simulator/people.ts";
import { PAGE, type Site } from "./site.ts";

/** Somebody with a browser: the client of the real page, a cookie jar, and an address that they come from. */
export type Caller = {
  client: EnrollmentClient;
  /** Signs in by password. Throws where that is refused. */
  signIn(username: string): Promise<SessionView>;
  /** Sends one intent until the service can say something of it, as the page does. */
  persist<Answer>(send: (intent: { key: string }) => Promise<Outcome<Answer>>): Promise<Outcome<Answer>>;
};

/** Ten seconds in all: a Redis that shares its machine with its attackers is late now and then. */
const ASKS_AGAIN = 50;
const ASKS_AGAIN_AFTER_MS = 200;

/** Opens a browser that speaks to one node. */
export function openCaller({ nodes }: Site, from: { node: number; address: string }): Caller {
  const jar = new Map<string, string>();
  const bff = nodes[from.node % nodes.length];
  if (!bff) throw new Error("There is no node.");
  const client = createEnrollmentClient({
    baseUrl: `${PAGE}/api/mfa`,
    newKey: () => crypto.randomUUID(),
    async fetch(url, init) {
      const headers = new Headers(init.headers);
      headers.set("origin", PAGE);
      headers.set("sec-fetch-site", "same-origin");
      headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
      const response = await bff(new Request(url, { ...init, headers }), { peer: from.address });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value !== "") jar.set(name, value);
      }
      return response;
    },
  });

  const persist: Caller["persist"] = async (send) => {
    const key = crypto.randomUUID();
    for (let asked = 1; ; asked += 1) {
      const outcome = await send({ key });
      const isLate = outcome.kind === "refused" && outcome.problem.code === "service_unavailable";
      if (!isLate || asked === ASKS_AGAIN) return outcome;
      await pause(ASKS_AGAIN_AFTER_MS);
    }
  };

  return {
    client,
    persist,
    async signIn(username) {
      const outcome = await persist(() => client.signIn({ way: "password", username, password: DEMO_PASSWORD }));
      if (outcome.kind === "answered" && outcome.answer.outcome === "signed_in") return outcome.answer.view;
      throw new Error(`${username} could not sign in: ${meaningOf(outcome)}.`);
    },
  };
}

/** Says how a call ended in a word: the code of its refusal where there is one. */
export function meaningOf(outcome: Outcome<unknown>): string {
  return outcome.kind === "refused" ? outcome.problem.code : outcome.kind;
}

/** Does the work of each item, so many at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const waiting = items.entries();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const [index, item] of waiting) await work(item, index);
    }),
  );
}

/** Counts how often each word stands in a list, the most frequent first. */
export function tally(words: readonly string[]): [word: string, count: number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
