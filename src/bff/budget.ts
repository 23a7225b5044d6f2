import type { MessageChannel } from "../contract/channel.ts";
import type { AccountRecord } from "./account-record.ts";
import { twinKey } from "./authenticators.ts";
import type { ChallengeRecord } from "./session-record.ts";
import type { Settings } from "./settings.ts";

/*
 * Counts what is left: messages and code tries. Pure: the record, the settings and the time are arguments. The tenant's own
 * limits are higher, so a budget that only the tenant could give back is never spent.
 */

const HOUR = 3_600_000;
/** How long an authenticator app shows one code (RFC 6238 section 5.2). */
const APP_STEP_MS = 30_000;
/** Thirty seconds: long enough for a slow carrier, short enough that people do not give up. It doubles with each message. */
const FIRST_COOLDOWN = 30_000;

/** Texts and calls share a budget, as they reach the same phone. */
const isPhone = (channel: MessageChannel) => channel !== "email";

/** Returns the instant from which another message may be asked for, after `sends` messages of which the last left at `sentAt`. */
export function resendAtOf(sentAt: number, sends: number): number {
  return sentAt + FIRST_COOLDOWN * 2 ** Math.max(0, sends - 1);
}

/**
 * Returns from when another message may go to a contact by a channel, 0 where none has gone by it yet: the first switch from text to
 * call need not wait. It is counted over all of the hour's enrollments, so that giving one up and beginning anew is no way around it.
 */
export function nextMessageAt(record: AccountRecord, asked: { to: string; channel: MessageChannel }): number {
  const sent = sentTo(record, asked.to);
  if (!sent.some(({ channel }) => channel === asked.channel)) return 0;
  return resendAtOf(Math.max(...sent.map(({ at }) => at)), sent.length);
}

/** Returns what marks a challenged method among the messages of an account: a number is one, texted or called. */
export function methodOf({ upstreamId }: Pick<ChallengeRecord, "upstreamId">): string {
  return twinKey({ id: upstreamId ?? "" });
}

/** Returns the messages of the hour that went to a contact and whose code was not entered. */
export function sentTo(record: AccountRecord, to: string): AccountRecord["sends"] {
  return record.sends.filter((send) => send.to === to);
}

/** Returns the record once a code was entered that had gone to a contact: whoever reads it there is not kept waiting for the next. */
export function withoutWait(record: AccountRecord, to: string): AccountRecord {
  if (sentTo(record, to).length === 0) return record;
  return { ...record, sends: record.sends.map((send) => (send.to === to ? { ...send, to: "" } : send)) };
}

/** Ten minutes: what a flow may take in all, which is also the longest a credential lives. */
export const FLOW_MS = 600_000;

/**
 * Returns how many messages are left for an enrollment or challenge that has had `sends`, and from when there is one again:
 * when the hour gives one back or, where only this enrollment has had its share, when it is over.
 */
export function sendsLeft(
  record: AccountRecord,
  asked: { channel: MessageChannel; sends: number; settings: Settings; now: number },
): { left: number; retryAt: number } {
  const { channel, sends, settings, now } = asked;
  const counted = record.sends.filter((send) => isPhone(send.channel) === isPhone(channel) && send.at > now - HOUR);
  const inHour = settings.sendsPerHour - counted.length;
  const blocked = record.blocked[channel];
  if (blocked > now) return { left: 0, retryAt: blocked };
  const oldest = counted.reduce((least, send) => Math.min(least, send.at), now);
  const left = Math.max(0, Math.min(inHour, settings.sendsPerEnrollment - sends));
  return { left, retryAt: inHour > 0 ? now + FLOW_MS : oldest + HOUR };
}

/**
 * Returns how many tries are left for a message that has had `wrongCodes`, and from when there is one again: when the hour
 * gives one back or, where only this message has had its share, when another can be asked for.
 */
export function triesLeft(
  record: AccountRecord,
  asked: { wrongCodes: number; nextCodeAt: number; settings: Settings; now: number },
): { left: number; retryAt: number } {
  const { wrongCodes, nextCodeAt, settings, now } = asked;
  if (record.blocked.codes > now) return { left: 0, retryAt: record.blocked.codes };
  const counted = record.tries.filter((at) => at > now - HOUR);
  const oldest = counted.reduce((least, at) => Math.min(least, at), now);
  const inHour = settings.triesPerHour - counted.length;
  const left = Math.max(0, Math.min(settings.triesPerCode - wrongCodes, inHour));
  return { left, retryAt: inHour > 0 ? Math.max(now, nextCodeAt) : oldest + HOUR };
}

/** Returns the record with the try that was counted at an instant given back. */
export function withoutTry(record: AccountRecord, at: number): AccountRecord {
  const index = record.tries.indexOf(at);
  const triedIndex = record.tried.findIndex((one) => one.at === at);
  return {
    ...record,
    tries: record.tries.filter((_, position) => position !== index),
    tried: record.tried.filter((_, position) => position !== triedIndex),
  };
}

/** Returns what one code of a challenge is known by: each message has its own, an app one for each of its steps; a recovery code stays. */
export function codeOf({ id, channel, upstreamId, sentAt }: ChallengeRecord, now: number): string {
  if (channel === "recovery_code") return channel;
  return channel === "otp" ? `${upstreamId} ${Math.floor(now / APP_STEP_MS)}` : `${id} ${sentAt}`;
}

/** Returns how many wrong codes a challenge has had, and its code in whichever challenge. */
export function wrongCodesOf({ challenge, tried }: AccountRecord, open: ChallengeRecord, now: number): number {
  const code = codeOf(open, now);
  const own = challenge?.id === open.id ? challenge.wrongCodes : 0;
  return Math.max(own, tried.filter((one) => one.code === code).length);
}

/** Returns from when a challenge can have another code, or other tries at the one that stays. */
export function nextCodeAt({ tried }: AccountRecord, challenge: ChallengeRecord, now: number): number {
  const { channel, sentAt, sends } = challenge;
  if (channel === "otp") return (Math.floor(now / APP_STEP_MS) + 1) * APP_STEP_MS;
  if (channel !== "recovery_code") return resendAtOf(sentAt, sends);
  const code = codeOf(challenge, now);
  return Math.min(now, ...tried.filter((one) => one.code === code).map(({ at }) => at)) + HOUR;
}

/** Returns the record with the message that was counted at an instant given back. */
export function withoutSend(record: AccountRecord, sent: { at: number; channel: MessageChannel }): AccountRecord {
  const index = record.sends.findIndex((send) => send.at === sent.at && send.channel === sent.channel);
  return { ...record, sends: record.sends.filter((_, position) => position !== index) };
}

/** Returns the record without what the hour has forgiven. */
export function forgive(record: AccountRecord, now: number): AccountRecord {
  const tries = record.tries.filter((at) => at > now - HOUR);
  const sends = record.sends.filter((send) => send.at > now - HOUR);
  if (tries.length === record.tries.length && sends.length === record.sends.length) return record;
  return { ...record, tries, sends, tried: record.tried.filter(({ at }) => at > now - HOUR) };
}
