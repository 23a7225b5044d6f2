import type { RouteAnswer } from "../contract/answers.ts";
import type { Problem } from "../contract/problem.ts";
import type { RouteBody } from "../contract/requests.ts";
import {
  ANSWER_MEDIA_TYPE,
  CLIENT_HEADER,
  CONTRACT,
  CONTRACT_HEADER,
  IDEMPOTENCY_HEADER,
  PROBLEM_MEDIA_TYPE,
  type RouteName,
  routes,
} from "../contract/routes.ts";

/*
 * This room speaks to the BFF and tells five outcomes apart. It must never know React or where the person is, it sends
 * nothing twice, and it lets no body through that the BFF has not marked as one it checked against this very contract.
 */

/**
 * Describes how a call ended: answered, refused with a Problem, or not at all as far as this page can tell, because nothing
 * arrived, what did cannot be read, or the BFF speaks another contract than this page, which is then out of date.
 */
export type Outcome<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: Unheard };

/** Says why a call has no outcome that this page can tell. */
export type Unheard = "unreachable" | "garbled" | "outdated";

/** Describes what goes with a call: the key of the person's intent, and how to give up on it. */
export type CallOptions = { readonly key?: string; readonly signal?: AbortSignal };

/** Describes the client: one method a route, named as in the contract. No method throws for what a network can do. */
export type EnrollmentClient = {
  readonly [Name in RouteName]: Call<Name>;
};

/** Describes what the client is made of. */
export type ClientParts = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Where the BFF is mounted, such as `/api/mfa`; a slash at the end does not matter. */
  readonly baseUrl: string;
  /** Makes the key of an intent where the caller brings none. */
  readonly newKey: () => string;
};

/**
 * Builds the client of a BFF from the contract's list of routes. The overload is there because no type follows a list into an object of
 * its names; written out, they would be fetched twice with the first screen.
 */
export function createEnrollmentClient(parts: ClientParts): EnrollmentClient;
export function createEnrollmentClient(parts: ClientParts): object {
  return Object.fromEntries(Object.entries(routes).map(([name, described]) => [name, route(parts, described)]));
}

/** Returns the address of a path of the BFF that is mounted at `baseUrl`. */
export function urlOf(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/$/, "")}${path}`;
}

type Call<Name extends RouteName> = (
  body: RouteBody<Name>,
  options?: CallOptions,
) => Promise<Outcome<RouteAnswer<Name>>>;

type Route = (typeof routes)[RouteName];

function route<Name extends RouteName>({ fetch, baseUrl, newKey }: ClientParts, described: Route): Call<Name> {
  const { method, path, idempotent } = described;
  const url = urlOf(baseUrl, path);
  return async (body, { key, signal } = {}) => {
    const headers: Record<string, string> = {
      [CLIENT_HEADER]: "1",
      accept: `${ANSWER_MEDIA_TYPE}, ${PROBLEM_MEDIA_TYPE}`,
    };
    if (body !== null) headers["content-type"] = "application/json";
    if (idempotent) headers[IDEMPOTENCY_HEADER] = key ?? newKey();
    const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
    if (body !== null) init.body = JSON.stringify(body);
    if (signal !== undefined) init.signal = signal;
    return hear<Name>(() => fetch(url, init));
  };
}

/**
 * Tells what became of a request. A connection that breaks while the body is read is as unreachable as one that never opened; a body that is no
 * JSON is not.
 */
export async function hear<Name extends RouteName>(send: () => Promise<Response>): Promise<Outcome<RouteAnswer<Name>>> {
  let response: Response;
  let text: string;
  try {
    response = await send();
    text = await response.text();
  } catch {
    return { kind: "unreachable" };
  }
  // Whatever another contract says, it is not read here. No mark at all is somebody else's answer, which is no such news.
  if (![null, CONTRACT].includes(response.headers.get(CONTRACT_HEADER))) return { kind: "outdated" };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { kind: "garbled" };
  }
  if (isAnswer<Name>(body, response)) return { kind: "answered", answer: body };
  return isProblem(body, response) ? { kind: "refused", problem: body } : { kind: "garbled" };
}

/*
 * The BFF holds every body against the contract before it leaves and marks it then, so that the page need not carry the
 * schemas. What comes from anybody else, or from a BFF of another contract, has no such mark, whatever it looks like.
 */

function isAnswer<Name extends RouteName>(_body: unknown, response: Response): _body is RouteAnswer<Name> {
  return response.ok && isMarked(response, ANSWER_MEDIA_TYPE);
}

function isProblem(_body: unknown, response: Response): _body is Problem {
  return !response.ok && isMarked(response, PROBLEM_MEDIA_TYPE);
}

function isMarked({ headers }: Response, mediaType: string): boolean {
  return headers.get(CONTRACT_HEADER) === CONTRACT && headers.get("content-type")?.split(";")[0] === mediaType;
}
