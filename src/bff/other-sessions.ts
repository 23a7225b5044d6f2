import { type AccountRecord, newAccount } from "./account-record.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import type { Refusal } from "./refused.ts";
import { accountOfUsername, currentAccountOf } from "./sessions.ts";

/** Ends every other visit of the account that has begun until now, on every node; the one that asks stays. */
export async function endOtherSessions(core: Core, visit: SignedInVisit, intent: Intent): Promise<Refusal | null> {
  const { person, session } = visit;
  const othersEnded = { at: core.clock.now(), visitId: session.visitId };
  const withOthersEnded = (record: AccountRecord) => ({ ...record, othersEnded });
  const refusal = await core.change<null>({
    accountId: person.accountId,
    ...intent,
    reserve: withOthersEnded,
    call: async () => null,
    settle: (record) => ({ record, refusal: null }),
  });
  // Somebody who has only typed the user name so far goes by that, until a code has shown whose it is.
  for (const name of new Set([person.username, person.verifiedEmail])) {
    if (name === null) continue;
    const byName = accountOfUsername(core, name);
    const current = await currentAccountOf(core, { ...person, accountId: byName, subjectKnown: false });
    if (current !== byName || byName === person.accountId) continue;
    await core.accounts.update(byName, (stored) => ({
      record: withOthersEnded(stored ?? newAccount()),
      result: null,
    }));
  }
  return refusal;
}
