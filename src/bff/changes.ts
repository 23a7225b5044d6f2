import type { AccountRecord } from "./account-record.ts";
import { newAccount } from "./account-record.ts";
import { forgive } from "./budget.ts";
import type { Clock } from "./clock.ts";
import type { Records } from "./records.ts";
import { type Refusal, Refused } from "./refused.ts";

/*
 * Carries out one change of an account exactly once: reserve, call, settle. What is asked for twice with one key is done
 * once and answered alike; two changes of one account never run side by side, on this node or another.
 */

/** Describes one change. */
export type Change<T> = {
  accountId: string;
  /** The intent's key, and what it was sent with. */
  key: string;
  bodyHash: string;
  /** Counts and marks before the call. Throws {@link Refused} to refuse; returns null when there is nothing left to do. */
  reserve: (record: AccountRecord) => AccountRecord | null;
  /** Speaks to the tenant. Must not throw for anything the tenant does. */
  call: () => Promise<T>;
  /** Writes down what came of it. */
  settle: (record: AccountRecord, told: T) => { record: AccountRecord; refusal: Refusal | null };
  /** Follows in the visit's own record, once the account's is written. */
  after?: (told: T) => Promise<void>;
};

/** Forty seconds: the tenant's thirty and time to write the answer down. A node that dies frees the account after it. */
const LEASE_MS = 40_000;
/** Fifteen minutes: longer than any flow lives, so no retry of a person can come after it. */
const REMEMBER_MS = 15 * 60_000;
/** A waiting request looks this often whether the change before it is done; far below what a person notices. */
const LOOK_AGAIN_MS = 50;

/** Creates what carries out changes. */
export function createChanges(options: { accounts: Records<AccountRecord>; clock: Clock }) {
  const { accounts, clock } = options;
  /** Changes under way in this process, so that a thousand copies of one request wait on one promise, not on the store. */
  const running = new Map<string, { bodyHash: string; promise: Promise<Refusal | null> }>();

  async function claim<T>(change: Change<T>): Promise<"go" | "done" | { refusal: Refusal | null }> {
    for (;;) {
      const now = clock.now();
      const answer = await accounts.update<"go" | "done" | "wait" | { refusal: Refusal | null }>(
        change.accountId,
        (stored) => {
          const record = forgive(stored ?? newAccount(), now);
          const known = record.answers[change.key];
          if (known && known.bodyHash !== change.bodyHash) throw new Refused({ code: "idempotency_key_reused" });
          if (known?.done) return { record: stored ?? record, result: { refusal: known.refusal } };
          if (record.lease && record.lease.until > now) return { record: stored ?? record, result: "wait" };
          // A key that is known and not done, with no lease left: the node that ran it is gone. What it did is unknown,
          // and is never done again by itself; the record's own status says what is known.
          if (known) return { record: stored ?? record, result: { refusal: null } };
          const reserved = change.reserve(record);
          if (reserved === null) return { record: stored ?? record, result: "done" };
          const answers = recent(record.answers, now);
          answers[change.key] = { bodyHash: change.bodyHash, at: now, done: false, refusal: null };
          return { record: { ...reserved, answers, lease: { key: change.key, until: now + LEASE_MS } }, result: "go" };
        },
      );
      if (answer !== "wait") return answer;
      await clock.wait(LOOK_AGAIN_MS);
    }
  }

  async function carryOut<T>(change: Change<T>): Promise<Refusal | null> {
    const claimed = await claim(change);
    if (claimed === "done") return null;
    if (claimed !== "go") return claimed.refusal;
    const told = await change.call().catch(async (error: unknown) => {
      // A fault of ours: others need not wait for the lease to end. What was begun stays marked as begun.
      await accounts.update(change.accountId, (stored) => ({
        record: { ...(stored ?? newAccount()), lease: null },
        result: null,
      }));
      throw error;
    });
    const refusal = await accounts.update(change.accountId, (stored) => {
      const settled = change.settle(stored ?? newAccount(), told);
      const known = settled.record.answers[change.key] ?? { bodyHash: change.bodyHash, at: clock.now() };
      const answers = { ...settled.record.answers, [change.key]: { ...known, done: true, refusal: settled.refusal } };
      return { record: { ...settled.record, answers, lease: null }, result: settled.refusal };
    });
    await change.after?.(told);
    return refusal;
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

function recent(answers: AccountRecord["answers"], now: number): AccountRecord["answers"] {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer.at > now - REMEMBER_MS));
}
