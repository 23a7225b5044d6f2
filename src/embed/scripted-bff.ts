import type { MessageEnrollment } from "../contract/enrollment.ts";
import { CONTRACT, CONTRACT_HEADER } from "../contract/routes.ts";
import type { SessionView } from "../contract/session-view.ts";

/*
 * Answers a component's requests with literal contract JSON, in the order a test has written down. It has no rules of its
 * own, so a test says everything the server would; the rules meet the real server in the journeys.
 */

/** Epoch ms at which the scripted server's clock stands: 3 May 2026, 12:00 UTC. */
export const SERVER_NOW = Date.UTC(2026, 4, 3, 12);

/** Describes what one request is answered: a session, other JSON, a refusal, somebody else's words, or nothing at all. */
export type Scripted =
  | { readonly view: SessionView }
  | { readonly json: unknown }
  /** What somebody between page and service answers in its place. */
  | { readonly foreign: () => Response }
  | { readonly problem: { readonly code: string; readonly status: number; readonly [extra: string]: unknown } }
  | "lost";

/** Describes a request as it came in. */
export type Call = { readonly route: string; readonly body: unknown; readonly key: string | null };

/** Builds a server that answers `GET /session` with the last session it has shown, and all else as scripted. */
export function scriptBff(first: SessionView) {
  const calls: Call[] = [];
  const script = new Map<string, Scripted[]>();
  let session: SessionView | "lost" = first;
  const server = {
    calls,
    /** Lists what was sent beside readings. */
    sent: () => calls.filter(({ route }) => !route.startsWith("GET")),
    /** Sets the session that readings find from now on. */
    shows: (view: SessionView | "lost") => {
      session = view;
    },
    answers: (route: string, ...answers: Scripted[]) => {
      script.set(route, [...(script.get(route) ?? []), ...answers]);
    },
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      const route = `${init.method} ${url.replace("/api/mfa", "")}`;
      const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : null;
      calls.push({ route, body, key: new Headers(init.headers).get("idempotency-key") });
      const next = script.get(route)?.shift() ?? (route === "GET /session" ? shown(session) : undefined);
      if (next === undefined) throw new Error(`The script has no answer to ${route}.`);
      if (next === "lost") throw new TypeError("The connection was reset.");
      if ("foreign" in next) return next.foreign();
      if ("problem" in next) return refusal(next.problem);
      if ("view" in next) session = next.view;
      return Response.json("view" in next ? next.view : next.json, { headers: MARK });
    },
  };
  return server;
}

/** What the BFF marks its answers with. */
const MARK = { [CONTRACT_HEADER]: CONTRACT };

function shown(session: SessionView | "lost"): Scripted {
  return session === "lost" ? "lost" : { json: session };
}

function refusal(problem: { readonly code: string; readonly status: number }): Response {
  const { code, status } = problem;
  return new Response(
    JSON.stringify({ type: `urn:mfa-enroll:problem:${code}`, title: code, correlationId: "c0ffee", ...problem }),
    { status, headers: { ...MARK, "content-type": "application/problem+json" } },
  );
}

/** Returns the session of somebody who is signed in and has no methods, changed where a test differs. */
export function view(changes: Partial<SessionView> = {}): SessionView {
  return {
    now: SERVER_NOW,
    signIn: { ways: ["redirect", "password"], problem: null },
    person: { id: "person-1", name: "a•••@mail.example", signedOutAt: SERVER_NOW + 600_000 },
    channels: ["sms", "voice", "email"],
    phonePolicy: null,
    authenticators: { items: [], knownAt: SERVER_NOW },
    can: { list: "yes", add: "yes", remove: "yes" },
    proof: null,
    draft: null,
    noticesDelayed: false,
    flow: { step: "idle" },
    ...changes,
  };
}

/** Returns a session in which a code was sent to an address. */
export function codeView(changes: Partial<MessageEnrollment> = {}): SessionView {
  const enrollment: MessageEnrollment = {
    enrollmentId: "enrollment-1",
    replaces: null,
    channel: "email",
    contact: "r•••@mail.example",
    status: "code_sent",
    newerMessageLost: false,
    sentAt: SERVER_NOW,
    codeExpiresAt: SERVER_NOW + 300_000,
    resendAt: SERVER_NOW + 30_000,
    resendUntil: SERVER_NOW + 480_000,
    attemptsLeft: 3,
    triesAgainAt: null,
    sendsLeft: 4,
    sibling: null,
    ...changes,
  };
  return view({ flow: { step: "code", enrollment } });
}

/** A number that takes texts and calls, as the tenant masks it. */
export const PHONE = {
  id: "phone-1",
  channels: ["sms", "voice"],
  contact: "XXXXXXX0199",
  automatic: false,
  addedAt: SERVER_NOW,
  lastUsedAt: null,
} satisfies NonNullable<SessionView["authenticators"]>["items"][number];

/** An address that was enrolled. */
export const MAILBOX = { ...PHONE, id: "email-1", channels: ["email" as const], contact: "r•••@mail.example" };

/** Returns a session in which the recovery code waits to be saved. */
export function recoveryView(): SessionView {
  return view({
    authenticators: { items: [MAILBOX], knownAt: SERVER_NOW },
    flow: { step: "recovery_code", authenticator: MAILBOX, state: "to_save", canRenew: false, needsProof: false },
  });
}
