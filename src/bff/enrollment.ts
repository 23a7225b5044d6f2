import { isMessageChannel, type MessageChannel } from "../contract/channel.ts";
import { parseEmail } from "../contract/email.ts";
import type { Start } from "../contract/routes.ts";
import { type AccountRecord, type Listed, newAccount, type Pending } from "./account-record.ts";
import { listContextOf, rowsOf } from "./authenticators.ts";
import { resendAtOf, sendsLeft, triesLeft } from "./budget.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { addedEntry, readList, settleConfirm, withConfirmed, withList } from "./list.ts";
import { judgePhone } from "./phone-plan.ts";
import { type Refusal, Refused } from "./refused.ts";
import { newId } from "./sealing.ts";
import type { Credential } from "./session-record.ts";
import { adoptTokens, changeSession } from "./sessions.ts";
import { standingOf, tagOf } from "./standing.ts";
import type { Associated, Told, Tokens } from "./tenant.ts";
import { problemOf, withTenantLimits } from "./tenant-problem.ts";
import { isLive, offeredChannels } from "./view.ts";

/*
 * Enrollment from the first message to the confirmed authenticator. Each step is one change: counted before the call, settled
 * by the answer, and where the answer is lost, by reading what the tenant lists. Nothing is sent twice by itself.
 */

/** Names one intent: the browser's key and what it was sent with. */
export type Intent = { key: string; bodyHash: string };

/** Five minutes: the life of a message's code at Auth0, not configurable there. */
const CODE_MS = 300_000;
/** A code whose credential ends within five seconds of it would be refused on arrival. */
const CREDENTIAL_MARGIN_MS = 5_000;
/** How long a channel the tenant has refused as switched off is not offered: long enough to spare people the same refusal. */
const CHANNEL_OFF_MS = 10 * 60_000;

/** Starts an enrollment and sends the first message. Keeps what was typed and refuses with `proof_needed` where a proof is due. */
export async function startEnrollment(
  core: Core,
  visit: SignedInVisit,
  start: Start,
  intent: Intent,
): Promise<Refusal | null> {
  const { accounts, clock } = core;
  const { accountId } = visit.person;
  const { channel } = start;
  const asked = isMessageChannel(channel) && "contact" in start ? checkContact(channel, start.contact) : null;
  const credential = visit.session.credential;
  let account = (await accounts.read(accountId)) ?? newAccount();
  // Without the list as it was before, a lost answer could not be settled by comparing.
  if (!account.list && credential && credential.expiresAt > clock.now()) {
    const items = await readList(core, credential);
    if (items === null) throw new Refused({ code: "upstream_unavailable" });
    account = await accounts.update(accountId, (current) => {
      const record = withList(current ?? newAccount(), items, clock.now());
      return { record, result: record };
    });
  }
  return core
    .change<Sent>({
      accountId,
      ...intent,
      reserve(record) {
        if (!asked || !offeredChannels(core).includes(channel)) throw new Refused({ code: "channel_off", channel });
        if (!credential || !standingOf(core, visit, record).canAdd) throw new Refused({ code: "proof_needed" });
        const live = record.pending && isLive(core, visit, record.pending) ? record.pending : null;
        const same = live?.channel === asked.channel && live.contact === asked.contact && live.status === "code_sent";
        // The same number again while its message is on its way: one intent, one message.
        if (same && live.resendAt > clock.now()) return null;
        const replaces = start.replaces === undefined ? null : upstreamIdOf(core, visit, record, start.replaces);
        return reserveSend(core, record, {
          id: newId(),
          ...asked,
          replaces,
          status: "sending",
          oobCode: null,
          visitId: visit.session.visitId,
          credentialTag: tagOf(credential),
          newerMessageLost: false,
          sends: same ? live.sends : 0,
          wrongCodes: 0,
          activeBefore: (record.list?.items ?? []).filter((item) => item.active).map((item) => item.id),
          sentAt: core.clock.now(),
          codeExpiresAt: codeDeadline(core.clock.now(), credential),
          resendAt: core.clock.now(),
        });
      },
      call: () => send(core, credential, asked),
      settle: (record, sent) => settleSend(core, record, sent, { before: null, channel: asked?.channel, credential }),
      after: (sent) => afterSend(core, visit, sent, start),
    })
    .catch((error: unknown) => keepDraft(core, visit, error, start));
}

/** Sends another message for the same enrollment, perhaps by the sibling channel. The earlier code works until the new answer is in. */
export function resendCode(
  core: Core,
  visit: SignedInVisit,
  asked: { enrollmentId: string; channel?: MessageChannel | undefined },
  intent: Intent,
): Promise<Refusal | null> {
  const credential = visit.session.credential;
  let before: Pending | null = null;
  let message: { channel: MessageChannel; contact: string } | null = null;
  return core.change<Sent>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const pending = theirs(core, visit, record, asked.enrollmentId);
      const channel = asked.channel ?? pending.channel;
      if (!credential) throw new Refused({ code: "proof_needed" });
      if ((channel === "email") !== (pending.channel === "email")) throw new Refused({ code: "invalid_request" });
      if (!offeredChannels(core).includes(channel)) throw new Refused({ code: "channel_off", channel });
      if (channel === "sms" && channel !== pending.channel) checkContact(channel, pending.contact);
      const now = core.clock.now();
      if (channel === pending.channel && pending.resendAt > now)
        throw new Refused({ code: "resend_too_soon", retryAt: pending.resendAt });
      // A code that would outlive its credential is a trap; the person proves it again first.
      if (!standingOf(core, visit, record).canAdd) throw new Refused({ code: "proof_needed" });
      before = pending;
      message = { channel, contact: pending.contact };
      return reserveSend(core, record, { ...pending, status: "sending" });
    },
    call: () => send(core, credential, message),
    settle: (record, sent) => settleSend(core, record, sent, { before, channel: message?.channel, credential }),
    after: (sent) => afterSend(core, visit, sent, null),
  });
}

/** Hands in the code. A wrong one costs a try; an unclear outcome is settled by reading, never by asking again. */
export function confirmEnrollment(
  core: Core,
  visit: SignedInVisit,
  asked: { enrollmentId: string; code: string },
  intent: Intent,
): Promise<Refusal | null> {
  const { clock, settings, tenant } = core;
  const credential = visit.session.credential;
  let pending: Pending | null = null;
  return core.change<{ told: Told<Tokens>; items: Listed[] | null }>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const now = clock.now();
      pending = theirs(core, visit, record, asked.enrollmentId);
      if (pending.status === "confirming") throw new Refused({ code: "enrollment_over" });
      if (pending.oobCode === null || pending.codeExpiresAt <= now) throw new Refused({ code: "code_expired" });
      const tries = triesLeft(record, { wrongCodes: pending.wrongCodes, settings, now });
      if (tries.left === 0) throw new Refused({ code: "too_many_codes", retryAt: tries.retryAt });
      // Counted before the call, not after: two answers racing would otherwise spend one try.
      return {
        ...record,
        tries: [...record.tries, now],
        pending: { ...pending, status: "confirming", wrongCodes: pending.wrongCodes + 1 },
      };
    },
    async call() {
      if (!credential || pending?.oobCode == null) return { told: { is: "not_sent" }, items: null };
      const told = await tenant.exchange({
        mfaToken: credential.value,
        with: "oob",
        oobCode: pending.oobCode,
        bindingCode: asked.code,
      });
      if (told.is !== "done" && told.is !== "unclear") return { told, items: null };
      const reader = told.is === "done" ? told.value.credential : credential;
      if (told.is === "done" && pending.replaces !== null) {
        // The new one works now; whether the old one goes is read off the list, whatever this call answers.
        await tenant.remove({ credential: reader, authenticatorId: pending.replaces });
      }
      return { told, items: await readList(core, reader) };
    },
    settle(record, { told, items }) {
      const now = clock.now();
      const read = withList(record, items, now);
      const open = read.pending;
      if (!open) return { record: read, refusal: null };
      const { visitId } = visit.session;
      if (told.is === "done") {
        const addedId = addedEntry(read, open.activeBefore, open.channel)?.id ?? null;
        return {
          record: withConfirmed(read, { addedId, visitId, now, newCode: told.value.recoveryCode }),
          refusal: null,
        };
      }
      if (told.is === "unclear") {
        if (items === null) return { record: read, refusal: null };
        const settled = settleConfirm(read, visitId, now);
        return { record: settled, refusal: settled.pending ? { code: "upstream_unavailable" } : null };
      }
      const again = { ...read, pending: { ...open, status: "code_sent" as const } };
      if (told.is === "not_sent") {
        return { record: withoutTry(again, open), refusal: { code: "upstream_unavailable" } };
      }
      const { why } = told;
      const attemptsLeft = triesLeft(again, { wrongCodes: open.wrongCodes, settings, now }).left;
      const refusal = problemOf(why, { channel: open.channel, attemptsLeft });
      const limited = withTenantLimits(again, why, open.channel);
      if (why.is === "wrong_code") return { record: limited, refusal };
      if (why.is === "code_expired")
        return { record: { ...limited, pending: { ...open, status: "code_sent", codeExpiresAt: now } }, refusal };
      return { record: withoutTry(limited, open), refusal };
    },
    async after({ told }) {
      if (told.is === "done") await adoptTokens(core, visit, told.value);
      if (told.is === "refused") await afterRefusal(core, visit, told.why.is, pending && startOf(pending));
    },
  });
}

/** Ends the pending enrollment, the draft and any open challenge. What the tenant holds of it stays unconfirmed. */
export async function cancelEnrollment(
  core: Core,
  visit: SignedInVisit,
  asked: { enrollmentId?: string | undefined },
  intent: Intent,
): Promise<Refusal | null> {
  const refusal = await core.change<null>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const { pending } = record;
      if (
        !pending ||
        pending.visitId !== visit.session.visitId ||
        (asked.enrollmentId !== undefined && pending.id !== asked.enrollmentId)
      )
        return null;
      return { ...record, pending: null, orphans: record.orphans + 1 };
    },
    call: () => Promise.resolve(null),
    settle: (record) => ({ record, refusal: null }),
  });
  await changeSession(core, visit.id, (session) => ({ ...session, draft: null, challenge: null }));
  return refusal;
}

/** Turns a visit's enrollment that can no longer be confirmed into a draft, so that what was typed is not lost. */
export async function keepAsDraft(core: Core, visit: SignedInVisit): Promise<void> {
  const kept = await core.accounts.update(visit.person.accountId, (stored) => {
    const record = stored ?? newAccount();
    const { pending } = record;
    const busy = record.lease !== null && record.lease.until > core.clock.now();
    if (
      !pending ||
      busy ||
      pending.visitId !== visit.session.visitId ||
      pending.status === "confirming" ||
      isLive(core, visit, pending)
    ) {
      return { record: stored ?? record, result: null };
    }
    return { record: { ...record, pending: null, orphans: record.orphans + 1 }, result: startOf(pending) };
  });
  if (kept) await changeSession(core, visit.id, (session) => ({ ...session, draft: session.draft ?? kept }));
}

/** How a message's sending ended, with the list where it had to be read to know. */
type Sent = { told: Told<Associated>; items: Listed[] | null };

async function send(
  core: Core,
  credential: Credential | null,
  message: { channel: MessageChannel; contact: string } | null,
): Promise<Sent> {
  if (!credential || !message) return { told: { is: "not_sent" }, items: null };
  const told = await core.tenant.associate({ credential, ...message });
  return { told, items: told.is === "unclear" ? await readList(core, credential) : null };
}

function reserveSend(core: Core, record: AccountRecord, pending: Pending): AccountRecord {
  const now = core.clock.now();
  const { channel } = pending;
  const budget = sendsLeft(record, { channel, sends: pending.sends, settings: core.settings, now });
  if (budget.left === 0) throw new Refused({ code: "too_many_messages", retryAt: budget.retryAt, channel });
  const left = record.pending && record.pending.id !== pending.id ? 1 : 0;
  const sends = pending.sends + 1;
  return {
    ...record,
    sends: [...record.sends, { at: now, channel }],
    orphans: record.orphans + left,
    pending: { ...pending, sends, resendAt: resendAtOf(now, sends) },
  };
}

/** `before` is the enrollment as it was before a resend; null for the first message. */
function settleSend(
  core: Core,
  record: AccountRecord,
  { told, items }: Sent,
  about: { before: Pending | null; channel: MessageChannel | undefined; credential: Credential | null },
): { record: AccountRecord; refusal: Refusal | null } {
  const now = core.clock.now();
  const read = withList(record, items, now);
  const { pending } = read;
  if (!pending) return { record: read, refusal: null };
  const { before } = about;
  const channel = about.channel ?? pending.channel;
  if (told.is === "done") {
    const { oobCode, recoveryCodes, garbledRecoveryCode } = told.value;
    const sent: Pending = {
      ...pending,
      channel,
      status: "code_sent",
      oobCode,
      newerMessageLost: false,
      sentAt: now,
      codeExpiresAt: codeDeadline(now, about.credential),
      wrongCodes: 0,
    };
    const recovery =
      recoveryCodes.length > 0
        ? ({ state: "held", codes: recoveryCodes, receivedAt: now } as const)
        : garbledRecoveryCode
          ? ({ state: "lost", due: false, seen: false } as const)
          : read.recovery;
    return { record: { ...read, pending: sent, recovery, orphans: read.orphans + (before ? 1 : 0) }, refusal: null };
  }
  if (told.is === "unclear") {
    const lost = lostRecovery(record, read) ? ({ state: "lost", due: false, seen: false } as const) : read.recovery;
    const status = before?.oobCode ? ("code_sent" as const) : ("send_lost" as const);
    return {
      record: { ...read, recovery: lost, pending: { ...pending, status, newerMessageLost: before !== null } },
      refusal: null,
    };
  }
  // Clearly not sent: the message is given back, and the earlier state of things with it.
  const sends = read.sends.slice(0, -1);
  const undone = { ...read, sends, pending: before };
  if (told.is === "not_sent") return { record: undone, refusal: { code: "upstream_unavailable" } };
  return {
    record: withTenantLimits(undone, told.why, channel),
    refusal: problemOf(told.why, { channel, attemptsLeft: 0 }),
  };
}

/** The tenant lists a recovery code that it did not list before, and we hold none: it was in the answer that was lost. */
function lostRecovery(before: AccountRecord, after: AccountRecord): boolean {
  const has = (record: AccountRecord) => (record.list?.items ?? []).some((item) => item.kind === "recovery_code");
  return after.recovery === null && has(after) && !has(before);
}

async function afterSend(core: Core, visit: SignedInVisit, { told }: Sent, start: Start | null): Promise<void> {
  if (told.is === "refused") {
    if (told.why.is === "channel_off" && start) core.channelsOff.set(start.channel, core.clock.now() + CHANNEL_OFF_MS);
    await afterRefusal(core, visit, told.why.is, start);
    return;
  }
  if (told.is === "done") await changeSession(core, visit.id, (session) => ({ ...session, draft: null }));
}

/** The tenant wants a new proof: what was typed is kept, and what no longer works is forgotten. */
async function afterRefusal(core: Core, visit: SignedInVisit, why: string, start: Start | null): Promise<void> {
  if (why === "credential_over" || why === "already_enrolled") {
    await changeSession(core, visit.id, (session) => ({
      ...session,
      draft: start ?? session.draft,
      provenAt: null,
      credential: why === "credential_over" ? null : session.credential,
    }));
  }
}

async function keepDraft(core: Core, visit: SignedInVisit, error: unknown, start: Start): Promise<never> {
  if (error instanceof Refused && error.refusal.code === "proof_needed") {
    await changeSession(core, visit.id, (session) => ({ ...session, draft: start }));
  }
  throw error;
}

function checkContact(channel: MessageChannel, contact: string): { channel: MessageChannel; contact: string } {
  if (channel !== "email") return { channel, contact: judgePhone(contact, channel) };
  const parsed = parseEmail(contact);
  if (!parsed.ok) throw new Refused({ code: "invalid_email", reason: parsed.reason });
  return { channel, contact: parsed.email };
}

function theirs(core: Core, visit: SignedInVisit, record: AccountRecord, enrollmentId: string): Pending {
  const { pending } = record;
  if (!pending || pending.id !== enrollmentId) throw new Refused({ code: "enrollment_over" });
  if (!isLive(core, visit, pending)) throw new Refused({ code: "enrollment_over" });
  return pending;
}

function upstreamIdOf(core: Core, visit: SignedInVisit, record: AccountRecord, handle: string): string {
  const context = listContextOf(core, visit);
  const row = rowsOf(record.list?.items ?? [], context).find((known) => known.id === handle);
  if (!row) throw new Refused({ code: "not_enrolled" });
  if (row.automatic) throw new Refused({ code: "automatic_authenticator" });
  return row.upstreamIds[0] ?? "";
}

/** A code that outlives the credential that confirms it would be a trap, so the earlier end counts. */
function codeDeadline(now: number, credential: Credential | null): number {
  return Math.min(now + CODE_MS, (credential?.expiresAt ?? now) - CREDENTIAL_MARGIN_MS);
}

function withoutTry(record: AccountRecord, pending: Pending): AccountRecord {
  return {
    ...record,
    tries: record.tries.slice(0, -1),
    pending: record.pending && { ...record.pending, wrongCodes: pending.wrongCodes - 1 },
  };
}

function startOf(pending: Pending): Start {
  return { channel: pending.channel, contact: pending.contact };
}
