import { type Channel, isMessageChannel, type MessageChannel } from "../contract/channel.ts";
import type { RouteBody } from "../contract/requests.ts";
import type { AccountRecord } from "./account-record.ts";
import { listContextOf, rowsOf } from "./authenticators.ts";
import { forgive, methodOf, nextMessageAt, sendsLeft, withoutSend, withoutWait } from "./budget.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { isBusy } from "./list.ts";
import { type Refusal, Refused } from "./refused.ts";
import { newId } from "./sealing.ts";
import { codeDeadline } from "./sending.ts";
import type { ChallengeRecord, Credential } from "./session-record.ts";
import { changeSession } from "./sessions.ts";
import { liveMfaToken } from "./standing.ts";
import type { Told } from "./tenant.ts";
import { problemOf, withTenantLimits } from "./tenant-problem.ts";
import { giveBack, type Reserved } from "./velocity.ts";

/*
 * Opens a proof with a method the person has, in the page (step-up). It needs a live `mfa_token`: the tenant does not challenge
 * for a JWT, so without one the person gives the password again, or leaves and comes back.
 */

/** Auth0 allows twelve exchanges a minute in a session: five seconds is what it recommends. */
const POLL_SECONDS = 5;

/** Opens a challenge: sends a code to a method, or asks for the authenticator app's or the recovery code. */
export async function openChallenge(
  core: Core,
  visit: SignedInVisit,
  body: RouteBody<"challenge">,
  intent: Intent,
): Promise<Refusal | null> {
  const token = liveMfaToken(core, visit.session);
  let opened: ChallengeRecord | null = null;
  let reserved: Reserved | null = null;
  let endTurn = () => {};

  /** Counts a message over all accounts. What the account's own record refuses is refused before, and counts nowhere. */
  async function count(): Promise<void> {
    endTurn = await core.sends.take(visit.person.accountId);
    const stored = await core.accounts.read(visit.person.accountId);
    const planned = token && stored && planOf(stored, token);
    if (!planned || !isMessage(planned.channel)) return;
    const { address } = intent;
    const { visitId } = visit.session;
    const { channel, sends } = planned;
    const to = { authenticatorId: `${visit.person.accountId} ${methodOf(planned)}` };
    reserved = await core.velocity.reserve({ channel, to, visitId, address, sends: sends - 1 });
  }

  /** What is known while another change is under way may be over when it ends. */
  function planOf(stored: AccountRecord, withToken: Credential): ChallengeRecord | null {
    const now = core.clock.now();
    try {
      return challengeFor(core, visit, forgive(stored, now), { body, token: withToken });
    } catch (error) {
      if (isBusy(stored, now)) return null;
      throw error;
    }
  }

  const opening = core.change<Told<{ oobCode: string | null }>>({
    accountId: visit.person.accountId,
    ...intent,
    prepare: count,
    reserve(record) {
      if (token === null) throw new Refused({ code: "proof_needed" });
      const challenge = challengeFor(core, visit, record, { body, token });
      opened = challenge;
      const { id, channel, sends, sentAt } = challenge;
      const wrongCodes = record.challenge?.id === id ? record.challenge.wrongCodes : 0;
      const counted = { ...record, challenge: { id, sends, sentAt, wrongCodes } };
      if (!isMessage(channel)) return counted;
      if (!reserved) throw new Refused({ code: "service_unavailable" });
      return { ...counted, sends: [...record.sends, { at: sentAt, channel, to: methodOf(challenge) }] };
    },
    async call() {
      if (!opened || token === null) return { is: "not_sent" };
      const { upstreamId: authenticatorId } = opened;
      // An authenticator app and a recovery code need no message, so there is nothing to ask the tenant for.
      if (authenticatorId === null || opened.channel === "otp") return { is: "done", value: { oobCode: null } };
      const ask = () => core.tenant.challenge({ mfaToken: token.value, authenticatorId, type: "oob" });
      const told = await (reserved ? reserved.spend(ask) : ask());
      // A message whose answer cannot be given back to the tenant is as good as lost.
      return told.is === "done" && told.value.oobCode === null ? { is: "unclear" } : told;
    },
    settle(record, told) {
      if (!opened) return { record, refusal: null };
      const { channel, sentAt, id } = opened;
      if (told.is === "done") {
        // Another code makes the wrong ones before it forgotten; the hour's count is not.
        const counts = record.challenge?.id === id ? { ...record.challenge, wrongCodes: 0 } : record.challenge;
        return { record: { ...record, challenge: counts }, refusal: null };
      }
      // What may have come is of no use without its answer: nobody has to wait for another one.
      if (told.is === "unclear")
        return {
          record: withoutWait(record, methodOf(opened)),
          refusal: { code: "outcome_unclear", what: "challenge" },
        };
      const unsent = isMessage(channel) ? withoutSend(record, { at: sentAt, channel }) : record;
      const undone = { ...unsent, challenge: earlierCounts(visit, record) };
      if (told.is === "not_sent") return { record: undone, refusal: { code: "upstream_unavailable" } };
      const asked = channelOf(opened);
      return {
        record: withTenantLimits(undone, told.why, asked),
        refusal: problemOf(told.why, { channel: asked, attemptsLeft: 0 }),
      };
    },
    async after(told) {
      if (told.is === "done" && opened) {
        const challenge = { ...opened, oobCode: told.value.oobCode };
        await changeSession(core, visit.id, (session) => ({ ...session, challenge }));
      }
      if (told.is === "refused" && told.why.is === "credential_over") {
        await changeSession(core, visit.id, (session) => ({ ...session, credential: null, challenge: null }));
      }
    },
  });
  try {
    return await opening;
  } finally {
    endTurn();
    await giveBack(reserved);
  }
}

/** Returns the channel by which a refusal speaks of a challenge; a recovery code has none of its own. */
export function channelOf({ channel }: ChallengeRecord): Channel {
  return channel === "recovery_code" ? "otp" : channel;
}

function challengeFor(
  core: Core,
  visit: SignedInVisit,
  record: AccountRecord,
  asked: { body: RouteBody<"challenge">; token: Credential },
): ChallengeRecord {
  const { body, token } = asked;
  const { clock, settings } = core;
  const now = clock.now();
  const blank = {
    id: newId(),
    contact: null,
    oobCode: null,
    sentAt: now,
    codeExpiresAt: codeDeadline(now, token),
    sends: 0,
    pollAfterSeconds: POLL_SECONDS,
  };
  if (body.with === "recovery_code") return { ...blank, channel: "recovery_code", upstreamId: null };
  const row = rowsOf(record.list?.items ?? [], listContextOf(core, visit)).find(
    (known) => known.id === body.authenticatorId,
  );
  const channel = body.channel ?? row?.channels[0];
  const upstreamId = row?.upstreamIds[channel === undefined ? -1 : row.channels.indexOf(channel)];
  if (!row || !channel || !upstreamId) throw new Refused({ code: "not_enrolled" });
  const earlier = visit.session.challenge;
  // The same method again is another message of the same challenge, with its counts.
  const counts = earlier?.upstreamId === upstreamId && record.challenge?.id === earlier.id ? record.challenge : null;
  const challenge = {
    ...blank,
    id: counts?.id ?? blank.id,
    channel,
    upstreamId,
    contact: row.contact,
    sends: (counts?.sends ?? 0) + 1,
  };
  if (!isMessageChannel(channel)) return challenge;
  const nextAt = nextMessageAt(record, { to: methodOf(challenge), channel });
  if (nextAt > now) throw new Refused({ code: "resend_too_soon", retryAt: nextAt });
  const budget = sendsLeft(record, { channel, sends: counts?.sends ?? 0, settings, now });
  if (budget.left === 0) throw new Refused({ code: "too_many_messages", retryAt: budget.retryAt, channel });
  return challenge;
}

/** The counts as they were before a message that was not sent. */
function earlierCounts(visit: SignedInVisit, record: AccountRecord): AccountRecord["challenge"] {
  const earlier = visit.session.challenge;
  if (!earlier || record.challenge?.id !== earlier.id) return null;
  return { ...record.challenge, sends: earlier.sends, sentAt: earlier.sentAt };
}

function isMessage(channel: ChallengeRecord["channel"]): channel is MessageChannel {
  return channel === "sms" || channel === "voice" || channel === "email";
}
