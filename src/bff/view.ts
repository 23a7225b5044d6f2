import { maskEmail } from "../contract/email.ts";
import { maskPhone } from "../contract/phone.ts";
import { type Channel, siblingOf } from "../contract/channel.ts";
import type { Challenge, MessageEnrollment } from "../contract/enrollment.ts";
import { DEFAULT_PHONE_POLICY, servesAny } from "../contract/phone-policy.ts";
import type { Start } from "../contract/requests.ts";
import type { DraftView, Flow, SessionView } from "../contract/session-view.ts";
import { type AccountRecord, type Listed, newAccount } from "./account-record.ts";
import { authenticatorsOf, type ListContext, listContextOf, rowsOf } from "./authenticators.ts";
import { FLOW_MS, methodOf, nextCodeAt, nextMessageAt, sendsLeft, triesLeft, wrongCodesOf } from "./budget.ts";
import type { Core, SignedInVisit, Visit } from "./core.ts";
import type { Pending } from "./pending-record.ts";
import { idOf } from "./person-id.ts";
import { canRenew } from "./renew-recovery-code.ts";
import type { ChallengeRecord } from "./session-record.ts";
import { liveMfaToken, sendableUntil, standingOf, tagOf } from "./standing.ts";

/*
 * Says what a page may know: the one place where records become a view. No token, no `oob_code`, no full contact and no
 * recovery code passes here.
 */

/** Returns the view of a visit. `visit` null: nobody has come yet. */
export function viewOf(core: Core, visit: Visit | null, stored: AccountRecord | null): SessionView {
  const now = core.clock.now();
  const { settings } = core;
  const person = visit?.session.person ?? null;
  const empty: SessionView = {
    now,
    signIn: { ways: settings.signInWays, problem: visit?.session.signInProblem ?? null },
    person: null,
    channels: offeredChannels(core),
    phonePolicy: settings.phonePolicy === DEFAULT_PHONE_POLICY ? null : settings.phonePolicy,
    authenticators: null,
    can: { list: "no", add: "no", remove: "no" },
    proof: null,
    draft: null,
    noticesDelayed: false,
    flow: { step: "idle" },
  };
  if (!visit || !person) return empty;

  const account = stored ?? newAccount();
  const signedIn: SignedInVisit = { ...visit, person };
  const standing = standingOf(core, signedIn, account);
  const context = listContextOf(core, signedIn);
  const { list } = account;
  return {
    ...empty,
    person: { id: idOf(core, person), name: person.name, signedOutAt: signedOutAt(core, visit) },
    // A list that lacks what was just added would say that it is not there.
    authenticators:
      list && !list.lacks ? { items: authenticatorsOf(settledItems(account), context), knownAt: list.knownAt } : null,
    can: {
      list: standing.credential ? "yes" : "after_proof",
      add: standing.canAdd ? "yes" : "after_proof",
      remove: standing.canRemove ? "yes" : "after_proof",
    },
    proof: standing.proof,
    draft: visit.session.draft && draftOf(visit.session.draft),
    noticesDelayed: account.notices.some(({ hasFailed }) => hasFailed),
    ...(isToldOfLoss(account)
      ? { lostCode: { canRenew: canRenew(core, account, { person, proven: standing.proven }) } }
      : {}),
    flow: flowOf(core, signedIn, account, standing.proven, context),
  };
}

/**
 * Returns what is listed without what an enrollment may just have added whose code is still being checked: only once that is settled
 * can a page tell by what is new in the list that it was this enrollment that added it.
 */
function settledItems({ list, pending }: AccountRecord): Listed[] {
  const items = list?.items ?? [];
  if (pending?.status !== "confirming") return items;
  return items.filter((item) => !item.active || pending.activeBefore.includes(item.id));
}

function isToldOfLoss({ recovery }: AccountRecord): boolean {
  return recovery?.state === "lost" && recovery.due && recovery.seen;
}

/** Returns the channels that are set, serve anybody, and that the tenant has not refused as switched off. */
export function offeredChannels(core: Core): Channel[] {
  const now = core.clock.now();
  const { channels, phonePolicy } = core.settings;
  return channels.filter(
    (channel) =>
      (core.channelsOff.get(channel) ?? 0) <= now &&
      ((channel !== "sms" && channel !== "voice") || servesAny(phonePolicy[channel])),
  );
}

/** Returns when a visit ends by itself, epoch ms. */
export function signedOutAt(core: Core, visit: Visit): number {
  const { idleSeconds, sessionSeconds } = core.settings;
  return Math.min(visit.session.activeAt + idleSeconds * 1000, visit.session.createdAt + sessionSeconds * 1000);
}

/** Tells whether an account's pending enrollment is this visit's and can still be confirmed by it. */
export function isLive(core: Core, visit: Visit, pending: Pending): boolean {
  const { credential } = visit.session;
  const now = core.clock.now();
  if (pending.visitId !== visit.session.visitId || !credential || credential.expiresAt <= now) return false;
  return pending.credentialTag === tagOf(credential) && pending.sentAt > now - FLOW_MS;
}

function flowOf(core: Core, visit: SignedInVisit, account: AccountRecord, proven: boolean, context: ListContext): Flow {
  const { recovery, pending } = account;
  const { challenge } = visit.session;
  // A challenge can be answered as long as the token lives with which it was opened.
  const open = challenge && liveMfaToken(core, visit.session) ? challenge : null;
  const needsProof = recovery?.state === "to_save" && recovery.visitId !== visit.session.visitId && !proven;
  // The proof that a kept recovery code asks for comes before that code.
  if (recovery?.state === "to_save" && !(needsProof && open)) {
    const rows = account.list ? rowsOf(account.list.items, context) : [];
    const added = rows.find((row) => recovery.addedId !== null && row.upstreamIds.includes(recovery.addedId));
    return {
      step: "recovery_code",
      authenticator: added ? withoutIds(added) : null,
      state: "to_save",
      canRenew: false,
      needsProof,
    };
  }
  if (recovery?.state === "lost" && recovery.due && !recovery.seen) {
    const renewable = canRenew(core, account, { person: visit.person, proven });
    const asksForProof = renewable && !proven;
    if (!(asksForProof && open)) {
      const about = { authenticator: null, canRenew: renewable, needsProof: asksForProof };
      return { step: "recovery_code", state: "lost", ...about };
    }
  }
  if (open) return { step: "proof", challenge: challengeOf(core, account, open) };
  if (pending && isLive(core, visit, pending))
    return { step: "code", enrollment: enrollmentOf(core, visit, account, pending) };
  return { step: "idle" };
}

function withoutIds({ upstreamIds: _, ...row }: ReturnType<typeof rowsOf>[number]) {
  return row;
}

function enrollmentOf(core: Core, visit: Visit, account: AccountRecord, pending: Pending): MessageEnrollment {
  const { settings } = core;
  const now = core.clock.now();
  const sibling = siblingOf(pending.channel);
  const { credential } = visit.session;
  const { wrongCodes, resendAt } = pending;
  const tries = triesLeft(account, { wrongCodes, nextCodeAt: resendAt, settings, now });
  const status = {
    sending: "send_unclear",
    code_sent: "code_sent",
    send_lost: "send_lost",
    confirming: "confirm_unclear",
  } as const;
  return {
    enrollmentId: pending.id,
    channel: pending.channel,
    contact: pending.contact,
    replaces: pending.replaces?.handle ?? null,
    status: status[pending.status],
    newerMessageLost: pending.newerMessageLost,
    sentAt: pending.sentAt,
    codeExpiresAt: pending.codeExpiresAt,
    resendAt,
    resendUntil: credential === null ? now : sendableUntil(credential),
    attemptsLeft: tries.left,
    triesAgainAt: tries.left === 0 ? tries.retryAt : null,
    sendsLeft: sendsLeft(account, { channel: pending.channel, sends: pending.sends, settings, now }).left,
    sibling:
      sibling !== null && offeredChannels(core).includes(sibling) && pending.phoneChannels.includes(sibling)
        ? sibling
        : null,
  };
}

function challengeOf(core: Core, account: AccountRecord, challenge: ChallengeRecord): Challenge {
  const { settings } = core;
  const now = core.clock.now();
  const { id: challengeId, channel, contact } = challenge;
  const wrongCodes = wrongCodesOf(account, challenge, now);
  const anotherAt = nextCodeAt(account, challenge, now);
  const tries = triesLeft(account, { wrongCodes, nextCodeAt: anotherAt, settings, now });
  const attemptsLeft = tries.left;
  const locked = attemptsLeft === 0 ? { triesAgainAt: tries.retryAt } : {};
  if (channel === "otp" || channel === "recovery_code") return { challengeId, channel, attemptsLeft, ...locked };
  if (channel === "push") {
    return {
      challengeId,
      channel,
      contact,
      expiresAt: challenge.codeExpiresAt,
      pollAfterSeconds: challenge.pollAfterSeconds,
    };
  }
  return {
    challengeId,
    channel,
    contact,
    sentAt: challenge.sentAt,
    codeExpiresAt: challenge.codeExpiresAt,
    resendAt: Math.max(anotherAt, nextMessageAt(account, { to: methodOf(challenge), channel })),
    attemptsLeft,
    ...locked,
    sendsLeft: sendsLeft(account, { channel, sends: challenge.sends, settings, now }).left,
  };
}

function draftOf(draft: Start): DraftView {
  const contact = "contact" in draft ? draft.contact : null;
  return { channel: draft.channel, contact: maskContact(draft.channel, contact), replaces: draft.replaces ?? null };
}

/** Returns a contact as a page may have it. What does not look like one, in a draft, is hidden whole. */
export function maskContact(channel: Channel, contact: string | null): string | null {
  if (contact === null) return null;
  return channel === "email" ? maskEmail(contact) : maskPhone(contact);
}
