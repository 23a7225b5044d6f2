import type { Doors } from "./doors.ts";
import { waitAfter } from "./wait-after.ts";

/** One request to the tenant. */
export type Asked = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  /** Sent as `Authorization: Bearer`. */
  bearer?: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as a form. */
  form?: Record<string, string>;
  /** Sent once more where the answer was lost or the tenant is in trouble: for what changes nothing. */
  isReading: boolean;
};

/** What came back: an answer, with its JSON or `undefined` where it is none, or a sentence that says what went wrong. */
export type Answer =
  | { is: "answer"; status: number; location: string | null; body: unknown }
  | { is: "lost"; why: string };

/** Auth0 answers within a second or two; ten is a tenant in trouble. */
const ANSWER_WITHIN_MS = 10_000;
/** Four: with waits until the limit's reset three fulls are waited for, which is longer than a short burst of other programs. */
const TRIES_AT_MOST = 4;
/** One second before a reading is tried again: what fell over by chance is up again, and nobody waits long. */
const PAUSE_MS = 1_000;

/**
 * Sends a request, one at a time by its callers, and waits where the tenant says "too many". It resolves in any case, after
 * a bounded number of tries. Redirects are not followed: none of these addresses has one, and a bearer would travel along.
 */
export async function send(doors: Doors, asked: Asked): Promise<Answer> {
  let told: Answer = { is: "lost", why: "it was not asked." };
  for (let attempt = 1; attempt <= TRIES_AT_MOST; attempt += 1) {
    const answer = await sendOnce(doors, asked);
    told =
      "headers" in answer
        ? { is: "answer", status: answer.status, location: answer.headers.get("location"), body: answer.body }
        : { is: "lost", why: answer.why };
    const wait = pauseAfter(answer, asked, doors.clock.now());
    if (wait === null || attempt === TRIES_AT_MOST) break;
    if (wait > 2 * PAUSE_MS) doors.progress(`waiting ${Math.ceil(wait / 1000)} s, as the tenant asks`);
    await doors.clock.wait(wait);
  }
  if (told.is === "answer" && told.status === 429)
    return { is: "lost", why: "the tenant went on saying that there are too many requests; run it again in a minute." };
  return told;
}

type Once =
  | { is: "answer"; status: number; headers: Headers; body: unknown }
  /** `isLate`: it was waited for as long as is waited at all. */
  | { is: "lost"; why: string; isLate?: true };

/** How long to wait before the next try, in ms; null where there is to be none. */
function pauseAfter(answer: Once, { isReading }: Asked, now: number): number | null {
  if (answer.is === "answer" && answer.status === 429) return waitAfter(answer.headers, now);
  if (answer.is === "lost" && answer.isLate) return null;
  const isTrouble = answer.is === "lost" || answer.status >= 500;
  return isTrouble && isReading ? PAUSE_MS : null;
}

async function sendOnce({ fetch, clock }: Doors, asked: Asked): Promise<Once> {
  const ending = new AbortController();
  const { host } = new URL(asked.url);
  const late = clock.wait(ANSWER_WITHIN_MS, ending.signal).then((): Once => {
    return { is: "lost", isLate: true, why: `${host} did not answer within ${ANSWER_WITHIN_MS / 1000} seconds.` };
  });
  try {
    return await Promise.race([late, exchange(fetch, requestOf(asked, ending.signal))]);
  } catch (reason) {
    return { is: "lost", why: `${host} could not be reached: ${reasonOf(reason)}.` };
  } finally {
    ending.abort();
  }
}

async function exchange(fetch: Doors["fetch"], request: Request): Promise<Once> {
  const response = await fetch(request);
  const text = await response.text();
  return { is: "answer", status: response.status, headers: response.headers, body: parseJson(text) };
}

function requestOf({ method, url, bearer, json, form }: Asked, signal: AbortSignal): Request {
  const headers = new Headers({ accept: "application/json" });
  if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
  if (json !== undefined) headers.set("content-type", "application/json");
  if (form !== undefined) headers.set("content-type", "application/x-www-form-urlencoded");
  const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
  return new Request(url, { method, headers, redirect: "manual", signal, ...(body === undefined ? {} : { body }) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "there is no such host name",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is that of another host",
};

/** Names a network failure by its code alone: messages of others may repeat what was sent. */
function reasonOf(reason: unknown): string {
  const code = codeOf(reason) ?? (reason instanceof Error ? codeOf(reason.cause) : undefined);
  return code === undefined ? "the connection failed" : (REASONS[code] ?? `the connection failed with ${code}`);
}

function codeOf(reason: unknown): string | undefined {
  const code: unknown = typeof reason === "object" && reason !== null ? Reflect.get(reason, "code") : undefined;
  return typeof code === "string" && /^[A-Z_]+$/.test(code) ? code : undefined;
}
