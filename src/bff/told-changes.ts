import type { AccountRecord } from "./account-record.ts";
import type { Removing, WaitingNotice } from "./notice-record.ts";

/*
 * Writes down what the owner of an account must be told of, in the same write as the change itself: a change that counts has its
 * notice, and one that did not happen has none. Pure: records in, records out.
 */

/** A minute: a removal whose answer was lost is done by then, or was never begun. */
const CERTAIN_AFTER_MS = 60_000;

/** Returns the record with a notice that waits to be delivered; where nobody can be told, only that is counted. */
export function withNotice(
  record: AccountRecord,
  notice: Omit<WaitingNotice, "attempts" | "nextAt" | "hasFailed">,
): AccountRecord {
  if (record.notices.some(({ id }) => id === notice.id)) return record;
  if (notice.to.length === 0) return { ...record, untold: record.untold + 1 };
  return { ...record, notices: [...record.notices, { ...notice, attempts: 0, nextAt: notice.at, hasFailed: false }] };
}

/** Returns the record with a removal that is about to be asked for. One that is open already for the same entries goes on. */
export function withRemoval(record: AccountRecord, removing: Removing): AccountRecord {
  const isOpen = record.removing.some((open) => open.ids.some((id) => removing.ids.includes(id)));
  return isOpen ? record : { ...record, removing: [...record.removing, removing] };
}

/** Returns the record without a removal of which nothing came. */
export function withoutRemoval(record: AccountRecord, noticeId: string): AccountRecord {
  return { ...record, removing: record.removing.filter((open) => open.noticeId !== noticeId) };
}

/** Returns the record with the removal of these entries done, by the tenant's word. */
export function withRemoved(record: AccountRecord, ids: string[]): AccountRecord {
  const removing = record.removing.find((open) => open.ids.some((id) => ids.includes(id)));
  return removing ? told(withoutRemoval(record, removing.noticeId), removing) : record;
}

/** Returns the record once a list has been read: open removals whose entries are gone are done, old ones were never begun. */
export function settleRemovals(record: AccountRecord, now: number): AccountRecord {
  const { list } = record;
  if (!list || list.outdated || record.removing.length === 0) return record;
  const listed = new Set(list.items.map((item) => item.id));
  let settled = record;
  for (const removing of record.removing) {
    const isGone = !removing.ids.some((id) => listed.has(id));
    if (isGone) settled = withRemoved(settled, removing.ids);
    else if (removing.at <= now - CERTAIN_AFTER_MS) settled = withoutRemoval(settled, removing.noticeId);
  }
  return settled;
}

function told(record: AccountRecord, { noticeId, ids, channels, contact, at, tell }: Removing): AccountRecord {
  const { pending } = record;
  // What is gone by this removal is replaced by nothing any more: its owner is told of it once.
  const isReplaced = pending?.replaces?.ids.some((id) => ids.includes(id)) === true;
  const next = pending && isReplaced ? { ...record, pending: { ...pending, replaces: null } } : record;
  return withNotice(next, { id: noticeId, type: "removed", channels, contact, at, to: tell });
}
