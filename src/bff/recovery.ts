import type { AccountRecord } from "./account-record.ts";

/*
 * Says what is known of the recovery code after each event. The tenant hands it out once, with the first enrollment that is
 * asked for, so every way in which it can be lost must leave a trace. Pure: records in, records out.
 */

/** Returns the record without its pending enrollment, once that is confirmed: the recovery code is ready to be saved, or known to be lost. */
export function withRecoveryDue(
  record: AccountRecord,
  about: { addedId: string | null; visitId: string; now: number; newSecretId: string | null },
): AccountRecord {
  const { addedId, visitId, now, newSecretId } = about;
  const { recovery } = noticeLoss(record);
  // Latest wins: a code that came with the confirmation makes the earlier one worthless.
  const secretId = newSecretId ?? (recovery && recovery.state !== "lost" ? recovery.secretId : null);
  return {
    ...record,
    pending: null,
    recovery:
      secretId !== null
        ? { state: "to_save", secretId, since: now, visitId, addedId, revealed: false }
        : recovery && { state: "lost", due: true, seen: false },
  };
}

/**
 * Returns the record with the loss noted where the tenant lists a recovery code that it did not list before the pending
 * enrollment, and none is held: it was in an answer that never came.
 */
export function noticeLoss(record: AccountRecord): AccountRecord {
  const { pending, recovery, list } = record;
  if (!pending || pending.recoveryBefore || recovery !== null) return record;
  const isListed = list?.items.some((item) => item.kind === "recovery_code") ?? false;
  return isListed ? { ...record, recovery: { state: "lost", due: false, seen: false } } : record;
}

/** Returns the record with the loss noted where nobody saved the code in time. */
export function endUnsaved(record: AccountRecord, now: number, holdSeconds: number): AccountRecord {
  const { recovery } = record;
  if (!recovery || recovery.state === "lost") return record;
  const since = recovery.state === "held" ? recovery.receivedAt : recovery.since;
  if (since > now - holdSeconds * 1000) return record;
  return { ...record, recovery: { state: "lost", due: recovery.state === "to_save", seen: false } };
}

/**
 * Returns the record with a code whose change has ended after another one had begun. What that one has brought counts; a loss that
 * was noted meanwhile was none. `isEarned` where it can be saved, whatever else is confirmed. `askedAt`: when its change asked the tenant;
 * a new code that was asked for since has made this one worthless, or may have.
 */
export function withLateCode(
  record: AccountRecord,
  about: { secretId: string | null; visitId: string; now: number; isEarned: boolean; askedAt: number },
): AccountRecord {
  const { secretId, visitId, now, isEarned, askedAt } = about;
  const { recovery, renewal } = record;
  if (secretId === null || (recovery && recovery.state !== "lost")) return record;
  if ((renewal.askedAt ?? 0) > askedAt) return record;
  return {
    ...record,
    recovery:
      isEarned || recovery?.due === true
        ? { state: "to_save", secretId, since: now, visitId, addedId: null, revealed: false }
        : { state: "held", secretId, receivedAt: now },
  };
}
