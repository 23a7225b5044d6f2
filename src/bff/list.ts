import { type AccountRecord, type Listed, newAccount } from "./account-record.ts";
import { withConfirmed } from "./confirmed.ts";
import { withListedContacts } from "./contacts.ts";
import type { Core, SignedInVisit } from "./core.ts";
import type { Pending } from "./pending-record.ts";
import { endUnsaved, noticeLoss } from "./recovery.ts";
import type { Credential } from "./session-record.ts";
import { changeSession } from "./sessions.ts";
import { settleRemovals, withRemoved } from "./told-changes.ts";

/** Returns the record with a newly read list and what that settles; one that could not be read leaves the last one. */
export function withList(record: AccountRecord, items: Listed[] | null, now: number): AccountRecord {
  if (items === null) return record;
  const list = { items, knownAt: now, outdated: false, lacks: false, version: (record.list?.version ?? 0) + 1 };
  return settleRemovals(withListedContacts({ ...record, list }), now);
}

/** Returns the record with its list marked as behind the facts, and without the entries that are known to be gone. */
export function withOutdatedList(record: AccountRecord, gone: string[] = []): AccountRecord {
  const { list } = record;
  if (!list) return record;
  const items = list.items.filter((item) => !gone.includes(item.id));
  return { ...record, list: { ...list, items, outdated: true, version: list.version + 1 } };
}

/** Returns the record once something was added while the list could not be read: what is listed is not all there is. */
export function withUnlisted(record: AccountRecord, gone: string[]): AccountRecord {
  const next = withOutdatedList(record, gone);
  return next.list ? { ...next, list: { ...next.list, lacks: true } } : next;
}

/** Reads the tenant's list and returns it, or null when it cannot be read now. */
export async function readList(core: Core, credential: Credential): Promise<Listed[] | null> {
  const told = await core.tenant.list(credential);
  return told.is === "done" ? told.value : null;
}

/** Returns the credential of a visit while it lives. */
export function liveCredential(core: Core, visit: SignedInVisit): Credential | null {
  const { credential } = visit.session;
  return credential && credential.expiresAt > core.clock.now() ? credential : null;
}

/** Tells whether a change of the account is under way. */
export function isBusy(record: AccountRecord, now: number): boolean {
  return record.lease !== null && record.lease.until > now;
}

/**
 * Reads the list where it is behind and the credential lives, and brings what is stored up to date with what time and the list
 * have settled. Tells whether it was read, and whether the tenant has ended the credential; a list that cannot be read leaves the
 * last one. `anew` reads it in any case; `stored` is the account where it has just been read.
 */
export async function refresh(
  core: Core,
  visit: SignedInVisit,
  { anew = false, stored: known }: { anew?: boolean; stored?: AccountRecord | null } = {},
): Promise<{ isRead: boolean; credentialOver: boolean }> {
  const { accounts, clock } = core;
  const { accountId } = visit.person;
  const stored = known === undefined ? await accounts.read(accountId) : known;
  if (stored && !anew && isAtRest(core, visit, stored)) return { isRead: false, credentialOver: false };
  const now = clock.now();
  const credential = liveCredential(core, visit);
  const list = stored?.list ?? null;
  const wanted = anew || !stored || isToRead(core, stored);
  const told = wanted && credential ? await core.tenant.list(credential) : null;
  const items = told?.is === "done" ? told.value : null;
  const credentialOver = told?.is === "refused" && told.why.is === "credential_over";
  if (credentialOver) {
    await changeSession(core, visit.id, (session) => ({ ...session, credential: null, provenAt: null }));
  }
  const confirmed = await accounts.update(accountId, (current) => {
    const before = current ?? newAccount();
    const isLatest = (before.list?.version ?? 0) === (list?.version ?? 0);
    const record = tidy(core, withList(before, isLatest ? items : null, now), isLatest && items !== null);
    const ended = before.pending && record.confirmedId === before.pending.id ? before.pending : null;
    return { record: record === before && current ? current : record, result: ended };
  });
  if (confirmed) {
    await core.notices.expect(accountId);
    await changeSession(core, visit.id, (session) => ({ ...session, turnDue: true }));
    await finish(core, visit, confirmed);
  }
  return { isRead: items !== null, credentialOver };
}

/** Tells whether a look at an account leaves it as it is: nothing has to be read, and time has ended nothing. */
export function isAtRest(core: Core, visit: SignedInVisit, record: AccountRecord): boolean {
  const willRead = liveCredential(core, visit) !== null && isToRead(core, record);
  return !willRead && tidy(core, record, false) === record;
}

/** Tells whether the list is behind, or holds what is not known yet. */
function isToRead({ clock, settings }: Core, record: AccountRecord): boolean {
  const now = clock.now();
  const { list } = record;
  const isBehind = !list || list.outdated || list.knownAt <= now - settings.listMaxAgeSeconds * 1000;
  return isBehind || isUnsettled(record, now);
}

/** Tells whether something was asked of the tenant whose outcome only a reading can tell. */
function isUnsettled(record: AccountRecord, now: number): boolean {
  const { pending, removing } = record;
  // A removal is read off the list whoever is at it, a message and a code only once their own call cannot tell any more.
  if (removing.length > 0) return true;
  if (pending === null || isBusy(record, now)) return false;
  return pending.status === "sending" || pending.status === "confirming" || pending.mayCount;
}

/** Returns the record after what time has ended and what a fresh list has settled. Leaves what another call is busy with. */
function tidy(core: Core, record: AccountRecord, listIsFresh: boolean): AccountRecord {
  const now = core.clock.now();
  const next = endUnsaved(record, now, core.settings.recoveryHoldSeconds);
  const { pending } = next;
  if (!pending || isBusy(next, now)) return next;
  // The call that would have settled this is gone (a restart, a lost answer): what can be known is in the list.
  if (pending.status === "sending") {
    const sent: Pending =
      pending.oobCode === null
        ? { ...pending, status: "send_lost" }
        : { ...pending, status: "code_sent", newerMessageLost: true };
    return noticeLoss({ ...next, pending: sent });
  }
  if (!listIsFresh) return next;
  return pending.status === "confirming" || pending.mayCount ? settleConfirm(next, now) : noticeLoss(next);
}

/** What an enrollment leaves to do that was found out to be confirmed: its contact is forgotten, and what it replaces goes. */
export async function finish(core: Core, visit: SignedInVisit, { id, replaces }: Pending): Promise<void> {
  await core.secrets.remove(id);
  const credential = liveCredential(core, visit);
  const [first] = replaces?.ids ?? [];
  if (first === undefined || credential?.kind !== "mfaJwt") return;
  const told = await core.tenant.remove({ credential, authenticatorId: first });
  const items = await readList(core, credential);
  // The tenant's word counts where the list cannot be read.
  const gone = told.is === "done" && items === null ? (replaces?.ids ?? []) : [];
  await core.accounts.update(visit.person.accountId, (current) => {
    const record = withList(current ?? newAccount(), items, core.clock.now());
    return { record: gone.length > 0 ? withOutdatedList(withRemoved(record, gone), gone) : record, result: null };
  });
}

/**
 * Returns the record once a list has been read after a confirm whose outcome was unclear: what is active now and was not
 * before is the proof that it worked; otherwise the code was not taken so far, and the same step goes on.
 */
export function settleConfirm(record: AccountRecord, now: number): AccountRecord {
  const { pending } = record;
  if (!pending) return record;
  const added = addedEntry(record, pending);
  // The visit that started it, not the one that happens to look: only that one has earned the recovery code.
  return added
    ? withConfirmed(record, { addedId: added.id, visitId: pending.visitId, now, newSecretId: null })
    : { ...noticeLoss(record), pending: { ...pending, status: statusBefore(pending), mayCount: true } };
}

/** A code that was handed in and not taken leaves what was before it; what was lost meanwhile stays lost. */
function statusBefore({ status }: Pending): Pending["status"] {
  return status === "confirming" ? "code_sent" : status;
}

/** Returns the entry that is active now, was not before, and is of the enrollment's channel or its twin. */
export function addedEntry({ list }: AccountRecord, pending: Pending): Listed | null {
  return addedIn(list?.items ?? [], pending);
}

/** Returns that entry of a list that was read. */
export function addedIn(items: Listed[], { activeBefore, channel }: Pending): Listed | null {
  const added = items.filter((item) => item.active && !activeBefore.includes(item.id));
  const isPhone = (kind: Listed["kind"]) => kind === "sms" || kind === "voice";
  return (
    added.find((item) => item.kind === channel) ?? added.find((item) => isPhone(channel) && isPhone(item.kind)) ?? null
  );
}
