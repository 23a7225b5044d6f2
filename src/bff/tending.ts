import type { Core } from "./core.ts";
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
    const record = await core.accounts.read(person.accountId);
    if (record && record.notices.length > 0) core.notices.deliver(person.accountId);
    if (record?.begun) await sweep(core, { id: visitId, session, person });
  }
}
