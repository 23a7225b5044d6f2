import type { Start } from "../contract/requests.ts";
import type { AccountRecord } from "./account-record.ts";
import { listContextOf, rowsOf } from "./authenticators.ts";
import { forgive, nextMessageAt } from "./budget.ts";
import type { Intent } from "./changes.ts";
import { isConfirmedHere } from "./contacts.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { isFull, listedIds } from "./leftovers.ts";
import { isBusy, refresh } from "./list.ts";
import type { Pending } from "./pending-record.ts";
import { keepTyped, type Message, messageOf } from "./pending.ts";
import { phoneChannelsOf } from "./phone-plan.ts";
import { type Refusal, Refused } from "./refused.ts";
import { newId } from "./sealing.ts";
import { keepContact } from "./secrets.ts";
import type { Credential } from "./session-record.ts";
import {
  afterSend,
  codeDeadline,
  lateSend,
  reserveSend,
  send,
  type Sending,
  type Sent,
  settleSend,
} from "./sending.ts";
import { standingOf, tagOf } from "./standing.ts";
import { sweep } from "./sweep.ts";
import { giveBack, type Reserved } from "./velocity.ts";
import { isLive, maskContact, offeredChannels } from "./view.ts";

/**
 * Starts an enrollment and sends the first message. Keeps what was typed and refuses with `proof_needed` where a proof is due.
 * What was pending is given up only once the new message is on its way.
 */
export async function startEnrollment(
  core: Core,
  visit: SignedInVisit,
  start: Start,
  intent: Intent,
): Promise<Refusal | null> {
  const message = messageOf(core, start);
  let { credential } = visit.session;
  let sending: Sending | null = null;
  let reserved: Reserved | null = null;
  const id = newId();
  const isBegun = () => sending?.enrollmentId === id;
  let endTurn = () => {};

  function reserve(record: AccountRecord): AccountRecord | null {
    sending = null;
    if (!message || !offeredChannels(core).includes(message.channel))
      throw new Refused({ code: "channel_off", channel: start.channel });
    const now = core.clock.now();
    if (credential && credential.expiresAt > now && !record.list) throw new Refused({ code: "upstream_unavailable" });
    if (!credential || !standingOf(core, visit, record).canAdd) throw new Refused({ code: "proof_needed" });
    const displaced = record.pending;
    if (displaced?.status === "confirming") throw new Refused({ code: "upstream_unavailable" });
    const fresh = newPending(core, visit, record, { id, start, message, credential });
    const live = displaced && isLive(core, visit, displaced) ? displaced : null;
    // Only to whoever has proven who they are: to others this would tell what is enrolled.
    if (isConfirmedHere(record, fresh.contactMark))
      throw new Refused({ code: "already_enrolled", channel: message.channel });
    const same = live?.channel === message.channel && live.contactMark === fresh.contactMark ? live : null;
    if (same && same.resendAt > now) {
      // The same number again while its message is on its way: one intent, one message.
      if (same.status === "code_sent") return null;
      throw new Refused({ code: "resend_too_soon", retryAt: same.resendAt });
    }
    // Giving one up and beginning anew is no way around the wait.
    const nextAt = nextMessageAt(record, { to: fresh.contactMark, channel: message.channel });
    if (nextAt > now) throw new Refused({ code: "resend_too_soon", retryAt: nextAt });
    const pending = same ? { ...same, replaces: fresh.replaces } : fresh;
    const listedBefore = listedIds(record);
    const about = { enrollmentId: pending.id, message, credential, before: same, displaced, listedBefore, at: now };
    sending = reserved && { ...about, reserved };
    return reserveSend(core, record, pending, { channel: message.channel, ranges: reserved?.ranges ?? 0 });
  }

  /**
   * Tells, from what is known, that nothing will be sent, whatever the tenant may list: such a start must cost the tenant no call.
   * Throws the refusal that this is.
   */
  function isInVain(known: AccountRecord): boolean {
    const now = core.clock.now();
    // What is under way may end without a message, which is then given back.
    if (isBusy(known, now)) return false;
    try {
      return reserve(forgive(known, now)) === null;
    } catch (error) {
      if (error instanceof Refused && isSureOf(error.refusal.code, credential?.kind ?? null)) throw error;
      return false;
    }
  }

  /** Counts the message over all accounts, before anything is asked of the tenant for it. */
  async function count(known: AccountRecord | null): Promise<void> {
    if (!message) return;
    const { address } = intent;
    const { channel, contact } = message;
    const same = known?.pending?.contactMark === core.sealer.keyedHash("contact", contact) ? known.pending : null;
    const wanted = { channel, to: { contact }, sends: same?.sends ?? 0 };
    reserved = await core.velocity.reserve({ ...wanted, visitId: visit.session.visitId, address });
  }

  try {
    return await core.change<Sent>({
      accountId: visit.person.accountId,
      known: visit.account,
      ...intent,
      async prepare() {
        endTurn = await core.sends.take(visit.person.accountId);
        const known = await core.accounts.read(visit.person.accountId);
        if (known && isInVain(known)) return;
        await count(known);
        // Without the list as it was before, a lost answer could not be settled by comparing, nor what is left be told apart.
        const anew = credential?.kind === "mfaJwt" && known?.begun != null;
        if ((await refresh(core, visit, { anew, stored: known })).credentialOver) credential = null;
        // Room is made first where the tenant has none to give for long.
        if (known && isFull(known)) await sweep(core, visit, await core.accounts.read(visit.person.accountId));
        // Before the reservation: if this node dies right after it, another message can be asked for without typing again.
        if (message) await keepContact(core, id, message.contact);
      },
      reserve(record) {
        const next = reserve(record);
        if (next !== null && !reserved) throw new Refused({ code: "service_unavailable" });
        return next;
      },
      call: () => send(core, sending),
      settle: (record, sent) => settleSend(core, record, sent, sending),
      late: (record, sent) => lateSend(core, visit, record, { sent, sending }),
      async after(sent) {
        if (!message || !sending) return;
        const displacedId = sending.before ? null : (sending.displaced?.id ?? null);
        await afterSend(core, visit, sent, { channel: message.channel, start, displacedId });
      },
    });
  } catch (error) {
    return await keepTyped(core, visit, error, start);
  } finally {
    endTurn();
    await giveBack(reserved);
    // Nothing was begun under this id, or an earlier enrollment goes on under its own.
    if (message && !isBegun()) await core.secrets.remove(id).catch(() => null);
  }
}

/** Tells whether a refusal stands whatever the tenant may list: an `mfa_token` proves more or less by what there is, a JWT does not. */
function isSureOf(code: Refusal["code"], credential: Credential["kind"] | null): boolean {
  if (code === "proof_needed") return credential !== "mfaToken";
  return code === "channel_off" || code === "resend_too_soon" || code === "too_many_messages";
}

function newPending(
  core: Core,
  visit: SignedInVisit,
  record: AccountRecord,
  asked: {
    id: string;
    start: Start;
    message: Message;
    credential: NonNullable<SignedInVisit["session"]["credential"]>;
  },
): Pending {
  const { id, start, message, credential } = asked;
  const { channel, contact } = message;
  const now = core.clock.now();
  const items = record.list?.items ?? [];
  return {
    id,
    channel,
    contact: maskContact(channel, contact) ?? "",
    contactMark: core.sealer.keyedHash("contact", contact),
    phoneChannels: channel === "email" ? [] : phoneChannelsOf(contact, core.settings.phonePolicy),
    replaces: start.replaces === undefined ? null : replacedBy(core, visit, record, start.replaces),
    status: "sending",
    oobCode: null,
    visitId: visit.session.visitId,
    credentialTag: tagOf(credential),
    newerMessageLost: false,
    sends: 0,
    ranges: [],
    usedChannels: [],
    wrongCodes: 0,
    mayCount: false,
    listedBefore: [],
    tell: visit.person.email === null ? [] : [visit.person.email],
    activeBefore: items.filter((item) => item.active).map((item) => item.id),
    // One that is listed and not active was handed out before and lost: the tenant turns it on with the first confirmation.
    recoveryBefore: items.some((item) => item.kind === "recovery_code" && item.active),
    sentAt: now,
    codeExpiresAt: codeDeadline(now, credential),
    resendAt: now,
  };
}

function replacedBy(
  core: Core,
  visit: SignedInVisit,
  record: AccountRecord,
  handle: string,
): NonNullable<Pending["replaces"]> {
  const context = listContextOf(core, visit);
  const row = rowsOf(record.list?.items ?? [], context).find((known) => known.id === handle);
  if (!row) throw new Refused({ code: "not_enrolled" });
  if (row.automatic) throw new Refused({ code: "automatic_authenticator" });
  return { ids: row.upstreamIds, handle, channels: row.channels, contact: row.contact };
}
