import type { AccountRecord, Listed } from "./account-record.ts";
import { triesLeft, withoutTry } from "./budget.ts";
import type { Intent } from "./changes.ts";
import { withConfirmed } from "./confirmed.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { addedEntry, finish, liveCredential, readList, settleConfirm, withList, withOutdatedList } from "./list.ts";
import type { Pending } from "./pending-record.ts";
import { readIdToken } from "./id-token.ts";
import { afterRefusal, settleFirst, startOf, theirs } from "./pending.ts";
import { type Refusal, Refused } from "./refused.ts";
import { keepCodes } from "./secrets.ts";
import type { Credential } from "./session-record.ts";
import { adoptTokens, chainedCredential, changeSession } from "./sessions.ts";
import type { Told } from "./tenant.ts";
import type { Tokens } from "./tenant-answer.ts";
import { problemOf, withTenantLimits } from "./tenant-problem.ts";

/** Says how the code was taken, with the list where it was read, and where a new recovery code is kept. */
type Outcome = { told: Told<Tokens>; items: Listed[] | null; secretId: string | null; chained: Credential | null };

/** Hands in the code. A wrong one costs a try; an unclear outcome is settled by reading, never by asking again. */
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
    async after({ told, chained }) {
      if (!pending) return;
      if (told.is === "done") {
        await adoptTokens(core, visit, told.value);
        await changeSession(core, visit.id, (session) => ({ ...session, draft: null }));
        await core.secrets.remove(pending.id);
      }
      // Found out by reading: what is left to do then is done at once, while the credential lives.
      if (told.is === "unclear" && (await core.accounts.read(visit.person.accountId))?.pending?.id !== pending.id)
        await finish(core, visit, pending);
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
    return { told: { is: "not_sent" }, items: null, secretId: null, chained: null };
  const { oobCode, replaces } = pending;
  const told = await core.tenant.exchange({ mfaToken: credential.value, with: "oob", oobCode, bindingCode: code });
  const chained = chainedCredential(core, told);
  const newCode = told.is === "done" ? told.value.recoveryCode : null;
  const secretId = newCode === null ? null : await keepCodes(core, [newCode]);
  if (told.is !== "done" && told.is !== "unclear" && !chained) return { told, items: null, secretId, chained };
  // It may count now: from here on a node that dies leaves somebody to be told.
  await core.notices.expect(visit.person.accountId);
  const reader = told.is === "done" ? told.value.credential : (chained ?? credential);
  if (told.is === "done" && replaces) {
    // The new one works now; whether the old one goes is read off the list, whatever this call answers.
    await core.tenant.remove({ credential: reader, authenticatorId: replaces.ids[0] ?? "" });
  }
  return { told, items: await readList(core, reader), secretId, chained };
}

function settle(
  core: Core,
  read: AccountRecord,
  about: { outcome: Outcome; open: Pending; at: number },
): { record: AccountRecord; refusal: Refusal | null } {
  const { outcome, open, at } = about;
  const { told, items, secretId, chained } = outcome;
  const { settings } = core;
  const now = core.clock.now();
  // A right code is no guess: it costs nothing.
  const forgiven = withoutTry(read, at);
  if (told.is === "done") {
    const listed = items === null ? withOutdatedList(forgiven) : forgiven;
    const addedId = items === null ? null : (addedEntry(listed, open)?.id ?? null);
    const { visitId } = open;
    // Somebody whose address was not known until now: the account's own address does not change with this.
    const address = readIdToken(told.value.idToken, settings.tenant)?.email ?? null;
    const tell = open.tell.length > 0 || address === null ? open.tell : [address];
    const known = { ...listed, pending: { ...open, tell } };
    return { record: withConfirmed(known, { addedId, visitId, now, newSecretId: secretId }), refusal: null };
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
  if (why.is === "wrong_code") return { record: left, refusal };
  if (why.is === "code_expired") {
    return { record: { ...undone, pending: { ...undone.pending, codeExpiresAt: now } }, refusal };
  }
  return { record: withTenantLimits(undone, why, channel), refusal };
}
