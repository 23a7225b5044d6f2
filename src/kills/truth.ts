import type { SessionView } from "../contract/session-view.ts";
import type { Ledger, LedgerEntry, LedgerType } from "../simulator/ledger.ts";

/** Reads of the tenant's ledger what really happened to one person. */
export type Facts = {
  count(type: LedgerType): number;
  last(type: LedgerType): LedgerEntry | undefined;
};

/** Reads the facts of the person with a subject; later entries are seen too. */
export function factsOf(ledger: Ledger, subject: string): Facts {
  const entries = (type: LedgerType) => ledger.list(type).filter(({ person }) => person === subject);
  return { count: (type) => entries(type).length, last: (type) => entries(type).at(-1) };
}

/** Says what a settled view claims and the tenant's ledger denies, one sentence each. */
export function falseClaims(view: SessionView, facts: Facts): string[] {
  const confirmed = facts.count("confirm") > 0;
  const { flow, authenticators } = view;
  const listed = authenticators !== null && authenticators.items.length > 0;
  const claims: [boolean, string][] = [
    [listed && !confirmed, "lists a method that was never confirmed"],
    [flow.step === "recovery_code" && !confirmed, "shows the recovery code's screen though nothing was confirmed"],
    [flow.step === "code" && confirmed, "asks for a code though it was confirmed"],
    [
      flow.step === "code" &&
        "status" in flow.enrollment &&
        flow.enrollment.status === "code_sent" &&
        facts.count("send") === 0,
      "says that a code was sent though none was",
    ],
    [view.person === null, "has forgotten who is signed in"],
  ];
  return claims.filter(([isFalse]) => isFalse).map(([, sentence]) => `The page ${sentence}.`);
}
