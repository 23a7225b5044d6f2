import type { AccountRecord } from "./account-record.ts";
import { newAccount } from "./account-record.ts";
import { forgive } from "./budget.ts";
import type { Clock } from "./clock.ts";
import { createDelay } from "./delay.ts";
import type { Records } from "./records.ts";
import { type Refusal, Refused } from "./refused.ts";
import { ANSWER_WITHIN_MS } from "./unless-late.ts";
import { untilKept } from "./until-kept.ts";

/*
 * Carries out one change of an account exactly once: reserve, call, settle. What is asked for twice with one key is done
 * once and answered alike; two changes of one account never run side by side, on this node or another.
 */

/** Names one intent: the browser's key, what it was sent with, and the client's address where there is one to trust. */
export type Intent = { key: string; bodyHash: string; address: string | null };

/** Describes one change. */
export type Change<T> = Intent & {
  accountId: string;
  /** The account as whoever asks has just read it; where it is left out it is read here. */
  known?: AccountRecord | null | undefined;
  /** Reads what the reservation needs to know; left out when the intent's outcome is known already. */
  prepare?: () => Promise<void>;
  /** Counts and marks before the call. Throws {@link Refused} to refuse; returns null when there is nothing left to do. */
  reserve: (record: AccountRecord) => AccountRecord | null;
  /** Speaks to the tenant. Must not throw for anything the tenant does. */
  call: () => Promise<T>;
  /** Writes down what came of it. */
  settle: (record: AccountRecord, told: T) => { record: AccountRecord; refusal: Refusal | null };
  /** Keeps what nobody hands out twice where another change has held the account meanwhile, whose word then counts for all else. */
  late?: (record: AccountRecord, told: T) => AccountRecord;
  /** Follows in the visit's own record, once the account's is written. Not for a change that was late. */
  after?: (told: T) => Promise<void>;
};

/**
 * Six seconds, renewed every two while the work goes on: a node that dies frees the account within six, while a renewal that
 * fails, or a second or two between the clocks of two nodes, does not.
 */
const LEASE_MS = 6_000;
const RENEW_EVERY_MS = 2_000;
/** Fifteen minutes: longer than any flow lives, so no retry of a person can come after it. */
const REMEMBER_MS = 15 * 60_000;
/** As many answers as a push that is polled for five minutes gives, three times over; the oldest go first. */
const MAX_ANSWERS = 200;
/** A waiting request looks this often whether the change before it is done; far below what a person notices. */
const LOOK_AGAIN_MS = 50;

/** Creates what carries out changes. */
export function createChanges(options: { accounts: Records<AccountRecord>; clock: Clock }) {
  const { accounts, clock } = options;
  const renewLater = createDelay(clock, RENEW_EVERY_MS);
  /** Changes under way in this process, so that a thousand copies of one request wait on one promise, not on the store. */
  const running = new Map<string, { bodyHash: string; promise: Promise<Refusal | null> }>();
  /** The change that holds each account in this process, until it has ended. */
  const underWay = new Map<string, Promise<null>>();

  async function claim<T>(
    change: Change<T>,
    askedAt: number,
  ): Promise<{ claimedAt: number } | "done" | { refusal: Refusal | null }> {
    for (;;) {
      const now = clock.now();
      const answer = await accounts.update<{ claimedAt: number } | "done" | "wait" | { refusal: Refusal | null }>(
        change.accountId,
        (stored) => {
          const record = forgive(stored ?? newAccount(), now);
          const known = answerOf(record, change.key);
          if (known && known.bodyHash !== change.bodyHash) throw new Refused({ code: "idempotency_key_reused" });
          if (known?.done) return { record: stored ?? record, result: { refusal: known.refusal } };
          if (record.lease && record.lease.until > now) return { record: stored ?? record, result: "wait" };
          // A key that is known and not done, with no lease left: the node that ran it is gone. What it did is unknown,
          // and is never done again by itself; the record's own status says what is known.
          if (known) return { record: stored ?? record, result: { refusal: null } };
          // The page has heard that nothing is known of it, and whoever is there has gone on from that.
          if (now >= askedAt + ANSWER_WITHIN_MS) throw new Refused({ code: "service_unavailable" });
          const reserved = change.reserve(record);
          if (reserved === null) return { record: stored ?? record, result: "done" };
          const answers = recent(record.answers, now);
          answers[change.key] = { bodyHash: change.bodyHash, at: now, done: false, refusal: null };
          const lease = { key: change.key, until: now + LEASE_MS };
          return { record: { ...reserved, answers, lease }, result: { claimedAt: now } };
        },
      );
      if (answer !== "wait") return answer;
      await anotherEnds(change.accountId);
    }
  }

  /** A change of this process tells when it ends; one of another node has to be looked after. */
  async function anotherEnds(accountId: string): Promise<void> {
    const here = underWay.get(accountId);
    if (!here) return clock.wait(LOOK_AGAIN_MS);
    const waiting = new AbortController();
    await Promise.race([here, clock.wait(LEASE_MS, waiting.signal)]);
    waiting.abort();
  }

  async function carryOut<T>(change: Change<T>): Promise<Refusal | null> {
    const askedAt = clock.now();
    const isIn = (stored: AccountRecord | null) => stored !== null && answerOf(stored, change.key) !== undefined;
    const read = () => accounts.read(change.accountId);
    if (change.prepare && !isIn(change.known === undefined ? await read() : change.known)) {
      await change.prepare().catch(async (error: unknown) => {
        // A copy at another node may have begun meanwhile, and what this one found is what that one did.
        if (!isIn(await read())) throw error;
      });
    }
    const claimed = await claim(change, askedAt);
    if (claimed === "done") return null;
    if ("refusal" in claimed) return claimed.refusal;
    const work = whileHeld(change, () => callAndSettle(change, claimed.claimedAt));
    const ended = work.then(
      () => null,
      () => null,
    );
    underWay.set(change.accountId, ended);
    try {
      return await work;
    } finally {
      if (underWay.get(change.accountId) === ended) underWay.delete(change.accountId);
    }
  }

  /** Renews the lease for as long as the work takes. One that another change has taken meanwhile is left alone. */
  async function whileHeld<R>(held: { accountId: string; key: string }, work: () => Promise<R>): Promise<R> {
    let isDone = false;
    let callOff = renewLater(renew);
    function renew(): void {
      // The work goes on in any case, and the lease outlives a renewal that fails.
      void accounts
        .update(held.accountId, (stored) => ({ record: renewed(stored, held.key, clock.now()), result: null }))
        .catch(() => null)
        .then(() => {
          if (!isDone) callOff = renewLater(renew);
        });
    }
    try {
      return await work();
    } finally {
      isDone = true;
      callOff();
    }
  }

  async function callAndSettle<T>(change: Change<T>, claimedAt: number): Promise<Refusal | null> {
    const call = async () => {
      // This process stood still since it claimed the account: another change may be at it.
      if (clock.now() >= claimedAt + LEASE_MS) throw new Refused({ code: "service_unavailable" });
      return change.call();
    };
    const told = await call().catch(async (error: unknown) => {
      // A fault of ours: others need not wait for the lease to end. What was begun stays marked as begun.
      await accounts.update(change.accountId, (stored) => ({
        record: released(stored ?? newAccount(), change.key),
        result: null,
      }));
      throw error;
    });
    let isLate = false;
    // What the tenant answered is said once: a store that fails is waited for.
    const refusal = await untilKept(clock, () =>
      accounts.update(change.accountId, (stored) => {
        const record = stored ?? newAccount();
        const written = answerOf(record, change.key);
        // A write that counted although the store said otherwise is not done twice.
        if (written?.done) return { record, result: written.refusal };
        // A key is claimed once, so it is the fence: another one's lease, or none, says that this one ran out and was taken.
        isLate = record.lease?.key !== change.key;
        return isLate ? settledLate(change, record, told) : settled(change, record, told);
      }),
    );
    if (!isLate) await change.after?.(told);
    return refusal;
  }

  /** Writes down what came of a change. */
  function settled<T>(change: Change<T>, stored: AccountRecord, told: T) {
    const { record, refusal } = change.settle(stored, told);
    const answers = { ...record.answers, [change.key]: answered(change, record, refusal) };
    return { record: released({ ...record, answers }, change.key), result: refusal };
  }

  /** Writes down no more of a change than what would be lost: another one has built on what was known without it. */
  function settledLate<T>(change: Change<T>, stored: AccountRecord, told: T) {
    const record = change.late?.(stored, told) ?? stored;
    return {
      record: { ...record, answers: { ...record.answers, [change.key]: answered(change, record, null) } },
      result: null,
    };
  }

  function answered({ key, bodyHash }: Intent, record: AccountRecord, refusal: Refusal | null) {
    return { ...(answerOf(record, key) ?? { bodyHash, at: clock.now() }), done: true, refusal };
  }

  /**
   * Carries out a change, or waits for the one that the same key started, and returns its refusal, null when it was done.
   * Throws {@link Refused} where nothing was begun.
   */
  return function run<T>(change: Change<T>): Promise<Refusal | null> {
    const id = `${change.accountId} ${change.key}`;
    const same = running.get(id);
    if (same) {
      if (same.bodyHash === change.bodyHash) return same.promise;
      return Promise.reject(new Refused({ code: "idempotency_key_reused" }));
    }
    const promise = carryOut(change).finally(() => running.delete(id));
    running.set(id, { bodyHash: change.bodyHash, promise });
    return promise;
  };
}

/** A key is the browser's, and may be the name of something that every object has. */
function answerOf(record: AccountRecord, key: string): AccountRecord["answers"][string] | undefined {
  return Object.hasOwn(record.answers, key) ? record.answers[key] : undefined;
}

/** Frees the account, unless the lease ran out and another change has taken it. */
function released(record: AccountRecord, key: string): AccountRecord {
  return record.lease?.key === key ? { ...record, lease: null } : record;
}

function renewed(stored: AccountRecord | null, key: string, now: number): AccountRecord {
  const record = stored ?? newAccount();
  return record.lease?.key === key ? { ...record, lease: { key, until: now + LEASE_MS } } : record;
}

function recent(answers: AccountRecord["answers"], now: number): AccountRecord["answers"] {
  const kept = Object.entries(answers).filter(([, answer]) => answer.at > now - REMEMBER_MS);
  return Object.fromEntries(kept.toSorted(([, a], [, b]) => a.at - b.at).slice(-MAX_ANSWERS));
}
