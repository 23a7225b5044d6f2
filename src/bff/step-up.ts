import type { RouteBody } from "../contract/routes.ts";
import { newAccount } from "./account-record.ts";
import { listContextOf, rowsOf } from "./authenticators.ts";
import { resendAtOf, sendsLeft, triesLeft } from "./budget.ts";
import type { Core, SignedInVisit } from "./core.ts";
import type { Intent } from "./enrollment.ts";
import { readList, withList } from "./list.ts";
import { type Refusal, Refused } from "./refused.ts";
import { newId } from "./sealing.ts";
import type { ChallengeRecord } from "./session-record.ts";
import { adoptTokens, changeSession } from "./sessions.ts";
import type { Told, Tokens } from "./tenant.ts";
import { problemOf, withTenantLimits } from "./tenant-problem.ts";

/*
 * Proof with a method the person has, in the page (step-up). It needs a live `mfa_token`: the tenant does not challenge for a JWT,
 * so without one the person gives the password again, or leaves and comes back.
 */

/** Five minutes: the life of a message's code at Auth0, and of a push. */
const CODE_MS = 300_000;
/** Auth0 allows twelve exchanges a minute in a session: five seconds is what it recommends. */
const POLL_SECONDS = 5;
/** The slowest poll: beyond it a person believes that nothing happens. */
const SLOWEST_POLL_SECONDS = 20;

/** Opens a challenge: sends a code to a method, or asks for the authenticator app's or the recovery code. */
export function openChallenge(
  core: Core,
  visit: SignedInVisit,
  body: RouteBody<"challenge">,
  intent: Intent,
): Promise<Refusal | null> {
  const { clock, settings } = core;
  const mfaToken = liveToken(core, visit);
  const earlier = visit.session.challenge;
  let opened: ChallengeRecord | null = null;
  return core.change<Told<{ oobCode: string | null }>>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const now = clock.now();
      if (mfaToken === null) throw new Refused({ code: "proof_needed" });
      const blank = {
        id: newId(),
        contact: null,
        oobCode: null,
        sentAt: now,
        codeExpiresAt: now + CODE_MS,
        wrongCodes: 0,
        sends: 0,
        pollAfterSeconds: POLL_SECONDS,
      };
      if (body.with === "recovery_code") {
        opened = { ...blank, channel: "recovery_code", upstreamId: null };
        return record;
      }
      const row = rowsOf(record.list?.items ?? [], listContextOf(core, visit)).find(
        (known) => known.id === body.authenticatorId,
      );
      const channel = body.channel ?? row?.channels[0];
      const upstreamId = row?.upstreamIds[channel === undefined ? -1 : row.channels.indexOf(channel)];
      if (!row || !channel || !upstreamId) throw new Refused({ code: "not_enrolled" });
      const same = earlier?.upstreamId === upstreamId ? earlier : null;
      opened = { ...blank, channel, upstreamId, contact: row.contact, sends: (same?.sends ?? 0) + 1 };
      if (channel === "otp" || channel === "push") return record;
      const again = same && resendAtOf(same.sentAt, same.sends);
      if (again && again > now) throw new Refused({ code: "resend_too_soon", retryAt: again });
      const budget = sendsLeft(record, { channel, sends: same?.sends ?? 0, settings, now });
      if (budget.left === 0) throw new Refused({ code: "too_many_messages", retryAt: budget.retryAt, channel });
      return { ...record, sends: [...record.sends, { at: now, channel }] };
    },
    async call() {
      if (!opened || mfaToken === null) return { is: "not_sent" };
      // An authenticator app and a recovery code need no message, so there is nothing to ask the tenant for.
      if (opened.upstreamId === null || opened.channel === "otp") return { is: "done", value: { oobCode: null } };
      return core.tenant.challenge({ mfaToken, authenticatorId: opened.upstreamId, type: "oob" });
    },
    settle(record, told) {
      const channel = opened?.channel === "recovery_code" || !opened ? "otp" : opened.channel;
      const without =
        channel === "sms" || channel === "voice" || channel === "email"
          ? { ...record, sends: record.sends.slice(0, -1) }
          : record;
      if (told.is === "done") return { record, refusal: null };
      if (told.is === "unclear") return { record, refusal: { code: "outcome_unclear", what: "challenge" } };
      if (told.is === "not_sent") return { record: without, refusal: { code: "upstream_unavailable" } };
      return {
        record: withTenantLimits(without, told.why, channel),
        refusal: problemOf(told.why, { channel, attemptsLeft: 0 }),
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
}

/** Hands in what answers the challenge; a push is only asked after. A used recovery code's replacement is kept to be saved. */
export function verifyChallenge(
  core: Core,
  visit: SignedInVisit,
  body: RouteBody<"verify">,
  intent: Intent,
): Promise<Refusal | null> {
  const { clock, settings, tenant } = core;
  const mfaToken = liveToken(core, visit);
  const { challenge } = visit.session;
  return core.change<Told<Tokens>>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const now = clock.now();
      if (!challenge || challenge.id !== body.challengeId) throw new Refused({ code: "challenge_over" });
      if (mfaToken === null) throw new Refused({ code: "proof_needed" });
      const given = challenge.channel === "recovery_code" ? body.recoveryCode : body.code;
      if (challenge.channel !== "push" && given === undefined) throw new Refused({ code: "invalid_request" });
      const message = challenge.channel !== "recovery_code" && challenge.channel !== "otp";
      if (message && challenge.codeExpiresAt <= now) throw new Refused({ code: "code_expired" });
      if (challenge.channel === "push") return record;
      const tries = triesLeft(record, { wrongCodes: challenge.wrongCodes, settings, now });
      if (tries.left === 0) throw new Refused({ code: "too_many_codes", retryAt: tries.retryAt });
      // Counted before the call, as everywhere: parallel guesses must not share one try.
      return { ...record, tries: [...record.tries, now] };
    },
    async call() {
      if (!challenge || mfaToken === null) return { is: "not_sent" };
      if (challenge.channel === "recovery_code")
        return tenant.exchange({ mfaToken, with: "recovery_code", recoveryCode: body.recoveryCode ?? "" });
      if (challenge.channel === "otp") return tenant.exchange({ mfaToken, with: "otp", otp: body.code ?? "" });
      return tenant.exchange({
        mfaToken,
        with: "oob",
        oobCode: challenge.oobCode ?? "",
        bindingCode: body.code ?? null,
      });
    },
    settle(record, told) {
      if (told.is === "done") {
        const { recoveryCode } = told.value;
        if (recoveryCode === null) return { record, refusal: null };
        const recovery = {
          state: "to_save" as const,
          codes: [recoveryCode],
          since: clock.now(),
          visitId: visit.session.visitId,
          addedId: null,
        };
        return { record: { ...record, recovery }, refusal: null };
      }
      // A recovery code that was taken is dead, and its replacement was in the lost answer.
      if (told.is === "unclear") return { record, refusal: { code: "outcome_unclear", what: "verify" } };
      const given = { ...record, tries: challenge?.channel === "push" ? record.tries : record.tries.slice(0, -1) };
      if (told.is === "not_sent") return { record: given, refusal: { code: "upstream_unavailable" } };
      const { why } = told;
      if (why.is === "pending" || why.is === "slow_down") return { record: given, refusal: null };
      const spent = why.is === "wrong_code" || why.is === "wrong_recovery_code";
      const attemptsLeft = triesLeft(record, {
        wrongCodes: (challenge?.wrongCodes ?? 0) + 1,
        settings,
        now: clock.now(),
      }).left;
      const channel = challenge?.channel === "recovery_code" || !challenge ? "otp" : challenge.channel;
      return {
        record: withTenantLimits(spent ? record : given, why, channel),
        refusal: problemOf(why, { channel, attemptsLeft }),
      };
    },
    async after(told) {
      if (told.is === "done") {
        await adoptTokens(core, visit, told.value);
        await readAnew(core, visit, told.value);
        return;
      }
      if (told.is !== "refused") return;
      const why = told.why.is;
      await changeSession(core, visit.id, (session) => {
        const open = session.challenge;
        if (why === "credential_over") return { ...session, credential: null, challenge: null };
        if (why === "push_rejected") return { ...session, challenge: null };
        if (!open) return session;
        if (why === "wrong_code" || why === "wrong_recovery_code")
          return { ...session, challenge: { ...open, wrongCodes: open.wrongCodes + 1 } };
        if (why === "code_expired") return { ...session, challenge: { ...open, codeExpiresAt: clock.now() } };
        if (why === "slow_down")
          return {
            ...session,
            challenge: { ...open, pollAfterSeconds: Math.min(open.pollAfterSeconds * 2, SLOWEST_POLL_SECONDS) },
          };
        return session;
      });
    },
  });
}

/** The list after a proof is part of what the person sees next; one that cannot be read now is read at the next look. */
async function readAnew(core: Core, visit: SignedInVisit, tokens: Tokens): Promise<void> {
  const items = await readList(core, tokens.credential);
  const session = await core.sessions.read(visit.id);
  const accountId = session?.person?.accountId ?? visit.person.accountId;
  await core.accounts.update(accountId, (stored) => ({
    record: withList(stored ?? newAccount(), items, core.clock.now()),
    result: null,
  }));
}

function liveToken(core: Core, visit: SignedInVisit): string | null {
  const { credential } = visit.session;
  return credential?.kind === "mfaToken" && credential.expiresAt > core.clock.now() ? credential.value : null;
}
