import { type AccountRecord, newAccount } from "./account-record.ts";
import type { Core } from "./core.ts";

/** Moves what was kept under a user name to the account of its subject, so that no budget starts anew and no code is lost. */
export async function linkAccount(core: Core, from: string, to: string): Promise<void> {
  if (from === to) return;
  await core.links.update(from, () => ({ record: { accountId: to }, result: null }));
  const moved = await core.accounts.read(from);
  if (!moved) return;
  await core.accounts.update(to, (known) => ({ record: merged(known ?? newAccount(), moved), result: null }));
  await core.accounts.remove(from);
}

function merged(known: AccountRecord, moved: AccountRecord): AccountRecord {
  const later = (key: keyof AccountRecord["blocked"]) => Math.max(known.blocked[key], moved.blocked[key]);
  const isKnown = new Set(known.notices.map(({ id }) => id));
  return {
    tries: [...known.tries, ...moved.tries],
    tried: [...known.tried, ...moved.tried],
    sends: [...known.sends, ...moved.sends],
    blocked: { codes: later("codes"), sms: later("sms"), voice: later("voice"), email: later("email") },
    pending: moved.pending ?? known.pending,
    confirmedId: moved.confirmedId ?? known.confirmedId,
    added: (moved.added?.at ?? 0) > (known.added?.at ?? 0) ? moved.added : known.added,
    begun: begunByBoth(known.begun, moved.begun),
    recovery: moved.recovery ?? known.recovery,
    list: (moved.list?.knownAt ?? 0) >= (known.list?.knownAt ?? 0) ? moved.list : known.list,
    challenge: moved.challenge ?? known.challenge,
    renewal: (moved.renewal.askedAt ?? 0) > (known.renewal.askedAt ?? 0) ? moved.renewal : known.renewal,
    contacts: [...known.contacts, ...moved.contacts],
    removing: [...known.removing, ...moved.removing],
    notices: [...known.notices, ...moved.notices.filter(({ id }) => !isKnown.has(id))],
    untold: known.untold + moved.untold,
    othersEnded: (moved.othersEnded?.at ?? 0) > (known.othersEnded?.at ?? 0) ? moved.othersEnded : known.othersEnded,
    answers: { ...known.answers, ...moved.answers },
    lease: known.lease,
  };
}

/** What was there before both had begun anything: an entry of the one must not pass for older in the eyes of the other. */
function begunByBoth(known: AccountRecord["begun"], moved: AccountRecord["begun"]): AccountRecord["begun"] {
  if (!known || !moved) return known ?? moved;
  return {
    count: known.count + moved.count,
    lastAt: Math.max(known.lastAt, moved.lastAt),
    before: known.before.filter((id) => moved.before.includes(id)),
  };
}
