import type { Listed } from "./account-record.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { finish, liveCredential, readList, settleConfirm, withList } from "./list.ts";
import type { Pending } from "./pending-record.ts";
import type { Refusal } from "./refused.ts";
import { changeSession } from "./sessions.ts";

/**
 * Ends the pending enrollment that is named; without a name, only the draft and any open challenge, which always end with it.
 * What the tenant holds of it stays unconfirmed until it is swept, and a recovery code that came with it stays kept. One whose code may have been
 * taken is settled first: giving it up would lose the recovery code of an authenticator that works.
 */
export async function cancelEnrollment(
  core: Core,
  visit: SignedInVisit,
  asked: { enrollmentId?: string | undefined },
  intent: Intent,
): Promise<Refusal | null> {
  let confirmed: Pending | null = null;
  const refusal = await core.change<Listed[] | null>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const { pending } = record;
      const isTheirs = pending?.id === asked.enrollmentId && pending?.visitId === visit.session.visitId;
      return isTheirs ? record : null;
    },
    async call() {
      const record = await core.accounts.read(visit.person.accountId);
      const credential = liveCredential(core, visit);
      return record?.pending?.status === "confirming" && credential ? readList(core, credential) : null;
    },
    settle(record, items) {
      const now = core.clock.now();
      const read = withList(record, items, now);
      const known = items === null ? read : settleConfirm(read, now);
      const { pending } = known;
      confirmed = record.pending?.status === "confirming" && !pending ? record.pending : null;
      if (!pending || pending.id !== asked.enrollmentId) return { record: known, refusal: null };
      if (pending.status === "confirming") return { record: known, refusal: { code: "upstream_unavailable" } };
      return { record: { ...known, pending: null }, refusal: null };
    },
    async after() {
      if (confirmed) await finish(core, visit, confirmed);
      const record = await core.accounts.read(visit.person.accountId);
      if (asked.enrollmentId !== undefined && record?.pending?.id !== asked.enrollmentId)
        await core.secrets.remove(asked.enrollmentId);
    },
  });
  await changeSession(core, visit.id, (session) => ({ ...session, draft: null, challenge: null }));
  return refusal;
}
