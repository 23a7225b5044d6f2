import * as z from "zod/mini";
import { EVENTS } from "../bff/events.ts";
import { problemSchema } from "../contract/problem.ts";
import { routes } from "../contract/routes.ts";
import type { Heard, Seen } from "./world.ts";
import type { Wire } from "./wire.ts";
import { PLAIN_ANSWERS } from "./plain-answers.ts";

/*
 * Says what is wrong with an answer to a hostile request. It trusts no status alone: the answer must be of the catalogue, hold no
 * word of what was sent, and nothing may have come of the request.
 */

/** A refusal of the request or of the moment. 410 is a code that has ended, 502 and 504 would blame the tenant. */
const REFUSED = new Set([400, 401, 403, 404, 405, 409, 411, 413, 415, 421, 422, 429, 431, 503]);

/** Shorter words stand in honest answers too: a reason, a country, a count. */
const SHORTEST_ECHO = 9;

/** A word of the program: nothing that a request can bring along. */
const word = z.string().check(z.regex(/^[a-z][A-Za-z_]{1,39}$/));
const common = {
  level: z.enum(["info", "warn", "error"]),
  time: z.string().check(z.regex(/^[\d-]{10}T[\d:.]{12}Z$/)),
  correlationId: z.optional(z.nullable(z.string().check(z.regex(/^[\w-]{16}$/)))),
  account: z.optional(z.nullable(z.string().check(z.regex(/^[\w-]{12}$/)))),
  route: z.optional(z.nullable(word)),
  code: z.optional(z.nullable(word)),
  guard: z.optional(z.nullable(word)),
  channel: z.optional(z.nullable(word)),
};
const requestLine = z.strictObject({
  ...common,
  msg: z.literal("request"),
  status: z.number(),
  durationMs: z.number(),
  reason: z.optional(word),
});
const eventLine = z.strictObject({
  ...common,
  msg: z.string(),
  event: z.enum(Object.keys(EVENTS)),
  outcome: word,
  place: z.optional(z.nullable(z.string().check(z.regex(/^[\da-f.:]{3,20}\/(?:24|48)$/)))),
  limiter: z.optional(word),
  country: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
  aheadSeconds: z.optional(z.number()),
});

const lineSchema = z.union([requestLine, eventLine]);

/** The titles that were heard so far: one that differs between two requests repeats something of them. */
const titles = new Map<string, string>();

/** Returns what is wrong with the answer to a request that must be refused; nothing where all is well. */
export function complaintsOf(sent: Wire, heard: Heard): string[] {
  const found: string[] = [];
  if (!REFUSED.has(heard.status)) found.push(`it was answered with ${heard.status}: ${heard.text.slice(0, 200)}`);
  const problem = problemSchema.safeParse(parsed(heard.text));
  // The answer to HEAD has no body (RFC 9110 section 9.3.2).
  if (!problem.success) {
    // Words of the listener itself, which no contract describes.
    const isPlain = heard.text !== "" && PLAIN_ANSWERS.has(heard.text.trim());
    if (!isPlain && (sent.method !== "HEAD" || heard.text !== ""))
      found.push(`not of the catalogue: ${heard.text.slice(0, 200)}`);
  } else {
    const { code, title, status, correlationId } = problem.data;
    if (status !== heard.status) found.push("the document names another status");
    if ((titles.get(code) ?? title) !== title) found.push(`the title of ${code} changes: ${title}`);
    titles.set(code, title);
    if (!heard.lines.some((line) => line.includes(correlationId))) found.push("its line in the log cannot be found");
  }
  const said = [heard.text, ...heard.headers.flat()].join("\n");
  for (const word of wordsOf(sent)) if (said.includes(word)) found.push(`it repeats ${JSON.stringify(word)}`);
  if (heard.headers.some(([name, value]) => name === "set-cookie" && !value.includes("Max-Age=0")))
    found.push("it sets a cookie");
  return [...found, ...complaintsOfLog(sent, heard.lines)];
}

/** Returns what is wrong with the log of one request. */
export function complaintsOfLog(sent: Wire, lines: readonly string[]): string[] {
  const found: string[] = [];
  const ofRequests = lines.filter((line) => requestLine.safeParse(parsed(line)).success);
  if (ofRequests.length !== 1) found.push(`${ofRequests.length} requests were logged`);
  for (const line of lines) {
    found.push(...complaintsOfLine(line));
    for (const word of wordsOf(sent)) if (line.includes(word)) found.push(`the log repeats ${JSON.stringify(word)}`);
  }
  return found;
}

/** The tenant's paths, each with its method: an id stands in the last of them alone, and is the tenant's own. */
const CALLS = [
  /^POST \/(?:oauth\/token|mfa\/associate|mfa\/challenge)$/,
  /^GET \/(?:mfa\/authenticators|\.well-known\/openid-configuration|\.well-known\/jwks\.json)$/,
  /^DELETE \/mfa\/authenticators\/[\w-]+(?:\||%7C)dev_\w+$/,
  /^POST \/api\/v2\/users\/auth0(?:\||%7C)\w+\/recovery-code-regeneration$/,
];

/** Returns the calls to the tenant that no operation of ours makes. */
export function complaintsOfCalls(calls: readonly { readonly path: string }[]): string[] {
  const strange = calls.filter(({ path }) => !CALLS.some((known) => known.test(path)));
  return strange.map(({ path }) => `the tenant was asked ${path}`);
}

/** Returns what is wrong with one line of the log, whatever it was written for. */
export function complaintsOfLine(line: string): string[] {
  const isOne = !line.trim().includes("\n") && lineSchema.safeParse(parsed(line)).success;
  return isOne ? [] : [`logged: ${line}`];
}

/** Returns what changed that may not have. A wrong code that reaches the tenant costs a try, and nothing else. */
export function changesOf(before: Seen, after: Seen, costsTry: boolean): string[] {
  const found: string[] = [];
  if (after.ledger !== before.ledger) found.push("the tenant did something");
  if (costsTry) return after.codesRefused - before.codesRefused > 1 ? [...found, "it cost more than one try"] : found;
  if (after.codesRefused !== before.codesRefused) found.push("it cost a try");
  if (withoutEnd(after.view) !== withoutEnd(before.view)) found.push(`the session changed: ${after.view}`);
  return found;
}

/** Whoever asks for a change, even in vain, is there: the visit ends later by that. */
const withoutEnd = (view: string) => view.replace(/"signedOutAt":\d+/, "");

/** What an honest request says too, and a refusal or a log line may: names of the contract. */
const HONEST = new Set([
  ...Object.values(routes).flatMap(({ path }) => path.split("/")),
  "__Host-mfa",
  "authenticator",
  "same-origin",
  "application",
]);

/** The longer words of a request that no answer may repeat. */
function wordsOf({ path, headers, body }: Wire): string[] {
  const told = [path, ...headers.map(([, value]) => value), typeof body === "string" ? body : ""].join(" ");
  const words = told.split(/[\s"'{}[\],:;=/?&]+/).filter((word) => word.length >= SHORTEST_ECHO && !HONEST.has(word));
  // A hundred words are enough of a body with a hundred thousand.
  return words.slice(0, 100).map((word) => word.slice(0, 200));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
