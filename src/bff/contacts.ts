import type { AccountRecord } from "./account-record.ts";
import { twinKey } from "./authenticators.ts";

/*
 * Remembers which contacts an account has confirmed here, so that none of them is enrolled a second time: the tenant would take
 * it and list it twice. Only keyed hashes are kept, each for as long as its entry is listed. Pure: records in, records out.
 */

/** Returns the record with the contact of an entry that was just confirmed. */
export function withContact(record: AccountRecord, addedId: string, mark: string): AccountRecord {
  const twin = twinKey({ id: addedId });
  const others = record.contacts.filter((contact) => contact.twin !== twin);
  return { ...record, contacts: [...others, { twin, mark }] };
}

/** Returns the record without the contacts whose entries are not in the list that was just read. */
export function withListedContacts(record: AccountRecord): AccountRecord {
  const { contacts, list } = record;
  if (!list || contacts.length === 0) return record;
  const listed = new Set(list.items.map(twinKey));
  const kept = contacts.filter(({ twin }) => listed.has(twin));
  return kept.length === contacts.length ? record : { ...record, contacts: kept };
}

/** Tells whether a contact was confirmed here and its entry is still listed. A number is one contact, texted or called. */
export function isConfirmedHere({ contacts, list }: AccountRecord, mark: string): boolean {
  const twins = contacts.filter((contact) => contact.mark === mark).map(({ twin }) => twin);
  return list?.items.some((item) => item.active && twins.includes(twinKey(item))) ?? false;
}
