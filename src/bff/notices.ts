import type { Channel } from "../contract/channel.ts";
import { type AccountRecord, newAccount } from "./account-record.ts";
import type { Clock } from "./clock.ts";
import type { NoticeIndex } from "./notice-index.ts";
import type { WaitingNotice } from "./notice-record.ts";
import type { Records } from "./records.ts";

/*
 * Delivers what the owner of an account must be told of: taken from the account's own record, where it was written together with
 * the change, and struck off there once the port has taken it. It knows no mail and no code.
 */

/** Tells of one change of an account. Nothing in it can be used to sign in, and the contact is masked. */
export type Notice = {
  /** Stays the same at every attempt: whoever delivers can drop what was delivered already. */
  id: string;
  type: "added" | "removed";
  channels: Channel[];
  contact: string | null;
  /** When it happened, epoch ms. */
  at: number;
  /** The addresses that were known before the change. */
  to: string[];
  /** Where somebody goes who did not do this. Without a token. */
  notYouUrl: string;
};

/** Takes a notice to its receivers. Resolves once it is on its way; rejects where it must be tried again. */
export type Notify = (notice: Notice) => Promise<void>;

/** Two minutes: longer than an attempt may take, so that what is tried here is not tried by another node too. */
const CLAIM_MS = 120_000;
/** A minute: a mail server that takes longer does not answer any more. */
const ATTEMPT_MS = 60_000;
/** Fifteen seconds, then twice as long each time, up to an hour. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Thirty days: an address that took nothing for a month is no address. */
const GIVE_UP_MS = 30 * 86_400_000;
/** Five minutes: what another node has left behind is found this soon. */
const LOOK_EVERY_MS = 300_000;

/** Delivers notices. Nothing here throws, and nobody waits for it. */
export type Notices = {
  /** Notes that an account may soon have notices, so that they are found even if this node dies now. */
  expect(accountId: string): Promise<void>;
  /** Delivers what an account has waiting, again and again until it is delivered. */
  deliver(accountId: string): void;
  /** Delivers what was left behind by nodes that are gone, from now on. */
  lookAfter(): void;
};

/** Creates what delivers notices. Without a port nothing is kept for one. */
export function createNotices(options: {
  accounts: Records<AccountRecord>;
  index: NoticeIndex;
  /** Where an account by user name has been moved to. */
  current: (accountId: string) => Promise<string>;
  clock: Clock;
  notify: Notify | null;
  notYouUrl: string;
}): Notices {
  const { accounts, index, current, clock, notify, notYouUrl } = options;
  /** The accounts that are being served in this process, with what wakes whoever waits there. */
  const serving = new Map<string, () => void>();

  /** Changes what an account has waiting. One that is gone has nothing, and is not brought back by this. */
  async function change<R>(accountId: string, how: (notices: WaitingNotice[]) => { kept: WaitingNotice[]; result: R }) {
    const id = await current(accountId);
    if ((await accounts.read(id)) === null) return how([]).result;
    return accounts.update(id, (stored) => {
      const record = stored ?? newAccount();
      const { kept, result } = how(record.notices);
      const isSame = kept.length === record.notices.length && kept.every((one, at) => one === record.notices[at]);
      return { record: isSame ? record : { ...record, notices: kept }, result };
    });
  }

  /** Tries each notice that is due once, and returns when to come again; null when nothing is left. */
  async function attempt(accountId: string): Promise<number | null> {
    const now = clock.now();
    const claimed = await change(accountId, (notices) => {
      const kept = notify === null ? [] : notices.filter(({ at }) => at > now - GIVE_UP_MS);
      const isDue = ({ nextAt }: WaitingNotice) => nextAt <= now;
      const claim = (one: WaitingNotice) => ({ ...one, attempts: one.attempts + 1, nextAt: now + CLAIM_MS });
      return { kept: kept.map((one) => (isDue(one) ? claim(one) : one)), result: kept.filter(isDue) };
    });
    const taken = new Set<string>();
    for (const notice of claimed) if (await isTaken(notice)) taken.add(notice.id);
    const tried = new Set(claimed.map(({ id }) => id));
    const left = await change(accountId, (notices) => {
      const waiting = notices.filter(({ id }) => !taken.has(id));
      const later = ({ attempts }: WaitingNotice) =>
        clock.now() + Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
      const kept = waiting.map((one) => (tried.has(one.id) ? { ...one, nextAt: later(one), hasFailed: true } : one));
      return { kept, result: kept };
    });
    if (left.length > 0) return Math.min(...left.map(({ nextAt }) => nextAt));
    await index.strike(accountId, now);
    return null;
  }

  async function isTaken({ attempts: _, nextAt: __, hasFailed: ___, ...notice }: WaitingNotice): Promise<boolean> {
    const waiting = new AbortController();
    const late = clock.wait(ATTEMPT_MS, waiting.signal).then(() => false);
    const sent = (async () => notify?.({ ...notice, notYouUrl }))().then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([sent, late]);
    } finally {
      waiting.abort();
    }
  }

  function deliver(accountId: string): void {
    const wake = serving.get(accountId);
    if (wake) return wake();
    let isWoken = false;
    let waiting = new AbortController();
    serving.set(accountId, () => {
      isWoken = true;
      waiting.abort();
    });
    void serve();

    async function serve(): Promise<void> {
      for (;;) {
        isWoken = false;
        waiting = new AbortController();
        // A store that does not answer now is asked again: what it keeps is not lost.
        const nextAt = await attempt(accountId).catch(() => clock.now() + ATTEMPT_MS);
        if (isWoken) continue;
        if (nextAt === null) break;
        await clock.wait(Math.max(0, nextAt - clock.now()), waiting.signal);
      }
      serving.delete(accountId);
    }
  }

  async function look(): Promise<void> {
    for (;;) {
      for (const accountId of await index.list().catch(() => [])) deliver(accountId);
      await clock.wait(LOOK_EVERY_MS);
    }
  }

  return {
    expect: (accountId) => (notify === null ? Promise.resolve() : index.enter(accountId).catch(() => {})),
    deliver,
    lookAfter() {
      if (notify !== null) void look();
    },
  };
}
