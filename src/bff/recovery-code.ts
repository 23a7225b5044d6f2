import type { Core, SignedInVisit } from "./core.ts";
import type { Intent } from "./enrollment.ts";
import { type Refusal, Refused } from "./refused.ts";
import { standingOf } from "./standing.ts";

/*
 * Hands out the recovery code that waits to be saved, as often as asked until it is acknowledged; then it is gone from here,
 * and nothing brings it back.
 */

/** Returns the codes that wait. A visit other than the one that earned them needs a fresh proof. */
export async function revealRecoveryCode(core: Core, visit: SignedInVisit): Promise<string[]> {
  const account = await core.accounts.read(visit.person.accountId);
  const recovery = account?.recovery;
  if (!account || recovery?.state !== "to_save") throw new Refused({ code: "no_recovery_code" });
  if (recovery.since <= core.clock.now() - core.settings.recoveryHoldSeconds * 1000)
    throw new Refused({ code: "no_recovery_code" });
  if (recovery.visitId !== visit.session.visitId && !standingOf(core, visit, account).proven)
    throw new Refused({ code: "proof_needed" });
  return recovery.codes;
}

/** Erases the code that was saved, or notes that the person knows of a lost one. */
export function acknowledgeRecoveryCode(core: Core, visit: SignedInVisit, intent: Intent): Promise<Refusal | null> {
  return core.change<null>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const { recovery } = record;
      if (recovery?.state === "lost") return recovery.due ? { ...record, recovery: { ...recovery, seen: true } } : null;
      if (recovery?.state !== "to_save") return null;
      // Who may not see it may not do away with it.
      if (recovery.visitId !== visit.session.visitId && !standingOf(core, visit, record).proven)
        throw new Refused({ code: "proof_needed" });
      return { ...record, recovery: null };
    },
    call: () => Promise.resolve(null),
    settle: (record) => ({ record, refusal: null }),
  });
}
