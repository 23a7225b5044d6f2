import type { EnrollmentClient } from "../client/enrollment-client.ts";
import type { Problem } from "../contract/problem.ts";
import { type AskRequest, type Settled, settle } from "./request.ts";

/** Describes what a quiet question needs. */
export type QuietAskParts = {
  readonly client: EnrollmentClient;
  readonly newKey: () => string;
  /** Counts what the person has asked for; null while that is on its way. */
  readonly asked: () => number | null;
  readonly take: (request: AskRequest, outcome: Settled) => void;
};

/** Refusals that pass: the question is put again at its next turn, and nobody waits for this one. */
const PASSES: ReadonlySet<Problem["code"]> = new Set([
  "outcome_unclear",
  "rate_limited",
  "service_unavailable",
  "unexpected_answer",
  "upstream_unavailable",
]);

/**
 * Builds the way to ask what nobody pressed a button for, such as whether a push was approved. One question at a time, each
 * with a key of its own; an answer that the person has outrun meanwhile is dropped.
 */
export function createQuietAsk({ client, newKey, asked, take }: QuietAskParts): (request: AskRequest) => void {
  let isAsking = false;
  return (request) => {
    const before = asked();
    if (isAsking || before === null) return;
    isAsking = true;
    settle(client, request, newKey()).then(
      (outcome) => {
        isAsking = false;
        if (asked() !== before || (outcome.brings === "refusal" && PASSES.has(outcome.problem.code))) return;
        take(request, outcome);
      },
      () => {
        isAsking = false;
      },
    );
  };
}
