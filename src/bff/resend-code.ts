import type { MessageChannel } from "../contract/channel.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { listedIds } from "./leftovers.ts";
import { judgeContact, settleFirst, startOf, theirs } from "./pending.ts";
import { type Refusal, Refused } from "./refused.ts";
import { readContact } from "./secrets.ts";
import { afterSend, reserveSend, send, type Sending, type Sent, settleSend } from "./sending.ts";
import { standingOf } from "./standing.ts";
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
  return core.change<Sent>({
    accountId: visit.person.accountId,
    ...intent,
    prepare: () => settleFirst(core, visit),
    reserve(record) {
      // The code that was handed in has counted: there is nothing to send another one for.
      if (record.confirmedId === asked.enrollmentId) return null;
      const before = theirs(core, visit, record, asked.enrollmentId);
      if (contact === null || !credential) throw new Refused({ code: "enrollment_over" });
      const channel = asked.channel ?? before.channel;
      if ((channel === "email") !== (before.channel === "email")) throw new Refused({ code: "invalid_request" });
      if (!offeredChannels(core).includes(channel)) throw new Refused({ code: "channel_off", channel });
      const message = judgeContact(core, channel, contact);
      const now = core.clock.now();
      // The first switch from text to call need not wait; going to and fro would be a way around the wait.
      if (before.usedChannels.includes(channel) && before.resendAt > now)
        throw new Refused({ code: "resend_too_soon", retryAt: before.resendAt });
      // A code that would outlive its credential is a trap; the person proves it again first.
      if (!standingOf(core, visit, record).hasTime) throw new Refused({ code: "proof_needed" });
      sending = {
        enrollmentId: before.id,
        message,
        credential,
        before,
        displaced: before,
        listedBefore: listedIds(record),
        at: now,
      };
      return reserveSend(core, record, before, channel);
    },
    call: () => send(core, sending),
    settle: (record, sent) => settleSend(core, record, sent, sending),
    async after(sent) {
      if (!sending?.before) return;
      const start = await startOf(core, sending.before);
      await afterSend(core, visit, sent, { channel: sending.message.channel, start, displacedId: null });
    },
  });
}
