import type { AccountRecord } from "./account-record.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import type { Person } from "./session-record.ts";
import { withLateCode } from "./recovery.ts";
import { type Refusal, Refused } from "./refused.ts";
import { keepCodes } from "./secrets.ts";
import { standingOf } from "./standing.ts";
import type { Told } from "./tenant.ts";
import { problemOf } from "./tenant-problem.ts";

/** One an hour: each one makes the code before it worthless, so nobody needs them faster, and nobody else may spend them. */
const EVERY_MS = 3_600_000;
/** An hour: how long a tenant that has no recovery codes to give is not asked again. */
const OFF_MS = 3_600_000;

/**
 * Tells whether a lost recovery code can be replaced here: the credential for it is set, and it is known who the person is, or
 * will be once they have proven it.
 */
export function canRenew(
  core: Core,
  account: AccountRecord,
  { person, proven }: { person: Person; proven: boolean },
): boolean {
  if (core.regenerateRecoveryCode === null || account.renewal.offUntil > core.clock.now()) return false;
  return person.subject !== null || !proven;
}

/**
 * Replaces a lost recovery code by a new one that waits to be saved. Asks the tenant once, after a fresh proof, once an hour for
 * an account. While the outcome is unknown the code stays lost: a code is shown only when it is certain that it works.
 */
export function renewRecoveryCode(core: Core, visit: SignedInVisit, intent: Intent): Promise<Refusal | null> {
  const { clock, regenerateRecoveryCode } = core;
  const { subject } = visit.person;
  let earlier: number | null = null;
  let at = 0;
  return core.change<{ told: Told<string>; secretId: string | null }>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const now = clock.now();
      at = now;
      const { recovery, renewal } = record;
      if (regenerateRecoveryCode === null) throw new Refused({ code: "not_found" });
      // There is one that works already.
      if (recovery?.state === "to_save") return null;
      if (recovery?.state !== "lost" || !recovery.due) throw new Refused({ code: "no_recovery_code" });
      if (!standingOf(core, visit, record).proven) throw new Refused({ code: "proof_needed" });
      // The subject is the one thing that says whose code it is, and only a token of theirs has said it.
      if (subject === null || !canRenew(core, record, { person: visit.person, proven: true })) return null;
      earlier = renewal.askedAt;
      if (earlier !== null && earlier > now - EVERY_MS)
        throw new Refused({ code: "rate_limited", retryAt: earlier + EVERY_MS });
      return { ...record, renewal: { ...renewal, askedAt: now } };
    },
    async call() {
      if (subject === null || regenerateRecoveryCode === null) return { told: { is: "not_sent" }, secretId: null };
      const told = await regenerateRecoveryCode(subject);
      return { told, secretId: told.is === "done" ? await keepCodes(core, [told.value]) : null };
    },
    settle(record, { told, secretId }) {
      const now = clock.now();
      if (told.is === "done" && secretId !== null) {
        const { visitId } = visit.session;
        const recovery = { state: "to_save" as const, secretId, since: now, visitId, addedId: null, revealed: false };
        return { record: { ...record, recovery }, refusal: null };
      }
      if (told.is === "not_sent") return { record: unasked(record), refusal: { code: "upstream_unavailable" } };
      if (told.is !== "refused") return { record, refusal: { code: "outcome_unclear", what: "renew" } };
      // Nothing to give: the page says what that means, and no longer offers it.
      if (told.why.is === "not_found") {
        return { record: { ...record, renewal: { askedAt: earlier, offUntil: now + OFF_MS } }, refusal: null };
      }
      return { record: unasked(record), refusal: problemOf(told.why, { channel: "sms", attemptsLeft: 0 }) };
    },
    late: (record, { secretId }) =>
      withLateCode(record, { secretId, visitId: visit.session.visitId, now: clock.now(), isEarned: true, askedAt: at }),
  });

  function unasked(record: AccountRecord): AccountRecord {
    return { ...record, renewal: { ...record.renewal, askedAt: earlier } };
  }
}
