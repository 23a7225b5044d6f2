import type { AccountRecord, Listed } from "./account-record.ts";
import { triesLeft, withoutTry, withoutWait } from "./budget.ts";
import type { Intent } from "./changes.ts";
import { withConfirmed } from "./confirmed.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { addedEntry, addedIn, liveCredential, readList, settleConfirm, withList, withUnlisted } from "./list.ts";
import type { Pending } from "./pending-record.ts";
import { readIdToken } from "./id-token.ts";
import { afterRefusal, settleFirst, startOf, theirs } from "./pending.ts";
import { withLateCode } from "./recovery.ts";
import { type Refusal, Refused } from "./refused.ts";
import { keepCodes, readContact } from "./secrets.ts";
import type { Credential } from "./session-record.ts";
import { adoptTokens, chainedCredential, changeSession } from "./sessions.ts";
import type { Told } from "./tenant.ts";
import type { Tokens } from "./tenant-answer.ts";
import { problemOf, withTenantLimits } from "./tenant-problem.ts";
import { withRemoved } from "./told-changes.ts";

/** Says how the code was taken, with the list where it was read, where a new recovery code is kept, and which ids went for the new one. */
type Outcome = {
  told: Told<Tokens>;
  items: Listed[] | null;
  secretId: string | null;
  chained: Credential | null;
  gone: string[];
};

/**
 * Hands in the code. A wrong one costs a try; an unclear outcome is settled by reading, never by asking again. What is found to be
 * confirmed already is done.
 */
export function confirmEnrollment(
  core: Core,
  visit: SignedInVisit,
  asked: { enrollmentId: string; code: string },
  intent: Intent,
): Promise<Refusal | null> {
  const { clock, settings } = core;
  let pending: Pending | null = null;
  let at = 0;
  return core.change<Outcome>({
    accountId: visit.person.accountId,
    ...intent,
    prepare: () => settleFirst(core, visit),
    reserve(record) {
      const now = clock.now();
      if (record.confirmedId === asked.enrollmentId) return null;
      pending = theirs(core, visit, record, asked.enrollmentId);
      at = now;
      if (pending.oobCode === null || pending.codeExpiresAt <= now) throw new Refused({ code: "code_expired" });
      const { wrongCodes, resendAt } = pending;
      const tries = triesLeft(record, { wrongCodes, nextCodeAt: resendAt, settings, now });
      if (tries.left === 0) throw new Refused({ code: "too_many_codes", retryAt: tries.retryAt });
      // Counted before the call, not after: two answers racing would otherwise spend one try.
      return {
        ...record,
        tries: [...record.tries, now],
        pending: { ...pending, status: "confirming", wrongCodes: wrongCodes + 1 },
      };
    },
    call: () => handIn(core, visit, pending, asked.code),
    settle(record, outcome) {
      const read = withList(record, outcome.items, clock.now());
      return pending && read.pending?.id === pending.id
        ? settle(core, read, { outcome, open: read.pending, at })
        : { record: read, refusal: null };
    },
    late: (record, { secretId }) =>
      withLateCode(record, { secretId, visitId: visit.session.visitId, now: clock.now(), isEarned: true, askedAt: at }),
    async after({ told, chained }) {
      if (!pending) return;
      if (told.is === "done") {
        const contact = await readContact(core, pending.id);
        if (contact !== null) await core.velocity.entered(pending.channel, contact, pending.ranges);
        await adoptTokens(core, visit, told.value);
        await changeSession(core, visit.id, (session) => ({ ...session, draft: null }));
        await core.secrets.remove(pending.id);
      }
      // Found out by reading.
      if (told.is === "unclear" && (await core.accounts.read(visit.person.accountId))?.pending?.id !== pending.id)
        await core.secrets.remove(pending.id);
      if (chained) {
        await changeSession(core, visit.id, (session) => ({ ...session, credential: chained, provenAt: null }));
      } else if (told.is === "refused") {
        await afterRefusal(core, visit, told.why.is, await startOf(core, pending));
      }
    },
  });
}

async function handIn(core: Core, visit: SignedInVisit, pending: Pending | null, code: string): Promise<Outcome> {
  const credential = liveCredential(core, visit);
  if (!credential || !pending || pending.oobCode === null)
    return { told: { is: "not_sent" }, items: null, secretId: null, chained: null, gone: [] };
  const { oobCode, replaces } = pending;
  const told = await core.tenant.exchange({ mfaToken: credential.value, with: "oob", oobCode, bindingCode: code });
  const chained = chainedCredential(core, told);
  const newCode = told.is === "done" ? told.value.recoveryCode : null;
  const secretId = newCode === null ? null : await keepCodes(core, [newCode]);
  if (told.is !== "done" && told.is !== "unclear" && !chained)
    return { told, items: null, secretId, chained, gone: [] };
  // It may count now: from here on a node that dies leaves somebody to be told.
  await core.notices.expect(visit.person.accountId);
  const reader = told.is === "done" ? told.value.credential : (chained ?? credential);
  const first = told.is === "done" ? null : await readList(core, reader);
  const counts = told.is === "done" || (first !== null && addedIn(first, pending) !== null);
  if (told.is !== "done" && !(counts && replaces)) return { told, items: first, secretId, chained, gone: [] };
  let gone: string[] = [];
  if (replaces && reader.kind === "mfaJwt") {
    // The new one works now. Whether the old one goes is read off the list; this answer counts where that cannot be read.
    const removed = await core.tenant.remove({ credential: reader, authenticatorId: replaces.ids[0] ?? "" });
    if (removed.is === "done") gone = replaces.ids;
  }
  const items = await readList(core, reader);
  const known = first?.filter(({ id }) => !gone.includes(id)) ?? null;
  return { told, items: items ?? known, secretId, chained, gone };
}

function settle(
  core: Core,
  read: AccountRecord,
  about: { outcome: Outcome; open: Pending; at: number },
): { record: AccountRecord; refusal: Refusal | null } {
  const { outcome, open, at } = about;
  const { told, items, secretId, chained, gone } = outcome;
  const { settings } = core;
  const now = core.clock.now();
  // A right code is no guess: it costs nothing.
  const forgiven = withoutTry(read, at);
  if (told.is === "done") {
    const entered = withoutWait(forgiven, open.contactMark);
    const listed = items === null ? withUnlisted(entered, gone) : entered;
    const addedId = items === null ? null : (addedEntry(listed, open)?.id ?? null);
    const { visitId } = open;
    // Somebody whose address was not known until now: the account's own address does not change with this.
    const address = readIdToken(told.value.idToken, settings.tenant)?.email ?? null;
    const tell = open.tell.length > 0 || address === null ? open.tell : [address];
    const known = { ...listed, pending: { ...open, tell } };
    const next = withConfirmed(known, { addedId, visitId, now, newSecretId: secretId });
    return { record: gone.length > 0 ? withRemoved(next, gone) : next, refusal: null };
  }
  if (told.is === "unclear" || chained) {
    // Until the list can be read nothing is claimed; whoever looks next settles it.
    if (items === null) return { record: read, refusal: null };
    const settled = settleConfirm(read, now);
    if (!settled.pending) return { record: withoutTry(settled, at), refusal: null };
    return { record: settled, refusal: { code: chained ? "proof_needed" : "upstream_unavailable" } };
  }
  const again: Pending = { ...open, status: "code_sent" };
  const undone = { ...forgiven, pending: { ...again, wrongCodes: open.wrongCodes - 1 } };
  if (told.is === "not_sent") return { record: undone, refusal: { code: "upstream_unavailable" } };
  const { why } = told;
  const { wrongCodes, resendAt, channel } = open;
  const left = withTenantLimits({ ...read, pending: again }, why, channel);
  const attemptsLeft = triesLeft(left, { wrongCodes, nextCodeAt: resendAt, settings, now }).left;
  const refusal = problemOf(why, { channel, attemptsLeft });
  // A refusal that cannot be read may have been one of a wrong code, which the tenant has counted.
  if (why.is === "wrong_code" || why.is === "unknown") return { record: left, refusal };
  if (why.is === "code_expired") {
    return { record: { ...undone, pending: { ...undone.pending, codeExpiresAt: now } }, refusal };
  }
  return { record: withTenantLimits(undone, why, channel), refusal };
}
