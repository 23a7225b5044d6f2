import type { MessageChannel } from "../contract/channel.ts";
import type { Start } from "../contract/requests.ts";
import type { AccountRecord, Listed } from "./account-record.ts";
import { resendAtOf, sendsLeft, sentTo, withoutSend } from "./budget.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { isFull, withOneBegun, withOneLess } from "./leftovers.ts";
import { readList, withList } from "./list.ts";
import type { Pending } from "./pending-record.ts";
import { afterRefusal, type Message } from "./pending.ts";
import { noticeLoss, withLateCode } from "./recovery.ts";
import { type Refusal, Refused } from "./refused.ts";
import { keepCodes, keepContact } from "./secrets.ts";
import type { Credential } from "./session-record.ts";
import { changeSession } from "./sessions.ts";
import type { Told } from "./tenant.ts";
import type { Associated } from "./tenant-answer.ts";
import { problemOf, withTenantLimits } from "./tenant-problem.ts";
import type { Reserved } from "./velocity.ts";

/*
 * Sends the message of an enrollment: counted before the call, settled by the answer. An answer that is lost held the only
 * `oob_code`, so the message that may arrive is of no use; nothing is sent again by itself.
 */

/** Five minutes: the life of a message's code at Auth0, not configurable there. */
const CODE_MS = 300_000;
/** A code whose credential ends within five seconds of it would be refused on arrival. */
const CREDENTIAL_MARGIN_MS = 5_000;
/** How long a channel the tenant has refused as switched off is not offered: long enough to spare people the same refusal. */
const CHANNEL_OFF_MS = 10 * 60_000;

/** Says what is sent, and what it was before. */
export type Sending = {
  enrollmentId: string;
  message: Message;
  credential: Credential;
  /** The enrollment of which this is another message; null for the first one. */
  before: Pending | null;
  /** What was pending, which comes back when nothing was sent. */
  displaced: Pending | null;
  /** What the tenant listed before: whatever it lists since may be this message's entry. */
  listedBefore: string[];
  /** When the message was counted. */
  at: number;
  /** Its count over all accounts. */
  reserved: Reserved;
};

/** Says how the sending ended, with the list where it had to be read to know, and where the recovery codes are kept. */
export type Sent = { told: Told<Associated>; items: Listed[] | null; secretId: string | null };

/** Returns until when a code sent now can be used: one that outlives the credential that confirms it would be a trap. */
export function codeDeadline(now: number, credential: Credential): number {
  return Math.min(now + CODE_MS, credential.expiresAt - CREDENTIAL_MARGIN_MS);
}

/** Returns the record with the message counted. Throws {@link Refused} when there is none left, or no room at the tenant. */
export function reserveSend(
  core: Core,
  record: AccountRecord,
  pending: Pending,
  message: { channel: MessageChannel; ranges: number },
): AccountRecord {
  const { channel, ranges } = message;
  const now = core.clock.now();
  if (isFull(record)) throw new Refused({ code: "enrollment_limit" });
  const budget = sendsLeft(record, { channel, sends: pending.sends, settings: core.settings, now });
  if (budget.left === 0) throw new Refused({ code: "too_many_messages", retryAt: budget.retryAt, channel });
  const sends = pending.sends + 1;
  return {
    ...withOneBegun(record, now),
    // Joined and not spread: a list that is spread keeps room for sixteen more, in every account.
    sends: record.sends.concat({ at: now, channel, to: pending.contactMark }),
    pending: {
      ...pending,
      status: "sending",
      sends,
      ranges: pending.ranges.concat(ranges),
      usedChannels: pending.usedChannels.includes(channel)
        ? pending.usedChannels
        : pending.usedChannels.concat(channel),
      resendAt: resendAtOf(now, sentTo(record, pending.contactMark).length + 1),
    },
  };
}

/** Sends the message, and keeps what came with the answer before anybody hears of it. */
export async function send(core: Core, sending: Sending | null): Promise<Sent> {
  const unsent: Sent = { told: { is: "not_sent" }, items: null, secretId: null };
  if (!sending) return unsent;
  const { credential, message, enrollmentId } = sending;
  // Kept before the message leaves: who asks for another one must not have to type again. A first one's was kept at the start.
  const isKept =
    sending.before === null ||
    (await keepContact(core, enrollmentId, message.contact).then(
      () => true,
      () => false,
    ));
  if (!isKept) return unsent;
  const told = await sending.reserved.spend(() => core.tenant.associate({ credential, ...message }));
  const codes = told.is === "done" ? told.value.recoveryCodes : [];
  // The list tells what a lost answer began, and what somebody has who is enrolled already.
  const mustRead = told.is === "unclear" || (told.is === "refused" && told.why.is === "already_enrolled");
  return {
    told,
    items: mustRead ? await readList(core, credential) : null,
    secretId: codes.length > 0 ? await keepCodes(core, codes) : null,
  };
}

/** Returns the record with what came of the sending. */
export function settleSend(
  core: Core,
  record: AccountRecord,
  sent: Sent,
  sending: Sending | null,
): { record: AccountRecord; refusal: Refusal | null } {
  const now = core.clock.now();
  const { told, items } = sent;
  const read = withRecovery(withList(record, items, now), sent, now);
  const { pending } = read;
  if (!sending || pending?.id !== sending.enrollmentId) return { record: read, refusal: null };
  const { before, displaced, credential, message } = sending;
  const { channel } = message;
  if (told.is === "done") {
    const { oobCode } = told.value;
    const fresh: Pending = {
      ...pending,
      channel,
      status: "code_sent",
      oobCode,
      listedBefore: sending.listedBefore,
      newerMessageLost: false,
      sentAt: now,
      codeExpiresAt: codeDeadline(now, credential),
      wrongCodes: 0,
    };
    return { record: { ...read, pending: fresh }, refusal: null };
  }
  if (told.is === "unclear") {
    // The earlier message's code goes on working, by the channel it came by.
    const isUsable = before !== null && before.oobCode !== null;
    const lost: Pending = isUsable
      ? { ...pending, status: "code_sent", newerMessageLost: true }
      : { ...pending, channel, status: "send_lost" };
    return { record: noticeLoss({ ...read, pending: lost }), refusal: null };
  }
  // Clearly not sent: the message is given back, and the earlier state of things with it.
  const undone = { ...withOneLess(withoutSend(read, { at: sending.at, channel })), pending: displaced };
  if (told.is === "not_sent") return { record: undone, refusal: { code: "upstream_unavailable" } };
  return {
    record: withTenantLimits(undone, told.why, channel),
    refusal: problemOf(told.why, { channel, attemptsLeft: 0 }),
  };
}

/** Returns the record with what a message has brought of which another change has not waited to hear: the recovery code. */
export function lateSend(
  { clock }: Core,
  { session }: SignedInVisit,
  record: AccountRecord,
  about: { sent: Sent; sending: Sending | null },
): AccountRecord {
  const { secretId } = about.sent;
  const now = clock.now();
  const isEarned = about.sending !== null && record.confirmedId === about.sending.enrollmentId;
  const askedAt = about.sending?.at ?? now;
  return withLateCode(record, { secretId, visitId: session.visitId, now, isEarned, askedAt });
}

/** The latest code counts: it makes any earlier one worthless. One that cannot be read is as lost as none. */
function withRecovery(record: AccountRecord, { told, secretId }: Sent, now: number): AccountRecord {
  if (secretId !== null) return { ...record, recovery: { state: "held", secretId, receivedAt: now } };
  if (told.is === "done" && told.value.garbledRecoveryCode)
    return { ...record, recovery: { state: "lost", due: false, seen: false } };
  return record;
}

/** Follows a sending in the visit's own record. */
export async function afterSend(
  core: Core,
  visit: SignedInVisit,
  { told }: Sent,
  about: { channel: MessageChannel; start: Start | null; displacedId: string | null },
): Promise<void> {
  const { channel, start, displacedId } = about;
  if (told.is === "refused") {
    if (told.why.is === "channel_off") core.channelsOff.set(channel, core.clock.now() + CHANNEL_OFF_MS);
    await afterRefusal(core, visit, told.why.is, start);
    return;
  }
  if (told.is === "not_sent") return;
  if (displacedId !== null) await core.secrets.remove(displacedId);
  // Whatever is typed meanwhile is another intent's.
  if (visit.session.draft !== null) await changeSession(core, visit.id, (session) => ({ ...session, draft: null }));
}
