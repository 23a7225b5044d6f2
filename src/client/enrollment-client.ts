import * as z from "zod/mini";
import type { Problem } from "../contract/problem.ts";
import { CLIENT_HEADER, IDEMPOTENCY_HEADER, type RouteAnswer, type RouteName, routes } from "../contract/routes.ts";
import type { RouteBody } from "../contract/requests.ts";

/*
 * This room speaks to the BFF and tells four outcomes apart. It must never know React or where the person is, it sends
 * nothing twice, and it lets no body through that the contract does not describe.
 */

/** Describes how a call ended: answered, refused with a Problem, never arrived, or answered with something unreadable. */
export type Outcome<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "unreachable" }
  | { readonly kind: "garbled" };

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

/** Builds the client of a BFF from the contract's list of routes. */
export function createEnrollmentClient(parts: ClientParts): EnrollmentClient {
  return {
    session: route<"session">(parts, routes.session),
    signIn: route<"signIn">(parts, routes.signIn),
    signOut: route<"signOut">(parts, routes.signOut),
    start: route<"start">(parts, routes.start),
    contact: route<"contact">(parts, routes.contact),
    resend: route<"resend">(parts, routes.resend),
    confirm: route<"confirm">(parts, routes.confirm),
    cancel: route<"cancel">(parts, routes.cancel),
    recoveryCode: route<"recoveryCode">(parts, routes.recoveryCode),
    acknowledge: route<"acknowledge">(parts, routes.acknowledge),
    renewRecoveryCode: route<"renewRecoveryCode">(parts, routes.renewRecoveryCode),
    endOtherSessions: route<"endOtherSessions">(parts, routes.endOtherSessions),
    remove: route<"remove">(parts, routes.remove),
    challenge: route<"challenge">(parts, routes.challenge),
    verify: route<"verify">(parts, routes.verify),
  };
}

type Call<Name extends RouteName> = (
  body: RouteBody<Name>,
  options?: CallOptions,
) => Promise<Outcome<RouteAnswer<Name>>>;

type Route<Name extends RouteName> = {
  readonly method: string;
  readonly path: string;
  readonly answer: z.ZodMiniType<RouteAnswer<Name>>;
  readonly idempotent: boolean;
};

function route<Name extends RouteName>({ fetch, baseUrl, newKey }: ClientParts, described: Route<Name>): Call<Name> {
  const { method, path, answer, idempotent } = described;
  const url = `${baseUrl.replace(/\/$/, "")}${path}`;
  return async (body, { key, signal } = {}) => {
    const headers: Record<string, string> = {
      [CLIENT_HEADER]: "1",
      accept: "application/json, application/problem+json",
    };
    if (body !== null) headers["content-type"] = "application/json";
    if (idempotent) headers[IDEMPOTENCY_HEADER] = key ?? newKey();
    const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
    if (body !== null) init.body = JSON.stringify(body);
    if (signal !== undefined) init.signal = signal;
    const heard = await hear(() => fetch(url, init));
    return heard.kind === "heard" ? understand<Name>(heard, answer) : heard;
  };
}

type Heard = { readonly kind: "heard"; readonly ok: boolean; readonly json: unknown };

/** A connection that breaks while the body is read is as unreachable as one that never opened; a body that is no JSON is not. */
async function hear(send: () => Promise<Response>): Promise<Heard | { kind: "unreachable" } | { kind: "garbled" }> {
  let text: string;
  let ok: boolean;
  try {
    const response = await send();
    ok = response.ok;
    text = await response.text();
  } catch {
    return { kind: "unreachable" };
  }
  try {
    return { kind: "heard", ok, json: JSON.parse(text) };
  } catch {
    return { kind: "garbled" };
  }
}

async function understand<Name extends RouteName>(
  heard: Heard,
  schema: Route<Name>["answer"],
): Promise<Outcome<RouteAnswer<Name>>> {
  if (heard.ok) {
    const parsed = z.safeParse(schema, heard.json);
    return parsed.success ? { kind: "answered", answer: parsed.data } : { kind: "garbled" };
  }
  // The grammar of refusals is fetched with the first one: most visits never hear one.
  const grammar = await import("../contract/problem.ts").catch(() => null);
  const problem = grammar === null ? null : z.safeParse(grammar.problemSchema, heard.json);
  return problem?.success === true ? { kind: "refused", problem: problem.data } : { kind: "garbled" };
}
