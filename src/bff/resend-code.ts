import type { MessageChannel } from "../contract/channel.ts";
import type { AccountRecord } from "./account-record.ts";
import { forgive, nextMessageAt } from "./budget.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { listedIds } from "./leftovers.ts";
import { isBusy } from "./list.ts";
import { judgeContact, settleFirst, startOf, theirs } from "./pending.ts";
import { type Refusal, Refused } from "./refused.ts";
import { readContact } from "./secrets.ts";
import { afterSend, lateSend, reserveSend, send, type Sending, type Sent, settleSend } from "./sending.ts";
import { standingOf } from "./standing.ts";
import { giveBack, type Reserved } from "./velocity.ts";
import { offeredChannels } from "./view.ts";

/** Sends another message for the same enrollment, perhaps by the sibling channel. The earlier code works until the new answer is in. */
export async function resendCode(
  core: Core,
  visit: SignedInVisit,
  asked: { enrollmentId: string; channel?: MessageChannel | undefined },
  intent: Intent,
): Promise<Refusal | null> {
  const contact = await readContact(core, asked.enrollmentId);
  const { credential } = visit.session;
  let sending: Sending | null = null;
  let reserved: Reserved | null = null;
  let endTurn = () => {};

  function reserve(record: AccountRecord): AccountRecord | null {
    // The code that was handed in has counted: there is nothing to send another one for.
    if (record.confirmedId === asked.enrollmentId) return null;
    const before = theirs(core, visit, record, asked.enrollmentId);
    if (contact === null || !credential) throw new Refused({ code: "enrollment_over" });
    const channel = asked.channel ?? before.channel;
    if ((channel === "email") !== (before.channel === "email")) throw new Refused({ code: "invalid_request" });
    if (!offeredChannels(core).includes(channel)) throw new Refused({ code: "channel_off", channel });
    const message = judgeContact(core, channel, contact);
    const now = core.clock.now();
    const nextAt = nextMessageAt(record, { to: before.contactMark, channel });
    if (nextAt > now) throw new Refused({ code: "resend_too_soon", retryAt: nextAt });
    // A code that would outlive its credential is a trap; the person proves it again first.
    if (!standingOf(core, visit, record).hasTime) throw new Refused({ code: "proof_needed" });
    const listedBefore = listedIds(record);
    const { id: enrollmentId } = before;
    sending = reserved && {
      enrollmentId,
      message,
      credential,
      before,
      displaced: before,
      listedBefore,
      at: now,
      reserved,
    };
    return reserveSend(core, record, before, { channel, ranges: reserved?.ranges ?? 0 });
  }

  /** Counts the message over all accounts. What the account's own record refuses is refused before, and counts nowhere. */
  async function count(): Promise<void> {
    endTurn = await core.sends.take(visit.person.accountId);
    await settleFirst(core, visit);
    const stored = await core.accounts.read(visit.person.accountId);
    const now = core.clock.now();
    const known = stored && forgive(stored, now);
    if (contact === null || !known?.pending) return;
    const { channel, sends } = known.pending;
    if (!isBusy(known, now) && reserve(known) === null) return;
    const { address } = intent;
    const wanted = { channel: asked.channel ?? channel, to: { contact }, sends };
    reserved = await core.velocity.reserve({ ...wanted, visitId: visit.session.visitId, address });
  }

  try {
    return await core.change<Sent>({
      accountId: visit.person.accountId,
      ...intent,
      prepare: count,
      reserve(record) {
        const next = reserve(record);
        if (next !== null && !reserved) throw new Refused({ code: "service_unavailable" });
        return next;
      },
      call: () => send(core, sending),
      settle: (record, sent) => settleSend(core, record, sent, sending),
      late: (record, sent) => lateSend(core, visit, record, { sent, sending }),
      async after(sent) {
        if (!sending?.before) return;
        const start = await startOf(core, sending.before);
        await afterSend(core, visit, sent, { channel: sending.message.channel, start, displacedId: null });
      },
    });
  } finally {
    endTurn();
    await giveBack(reserved);
  }
}
