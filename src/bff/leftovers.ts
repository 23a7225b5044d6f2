import type { AccountRecord, Listed } from "./account-record.ts";
import { twinKey } from "./authenticators.ts";
import { FLOW_MS } from "./budget.ts";

/*
 * Counts the entries that were begun at the tenant and never confirmed, and tells which of them may go. The tenant does not say
 * which entry a message began, so an entry counts as ours only by when it appeared. Pure: records in, records out.
 */

/** The tenant refuses beyond about fifty entries of a kind; five stay for what is begun elsewhere. */
const MOST_BEGUN = 45;
/** Twice the thirty seconds that a call may take: what it may have begun is in the tenant's list by then, or never will be. */
const CERTAIN_AFTER_MS = 60_000;

/** Returns the ids that the tenant listed when it was last read. */
export function listedIds({ list }: AccountRecord): string[] {
  return (list?.items ?? []).map((item) => item.id);
}

/** Returns the record with one more entry begun. Call it before the message is asked for: a lost answer may have begun one. */
export function withOneBegun(record: AccountRecord, now: number): AccountRecord {
  const { begun } = record;
  const before = begun?.before ?? listedIds(record);
  return { ...record, begun: { count: (begun?.count ?? 0) + 1, lastAt: now, before } };
}

/** Returns the record with one entry fewer begun: it was confirmed, or never asked for. */
export function withOneLess(record: AccountRecord): AccountRecord {
  return withCount(record, (record.begun?.count ?? 0) - 1);
}

/** Tells whether another entry would bring the account near the tenant's limit by our own doing. */
export function isFull({ begun }: AccountRecord): boolean {
  return begun !== null && begun.count + 1 >= MOST_BEGUN;
}

/** Tells whether anything was begun besides what can still be confirmed. */
export function hasLeftovers(record: AccountRecord, now: number): boolean {
  return (record.begun?.count ?? 0) > (canBeConfirmed(record, now) ? 1 : 0);
}

/**
 * Returns one id for each entry that may be removed: unconfirmed, of a kind that is begun here, listed since our first message
 * and not the pending one's. Where more have appeared than were begun here, somebody enrolls elsewhere too, and none may go.
 */
export function leftoversOf(record: AccountRecord, now: number): string[] {
  const { pending } = record;
  const ids = [...appeared(record).values()];
  if (ids.length > (record.begun?.count ?? 0)) return [];
  const stands = canBeConfirmed(record, now) ? pending : null;
  return ids.filter((id) => stands === null || stands.listedBefore.includes(id));
}

/** Returns the record without the entries that were removed, and without the count of those that never came to be. */
export function withoutLeftovers(record: AccountRecord, gone: string[]): AccountRecord {
  const { list, begun } = record;
  if (!begun) return record;
  const keys = new Set(gone.map((id) => twinKey({ id })));
  const items = list?.items.filter((item) => item.active || !keys.has(twinKey(item))) ?? [];
  const kept = list && gone.length > 0 ? { ...record, list: { ...list, items, version: list.version + 1 } } : record;
  const counted = begun.count - gone.length;
  const isCertain = list !== null && !list.outdated && list.knownAt > begun.lastAt + CERTAIN_AFTER_MS;
  return withCount(kept, isCertain ? Math.min(counted, appeared(kept).size) : counted);
}

/** Finds the unconfirmed entries that have appeared since our first message, the two of one number as one. */
function appeared({ list, begun }: AccountRecord): Map<string, string> {
  const found = new Map<string, string>();
  if (!list || list.outdated || !begun) return found;
  // Twins go together: neither what works nor what stands beside it may be removed.
  const working = new Set(list.items.filter((item) => item.active).map(twinKey));
  for (const item of list.items) {
    if (!isBegunHere(item.kind) || begun.before.includes(item.id)) continue;
    if (!working.has(twinKey(item))) found.set(twinKey(item), item.id);
  }
  return found;
}

/** Anything that is younger than a flow may still be confirmed, by whichever visit began it. */
function canBeConfirmed({ pending }: AccountRecord, now: number): boolean {
  return pending !== null && (pending.status === "confirming" || pending.sentAt > now - FLOW_MS);
}

function isBegunHere(kind: Listed["kind"]): boolean {
  return kind === "sms" || kind === "voice" || kind === "email";
}

function withCount(record: AccountRecord, count: number): AccountRecord {
  const { begun } = record;
  if (!begun || count === begun.count) return record;
  // The next first message sets anew what was there before.
  return { ...record, begun: count > 0 ? { ...begun, count } : null };
}
