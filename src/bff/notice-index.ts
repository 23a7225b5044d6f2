import * as z from "zod/mini";
import type { Clock } from "./clock.ts";
import { createRecords } from "./records.ts";
import type { Sealer } from "./sealing.ts";
import type { Store } from "./store.ts";

/** Thirty days: as long as a notice is tried. */
const LIFE_SECONDS = 30 * 86_400;
/** Shelves enough that nodes under load do not wait for each other, few enough to read in a moment: base64url has 64 letters. */
const SHELVES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Accounts that a shelf holds; the oldest give way. They are still served when somebody looks at them. */
const MOST = 500;

/** Remembers which accounts may have notices that wait, so that they are found after a node has died. */
export type NoticeIndex = {
  enter(accountId: string): Promise<void>;
  /** Takes an account out, unless it was entered again since `seenAt`. */
  strike(accountId: string, seenAt: number): Promise<void>;
  list(): Promise<string[]>;
};

/** Creates the index. An account's place goes by the first letter of its id, which is a hash. */
export function createNoticeIndex(options: { store: Store; sealer: Sealer; clock: Pick<Clock, "now"> }): NoticeIndex {
  const { store, sealer, clock } = options;
  const parse = z.object({ accounts: z.record(z.string(), z.number()) });
  const shelves = createRecords({ kind: "notices", store, sealer, parse, ttlSeconds: () => LIFE_SECONDS });
  const shelfOf = (accountId: string) => accountId.slice(0, 1);
  return {
    enter: (accountId) =>
      shelves.update(shelfOf(accountId), (stored) => {
        const others = Object.entries(stored?.accounts ?? {}).filter(([id]) => id !== accountId);
        const newest = others.toSorted(([, a], [, b]) => b - a).slice(0, MOST - 1);
        return { record: { accounts: { ...Object.fromEntries(newest), [accountId]: clock.now() } }, result: undefined };
      }),
    async strike(accountId, seenAt) {
      const known = await shelves.read(shelfOf(accountId));
      if (!known || !Object.hasOwn(known.accounts, accountId)) return;
      await shelves.update(shelfOf(accountId), (stored) => {
        const record = stored ?? { accounts: {} };
        const { [accountId]: enteredAt, ...accounts } = record.accounts;
        return { record: enteredAt !== undefined && enteredAt <= seenAt ? { accounts } : record, result: null };
      });
    },
    async list() {
      const found: string[] = [];
      for (const shelf of SHELVES) found.push(...Object.keys((await shelves.read(shelf))?.accounts ?? {}));
      return found;
    },
  };
}
