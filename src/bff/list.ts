import { type AccountRecord, type Listed, newAccount } from "./account-record.ts";
import type { Core, SignedInVisit } from "./core.ts";
import type { Credential } from "./session-record.ts";

/** Returns the record with a newly read list. */
export function withList(record: AccountRecord, items: Listed[] | null, now: number): AccountRecord {
  return items === null ? record : { ...record, list: { items, knownAt: now } };
}

/** Reads the tenant's list and returns it, or null when it cannot be read now. */
export async function readList(core: Core, credential: Credential): Promise<Listed[] | null> {
  const told = await core.tenant.list(credential);
  return told.is === "done" ? told.value : null;
}

/**
 * Reads the list when it is older than the settings allow and the credential lives, and brings what is stored up to date with
 * what time and the list have settled. Returns the account as it stands; a list that cannot be read leaves the last one.
 */
export async function refresh(core: Core, visit: SignedInVisit): Promise<AccountRecord> {
  const { accounts, clock, settings } = core;
  const { accountId } = visit.person;
  const stored = await accounts.read(accountId);
  const now = clock.now();
  const { credential } = visit.session;
  const stale = !stored?.list || stored.list.knownAt <= now - settings.listMaxAgeSeconds * 1000;
  const busy = stored?.lease !== null && stored?.lease !== undefined && stored.lease.until > now;
  const open = stored?.pending?.status === "sending" || stored?.pending?.status === "confirming";
  const wanted = stale || (open && !busy);
  const items = wanted && credential && credential.expiresAt > now ? await readList(core, credential) : null;
  return accounts.update(accountId, (current) => {
    const before = current ?? newAccount();
    const record = tidy(core, visit, withList(before, items, now), items !== null);
    return { record: record === before && current ? current : record, result: record };
  });
}

/** Returns the record after what time has ended and what a fresh list has settled. Leaves what another call is busy with. */
function tidy(core: Core, visit: SignedInVisit, record: AccountRecord, listIsFresh: boolean): AccountRecord {
  const now = core.clock.now();
  let next = record;
  if (next.recovery && next.recovery.state !== "lost") {
    const since = next.recovery.state === "held" ? next.recovery.receivedAt : next.recovery.since;
    if (since <= now - core.settings.recoveryHoldSeconds * 1000) {
      next = { ...next, recovery: { state: "lost", due: next.recovery.state === "to_save", seen: false } };
    }
  }
  const busy = next.lease !== null && next.lease.until > now;
  const { pending } = next;
  if (!pending || busy) return next;
  // The call that would have settled this is gone (a restart, a lost answer): what can be known is in the list.
  if (pending.status === "sending")
    return { ...next, pending: { ...pending, status: pending.oobCode === null ? "send_lost" : "code_sent" } };
  if (pending.status === "confirming" && listIsFresh) return settleConfirm(next, visit.session.visitId, now);
  return next;
}

/**
 * Returns the record once a list has been read after a confirm whose outcome was unclear: what is active now and was not
 * before is the proof that it worked; otherwise the code was not taken, and the same step goes on.
 */
export function settleConfirm(record: AccountRecord, visitId: string, now: number): AccountRecord {
  const { pending } = record;
  if (!pending) return record;
  const added = addedEntry(record, pending.activeBefore, pending.channel);
  return added
    ? withConfirmed(record, { addedId: added.id, visitId, now, newCode: null })
    : { ...record, pending: { ...pending, status: "code_sent" } };
}

/** Returns the entry that is active now, was not before, and is of the channel or its twin. */
export function addedEntry(record: AccountRecord, activeBefore: string[], channel: Listed["kind"]): Listed | null {
  const phone = channel === "sms" || channel === "voice";
  const added = (record.list?.items ?? []).filter((item) => item.active && !activeBefore.includes(item.id));
  return (
    added.find((item) => item.kind === channel) ??
    added.find((item) => phone && (item.kind === "sms" || item.kind === "voice")) ??
    null
  );
}

/** Returns the record once an enrollment is confirmed: the contact is forgotten, and the recovery code is ready to be saved. */
export function withConfirmed(
  record: AccountRecord,
  about: { addedId: string | null; visitId: string; now: number; newCode: string | null },
): AccountRecord {
  const { addedId, visitId, now, newCode } = about;
  const recovery = record.recovery;
  // Latest wins: a code that came with the confirmation makes the earlier one worthless.
  const codes = newCode !== null ? [newCode] : recovery && recovery.state !== "lost" ? recovery.codes : null;
  return {
    ...record,
    pending: null,
    recovery:
      codes !== null
        ? { state: "to_save", codes, since: now, visitId, addedId }
        : recovery && { state: "lost", due: true, seen: false },
  };
}
