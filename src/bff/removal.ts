import type { Listed } from "./account-record.ts";
import { listContextOf, rowsOf } from "./authenticators.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { readList, withList, withOutdatedList } from "./list.ts";
import { type Refusal, Refused } from "./refused.ts";
import { newId } from "./sealing.ts";
import { changeSession } from "./sessions.ts";
import { standingOf } from "./standing.ts";
import type { Told } from "./tenant.ts";
import { problemOf } from "./tenant-problem.ts";
import { withoutRemoval, withRemoval, withRemoved } from "./told-changes.ts";

/**
 * Removes an authenticator and what goes with it, and reads the list again: what it says counts, whatever the call answered. One
 * that is gone already is done.
 */
export function removeAuthenticator(
  core: Core,
  visit: SignedInVisit,
  authenticatorId: string,
  intent: Intent,
): Promise<Refusal | null> {
  const { credential } = visit.session;
  const { email } = visit.person;
  const noticeId = newId();
  let upstreamIds: string[] = [];
  return core.change<{ told: Told<boolean>; items: Listed[] | null }>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      if (!standingOf(core, visit, record).canRemove) throw new Refused({ code: "proof_needed" });
      const row = rowsOf(record.list?.items ?? [], listContextOf(core, visit)).find(
        (known) => known.id === authenticatorId,
      );
      if (!row) return null;
      if (row.automatic) throw new Refused({ code: "automatic_authenticator" });
      const { channels, contact } = row;
      upstreamIds = row.upstreamIds;
      const tell = email === null ? [] : [email];
      // Before the call: if its answer is lost, whoever reads the list next tells the owner.
      return withRemoval(record, { noticeId, ids: upstreamIds, channels, contact, at: core.clock.now(), tell });
    },
    async call() {
      const [first] = upstreamIds;
      if (!credential || first === undefined) return { told: { is: "not_sent" }, items: null };
      // One call: the tenant takes the twin of a number along.
      const told = await core.tenant.remove({ credential, authenticatorId: first });
      if (told.is === "done" || told.is === "unclear") await core.notices.expect(visit.person.accountId);
      return { told, items: told.is === "not_sent" ? null : await readList(core, credential) };
    },
    settle(record, { told, items }) {
      // Refused, it was not done by this; where it is gone all the same, whoever removed it has told of it.
      const isOpen = told.is === "done" || told.is === "unclear";
      const known = isOpen ? record : withoutRemoval(record, noticeId);
      const read = withList(known, items, core.clock.now());
      if (told.is === "not_sent") return { record: read, refusal: { code: "upstream_unavailable" } };
      if (items && !items.some((item) => upstreamIds.includes(item.id))) return { record: read, refusal: null };
      if (told.is === "refused" && told.why.is !== "not_found") {
        return { record: read, refusal: problemOf(told.why, { channel: "sms", attemptsLeft: 0 }) };
      }
      if (items === null) {
        // Done by the tenant's word, though the list cannot be read: the rows go, the rest is read at the next look.
        if (told.is !== "unclear") {
          return { record: withOutdatedList(withRemoved(read, upstreamIds), upstreamIds), refusal: null };
        }
        return { record: withOutdatedList(read), refusal: { code: "outcome_unclear", what: "remove" } };
      }
      return { record: read, refusal: { code: "outcome_unclear", what: "remove" } };
    },
    async after({ told, items }) {
      if (told.is === "done" || (items && !items.some((item) => upstreamIds.includes(item.id))))
        await changeSession(core, visit.id, (session) => ({ ...session, turnDue: true }));
      if (told.is === "refused" && told.why.is === "credential_over") {
        await changeSession(core, visit.id, (session) => ({ ...session, credential: null, provenAt: null }));
      }
    },
  });
}
