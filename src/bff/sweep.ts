import { type AccountRecord, newAccount } from "./account-record.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { hasLeftovers, leftoversOf, withoutLeftovers } from "./leftovers.ts";
import { isBusy, liveCredential, refresh } from "./list.ts";

/** Five: what a flow can leave behind, and few enough calls that nobody is slowed down; the rest goes with the next sweep. */
const MOST_AT_ONCE = 5;

/**
 * Removes unconfirmed entries that were begun here and can be confirmed no more, where the credential allows it: the tenant takes
 * an order to remove from the token that a code earns, not from an `mfa_token`. Stops at the first refusal, and leaves all alone
 * while a change is under way. `known` is the account as it has just been read.
 */
export async function sweep(core: Core, visit: SignedInVisit, known: AccountRecord | null): Promise<void> {
  const { accounts, clock, tenant } = core;
  const { accountId } = visit.person;
  const credential = liveCredential(core, visit);
  if (credential?.kind !== "mfaJwt") return;
  let record = known;
  if (!record?.begun || !hasLeftovers(record, clock.now()) || isBusy(record, clock.now())) return;
  if (!record.list || record.list.outdated || record.list.knownAt <= record.begun.lastAt) {
    await refresh(core, visit, { anew: true });
    record = await accounts.read(accountId);
    if (!record || isBusy(record, clock.now())) return;
  }
  const gone: string[] = [];
  for (const authenticatorId of leftoversOf(record, clock.now()).slice(0, MOST_AT_ONCE)) {
    const told = await tenant.remove({ credential, authenticatorId });
    const isGone = told.is === "done" || (told.is === "refused" && told.why.is === "not_found");
    if (!isGone) break;
    gone.push(authenticatorId);
  }
  await accounts.update(accountId, (stored) => ({
    record: withoutLeftovers(stored ?? newAccount(), gone),
    result: null,
  }));
}
