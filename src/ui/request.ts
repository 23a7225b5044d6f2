import type { EnrollmentClient, Outcome } from "../client/enrollment-client.ts";
import type { Problem } from "../contract/problem.ts";
import type { RouteBody } from "../contract/requests.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { About } from "../wizard/event.ts";
import { RequestFailure } from "./request-failure.ts";

/** Describes what an answer brings: the session, a way out of the page, or the recovery code. */
export type Brought =
  | { readonly brings: "view"; readonly view: SessionView }
  | { readonly brings: "location"; readonly location: string }
  | { readonly brings: "codes"; readonly codes: readonly string[] };

/** Describes a request the person's action made: what it is about, what makes it the same again, and how it is sent. */
export type AskRequest = About & {
  /** Two requests with one fingerprint are one intent, so that a retry carries the key of the first attempt. */
  readonly fingerprint: string;
  readonly send: (options: { key: string }) => Promise<Outcome<Brought>>;
};

/** Describes what became of a request, with the session as it was read afterwards where the refusal concerns it. */
export type Settled =
  | Brought
  | { readonly brings: "refusal"; readonly problem: Problem; readonly view: SessionView | null };

/** Refusals of what was typed or of how often: they change nothing about the session. */
const SAYS_NOTHING_NEW: ReadonlySet<Problem["code"]> = new Set([
  "invalid_phone",
  "invalid_email",
  "contact_refused",
  "wrong_code",
  "wrong_recovery_code",
  "sign_in_refused",
  "sign_in_blocked",
  "rate_limited",
]);

/**
 * Sends a request once. After a refusal that concerns the session it reads the session, because facts come from there; a
 * request that did not work throws, and is never sent again by itself.
 */
export async function settle(client: EnrollmentClient, request: AskRequest, key: string): Promise<Settled> {
  const outcome = await request.send({ key });
  if (outcome.kind === "answered") return outcome.answer;
  if (outcome.kind !== "refused") throw new RequestFailure(outcome.kind);
  const { problem } = outcome;
  // The session knows until when the last try has locked.
  const isLast = "attemptsLeft" in problem && problem.attemptsLeft === 0;
  const view = SAYS_NOTHING_NEW.has(problem.code) && !isLast ? null : await readSession(client);
  return { brings: "refusal", problem, view };
}

/** Describes a request of a command; the same question with the same body is the same intent. */
export function requestFor(
  ask: AskRequest["ask"],
  id: string | null,
  body: object,
  send: AskRequest["send"],
): AskRequest {
  return { ask, id, fingerprint: JSON.stringify([ask, body]), send };
}

/** Names a question that is answered by the session. */
type ViewAsk = Exclude<AskRequest["ask"], "signIn" | "recoveryCode">;

type ViewClient = {
  readonly [Name in ViewAsk]: (body: RouteBody<Name>, options: { key: string }) => Promise<Outcome<SessionView>>;
};

/** Describes a request whose answer is the session. */
export function viewRequest<Name extends ViewAsk>(
  client: ViewClient,
  ask: Name,
  id: string | null,
  body: RouteBody<Name> & object,
): AskRequest {
  return requestFor(ask, id, body, async (options) =>
    bring(await client[ask](body, options), (view) => ({ brings: "view", view })),
  );
}

/** Reads the session; null where that did not work, for whoever only wants to know more. */
export async function readSession(client: EnrollmentClient, signal?: AbortSignal): Promise<SessionView | null> {
  const outcome = await client.session(null, signal && { signal });
  return outcome.kind === "answered" ? outcome.answer : null;
}

/** Turns an outcome's answer into what it brings. */
export function bring<Answer>(outcome: Outcome<Answer>, as: (answer: Answer) => Brought): Outcome<Brought> {
  return outcome.kind === "answered" ? { kind: "answered", answer: as(outcome.answer) } : outcome;
}
