import { type AccountRecord, newAccount } from "./account-record.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { endUnsaved } from "./recovery.ts";
import { type Refusal, Refused } from "./refused.ts";
import { standingOf } from "./standing.ts";

/*
 * Hands out the recovery code that waits to be saved, as often as asked until it is acknowledged; then it is gone from here,
 * and nothing brings it back.
 */

/** Returns the codes that wait. A visit other than the one that earned them needs a fresh proof. */
export async function revealRecoveryCode(core: Core, visit: SignedInVisit): Promise<string[]> {
  const { accounts, clock, settings } = core;
  const { accountId } = visit.person;
  const account = endUnsaved(
    (await accounts.read(accountId)) ?? newAccount(),
    clock.now(),
    settings.recoveryHoldSeconds,
  );
  const { recovery } = account;
  if (recovery?.state !== "to_save") throw new Refused({ code: "no_recovery_code" });
  if (!mayHandle(core, visit, account)) throw new Refused({ code: "proof_needed" });
  const secret = await core.secrets.read(recovery.secretId);
  const note = (now: NonNullable<AccountRecord["recovery"]>) =>
    accounts.update(accountId, (stored) => {
      const record = stored ?? newAccount();
      const isSame = record.recovery?.state === "to_save" && record.recovery.secretId === recovery.secretId;
      return { record: isSame ? { ...record, recovery: now } : record, result: null };
    });
  if (secret) {
    // Noted before it leaves: an answer that is lost on the way counts as one that came.
    if (!recovery.revealed) await note({ ...recovery, revealed: true });
    return secret.values;
  }
  // The store has lost it. What is known to be lost must not go on being promised.
  await note({ state: "lost", due: true, seen: false });
  throw new Refused({ code: "no_recovery_code" });
}

/** Erases the code that was saved, or notes that the person knows of a lost one. */
export function acknowledgeRecoveryCode(core: Core, visit: SignedInVisit, intent: Intent): Promise<Refusal | null> {
  let secretId: string | null = null;
  return core.change<null>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const { recovery } = record;
      if (recovery?.state === "lost") return recovery.due ? { ...record, recovery: { ...recovery, seen: true } } : null;
      if (recovery?.state !== "to_save") return null;
      // Who may not see it may not do away with it.
      if (!mayHandle(core, visit, record)) throw new Refused({ code: "proof_needed" });
      // No page acknowledges what it was never given: the one copy there is does not go unseen.
      if (!recovery.revealed) throw new Refused({ code: "request_refused" });
      secretId = recovery.secretId;
      return { ...record, recovery: null };
    },
    async call() {
      if (secretId !== null) await core.secrets.remove(secretId);
      return null;
    },
    settle: (record) => ({ record, refusal: null }),
  });
}

function mayHandle(core: Core, visit: SignedInVisit, account: AccountRecord): boolean {
  const { recovery } = account;
  if (recovery?.state === "to_save" && recovery.visitId === visit.session.visitId) return true;
  return standingOf(core, visit, account).proven;
}
