import type { RouteBody } from "../contract/requests.ts";
import { type AccountRecord, newAccount } from "./account-record.ts";
import { codeOf, methodOf, nextCodeAt, triesLeft, withoutTry, withoutWait, wrongCodesOf } from "./budget.ts";
import { channelOf } from "./challenge-opening.ts";
import type { Intent } from "./changes.ts";
import type { Core, SignedInVisit } from "./core.ts";
import { readList, withList } from "./list.ts";
import { withLateCode } from "./recovery.ts";
import { type Refusal, Refused } from "./refused.ts";
import { keepCodes } from "./secrets.ts";
import type { ChallengeRecord, SessionRecord } from "./session-record.ts";
import { adoptTokens, chainedCredential, changeSession } from "./sessions.ts";
import { liveMfaToken } from "./standing.ts";
import type { Told } from "./tenant.ts";
import type { Tokens } from "./tenant-answer.ts";
import { problemOf, withTenantLimits } from "./tenant-problem.ts";

/** The slowest poll: beyond it a person believes that nothing happens. */
const SLOWEST_POLL_SECONDS = 20;

/** Says how the answer was taken, and where the recovery code is kept that replaces a used one. */
type Outcome = { told: Told<Tokens>; secretId: string | null };

/** Hands in what answers the challenge; a push is only asked after. A used recovery code's replacement is kept to be saved. */
export function verifyChallenge(
  core: Core,
  visit: SignedInVisit,
  body: RouteBody<"verify">,
  intent: Intent,
): Promise<Refusal | null> {
  const { clock, settings } = core;
  const { challenge } = visit.session;
  let at = 0;
  return core.change<Outcome>({
    accountId: visit.person.accountId,
    ...intent,
    reserve(record) {
      const now = clock.now();
      at = now;
      if (!challenge || challenge.id !== body.challengeId) throw new Refused({ code: "challenge_over" });
      if (liveMfaToken(core, visit.session) === null) throw new Refused({ code: "proof_needed" });
      const { channel } = challenge;
      const given = channel === "recovery_code" ? body.recoveryCode : body.code;
      if (channel !== "push" && given === undefined) throw new Refused({ code: "invalid_request" });
      const expires = channel !== "recovery_code" && channel !== "otp";
      if (expires && challenge.codeExpiresAt <= now) throw new Refused({ code: "code_expired" });
      if (channel === "push") return record;
      const counts = countsOf(record, challenge);
      const wrongCodes = wrongCodesOf(record, challenge, now);
      const tries = triesLeft(record, { wrongCodes, nextCodeAt: nextCodeAt(record, challenge, now), settings, now });
      if (tries.left === 0) throw new Refused({ code: "too_many_codes", retryAt: tries.retryAt });
      // Counted before the call, as everywhere: parallel guesses must not share one try.
      return {
        ...record,
        tries: [...record.tries, now],
        tried: [...record.tried, { at: now, code: codeOf(challenge, now) }],
        challenge: { ...counts, wrongCodes: counts.wrongCodes + 1 },
      };
    },
    call: () => handIn(core, visit, challenge, body),
    settle: (record, outcome) =>
      challenge ? settle(core, record, { visit, challenge, outcome, at }) : { record, refusal: null },
    late: (record, { secretId }) =>
      withLateCode(record, { secretId, visitId: visit.session.visitId, now: clock.now(), isEarned: true, askedAt: at }),
    async after({ told }) {
      const chained = chainedCredential(core, told);
      if (told.is === "done") {
        await adoptTokens(core, visit, told.value);
        await readAnew(core, visit, told.value);
      } else if (chained) {
        await changeSession(core, visit.id, (session) => ({ ...session, credential: chained, challenge: null }));
      } else if (told.is === "refused") {
        await changeSession(core, visit.id, (session) => afterRefusal(session, told.why.is, clock.now()));
      }
    },
  });
}

async function handIn(
  core: Core,
  visit: SignedInVisit,
  challenge: ChallengeRecord | null,
  body: RouteBody<"verify">,
): Promise<Outcome> {
  const mfaToken = liveMfaToken(core, visit.session)?.value;
  if (!challenge || mfaToken === undefined) return { told: { is: "not_sent" }, secretId: null };
  const { channel, oobCode } = challenge;
  const { code, recoveryCode } = body;
  const told = await core.tenant.exchange(
    channel === "recovery_code"
      ? { mfaToken, with: "recovery_code", recoveryCode: recoveryCode ?? "" }
      : channel === "otp"
        ? { mfaToken, with: "otp", otp: code ?? "" }
        : { mfaToken, with: "oob", oobCode: oobCode ?? "", bindingCode: channel === "push" ? null : (code ?? "") },
  );
  const newCode = told.is === "done" ? told.value.recoveryCode : null;
  return { told, secretId: newCode === null ? null : await keepCodes(core, [newCode]) };
}

function settle(
  core: Core,
  record: AccountRecord,
  about: { visit: SignedInVisit; challenge: ChallengeRecord; outcome: Outcome; at: number },
): { record: AccountRecord; refusal: Refusal | null } {
  const { visit, challenge, outcome, at } = about;
  const { told, secretId } = outcome;
  const now = core.clock.now();
  const counts = countsOf(record, challenge);
  const given: AccountRecord =
    challenge.channel === "push"
      ? record
      : { ...withoutTry(record, at), challenge: { ...counts, wrongCodes: Math.max(0, counts.wrongCodes - 1) } };
  const proven = withoutWait(given, methodOf(challenge));
  if (told.is === "done") {
    if (secretId !== null) {
      const { visitId } = visit.session;
      const recovery = { state: "to_save" as const, secretId, since: now, visitId, addedId: null, revealed: false };
      return { record: { ...proven, recovery }, refusal: null };
    }
    // The one that was used is dead, and what replaces it did not come.
    const isLost = challenge.channel === "recovery_code";
    return {
      record: isLost ? { ...proven, recovery: { state: "lost", due: true, seen: false } } : proven,
      refusal: null,
    };
  }
  // Whether it was taken cannot be read anywhere: nothing is claimed, and the try stays counted.
  if (told.is === "unclear") return { record, refusal: { code: "outcome_unclear", what: "verify" } };
  if (told.is === "not_sent") return { record: given, refusal: { code: "upstream_unavailable" } };
  const { why } = told;
  // Taken, and the tenant asks for one more: the view tells how.
  if (chainedCredential(core, told)) return { record: proven, refusal: null };
  if (why.is === "pending" || why.is === "slow_down") return { record: given, refusal: null };
  const isWrong = why.is === "wrong_code" || why.is === "wrong_recovery_code";
  const channel = channelOf(challenge);
  // A refusal that cannot be read may have been one of a wrong code, which the tenant has counted.
  const left = withTenantLimits(isWrong || why.is === "unknown" ? record : given, why, channel);
  const { settings } = core;
  const wrongCodes = wrongCodesOf(left, challenge, now);
  const attemptsLeft = triesLeft(left, {
    wrongCodes,
    nextCodeAt: nextCodeAt(left, challenge, now),
    settings,
    now,
  }).left;
  return { record: left, refusal: problemOf(why, { channel, attemptsLeft }) };
}

function afterRefusal(session: SessionRecord, why: string, now: number): SessionRecord {
  const open = session.challenge;
  if (why === "credential_over") return { ...session, credential: null, challenge: null };
  if (why === "push_rejected") return { ...session, challenge: null };
  if (!open) return session;
  if (why === "code_expired") return { ...session, challenge: { ...open, codeExpiresAt: now } };
  if (why !== "slow_down") return session;
  const pollAfterSeconds = Math.min(open.pollAfterSeconds * 2, SLOWEST_POLL_SECONDS);
  return { ...session, challenge: { ...open, pollAfterSeconds } };
}

/** The account's counts of a challenge; those of one that another visit's has displaced begin anew, under the hour's. */
function countsOf(record: AccountRecord, { id, sends, sentAt }: ChallengeRecord) {
  return record.challenge?.id === id ? record.challenge : { id, sends, sentAt, wrongCodes: 0 };
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
