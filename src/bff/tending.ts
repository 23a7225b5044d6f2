import type { AccountRecord } from "./account-record.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { readSession } from "./sessions.ts";
import { sweep } from "./sweep.ts";

/**
 * Does for the account of a visit what nobody waits for: delivers its notices and sweeps what was left at the tenant. It returns
 * at once and never throws; what it cannot do now is done the next time.
 */
export function tend(core: Core, visitId: string): void {
  void work().catch(() => null);

  async function work(): Promise<void> {
    // Read anew: the change before may have earned a credential, and with it the account of the subject.
    const session = await readSession(core, visitId);
    const person = session?.person;
    if (!person) return;
    tendTo(core, { id: visitId, session, person }, await core.accounts.read(person.accountId));
  }
}

/** Does the same for an account that has just been read. */
export function tendTo(core: Core, visit: SignedInVisit, account: AccountRecord | null): void {
  if (account && account.notices.length > 0) core.notices.deliver(visit.person.accountId);
  void sweep(core, visit, account).catch(() => null);
}
