import { createEnrollmentClient, type EnrollmentClient, type Outcome } from "../client/enrollment-client.ts";
import { IDEMPOTENCY_HEADER } from "../contract/routes.ts";
import { keepCookies, sayOutcome } from "../kills/page.ts";
import type { Secret, Sighting } from "../testing/scan-for-secrets.ts";

/** Somebody at a page, without a screen. Everything that is answered to them is kept. */
export type Visitor = {
  client: EnrollmentClient;
  /** Sends a request that no page of ours would send. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** What was answered so far, and every cookie and key of an intent there was. */
  heard: readonly Sighting[];
  secrets: readonly Secret[];
};

/** Thirty seconds: longer than a page itself would wait, on a machine with much else to do. */
const ANSWER_WITHIN_MS = 30_000;

/** Opens a page of the site at `origin`, from an address of its own. */
export function openVisitor({ origin, address }: { origin: string; address: string }): Visitor {
  const jar = new Map<string, string>();
  const heard: Sighting[] = [];
  const secrets: Secret[] = [];

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("origin")) headers.set("origin", origin);
    headers.set("x-forwarded-for", address);
    if (jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const key = headers.get(IDEMPOTENCY_HEADER);
    if (key !== null) secrets.push({ kind: "idempotency_key", value: key });
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await fetch(url, { ...init, headers, redirect: "manual", signal });
    keepCookies(jar, response);
    for (const value of jar.values()) if (value !== "") secrets.push({ kind: "our_session", value });
    const where = `${init.method ?? "GET"} ${new URL(url).pathname.replace("/api/mfa", "")}`;
    for (const [name, value] of response.headers)
      heard.push({ sink: "answer header", where: `${where} ${name}`, text: value });
    heard.push({ sink: "answer body", where, text: await response.clone().text() });
    return response;
  }

  return {
    client: createEnrollmentClient({ baseUrl: `${origin}/api/mfa`, newKey: () => crypto.randomUUID(), fetch: send }),
    send: (path, init) => send(`${origin}${path}`, init),
    heard,
    secrets,
  };
}

/** Gives the answer of a call. Throws, naming what was tried, when it was refused or never came. */
export async function answerOf<Answer>(what: string, call: Promise<Outcome<Answer>>): Promise<Answer> {
  const outcome = await call;
  if (outcome.kind !== "answered") throw new Error(`${what} was ${sayOutcome(outcome)}`);
  return outcome.answer;
}
