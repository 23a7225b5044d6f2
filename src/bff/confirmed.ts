import type { AccountRecord } from "./account-record.ts";
import { withContact } from "./contacts.ts";
import { withOneLess } from "./leftovers.ts";
import { withRecoveryDue } from "./recovery.ts";
import { settleRemovals, withNotice, withRemoval } from "./told-changes.ts";

/**
 * Returns the record once the pending enrollment is confirmed: the recovery code is ready to be saved or known to be lost, and
 * the owner is to be told of what was added, and of what it replaces once that is gone.
 */
export function withConfirmed(
  record: AccountRecord,
  about: { addedId: string | null; visitId: string; now: number; newSecretId: string | null },
): AccountRecord {
  const { pending } = record;
  const settled = withOneLess(withRecoveryDue(record, about));
  if (!pending) return settled;
  const { addedId, now, visitId } = about;
  const { id, channel, contact, replaces, tell } = pending;
  const known = addedId === null ? settled : withContact(settled, addedId, pending.contactMark);
  const next = { ...known, confirmedId: id, added: { at: now, visitId } };
  const told = withNotice(next, { id: `${id}-added`, type: "added", channels: [channel], contact, at: now, to: tell });
  if (!replaces) return told;
  const { ids, channels, contact: replaced } = replaces;
  const removing = { noticeId: `${id}-removed`, ids, channels, contact: replaced, at: now, tell };
  return settleRemovals(withRemoval(told, removing), now);
}
