import { expect, test } from "vitest";
import { type AccountRecord, newAccount } from "./account-record.ts";
import type { Notice } from "./notices.ts";
import type { Records } from "./records.ts";
import type { Told } from "./report.ts";
import { createSealer } from "./sealing.ts";
import { watchedAccounts } from "./watched-accounts.ts";
import { watchedNotify } from "./watched-notify.ts";
import { watchedSealer } from "./watched-sealer.ts";

function listening() {
  const told: Told[] = [];
  return { told, report: (one: Told) => void told.push(one) };
}

test("a recovery code that comes to be known as lost is told of once, with whose it is", async () => {
  const { told, report } = listening();
  let stored: AccountRecord | null = null;
  const records: Records<AccountRecord> = {
    read: async () => stored,
    async update(_, change) {
      // Twice, as where another was faster: what counts is what was written.
      change(newAccount());
      const { record, result } = change(stored);
      stored = record;
      return result;
    },
    remove: async () => {},
  };
  const accounts = watchedAccounts(records, report);
  const becomes = (recovery: AccountRecord["recovery"]) =>
    accounts.update("abcdefghijklmnopqrst", (current) => ({
      record: { ...(current ?? newAccount()), recovery },
      result: "done",
    }));
  await becomes({ state: "held", secretId: "a", receivedAt: 0 });
  expect(told).toEqual([]);
  expect(await becomes({ state: "lost", due: false, seen: false })).toBe("done");
  await becomes({ state: "lost", due: true, seen: true });
  expect(told).toEqual([{ event: "recovery_code_lost", account: "abcdefghijkl" }]);
});

test("each attempt to tell somebody is counted, and one that failed is told of and fails", async () => {
  const notice: Notice = { id: "a", type: "added", channels: ["sms"], contact: null, at: 0, to: [], notYouUrl: "" };
  const { told, report } = listening();
  await watchedNotify(async () => {}, report)(notice);
  const broken = watchedNotify(() => Promise.reject(new Error("The mail server is away.")), report);
  await expect(broken(notice)).rejects.toThrow("away");
  expect(told).toEqual([
    { measure: "notice", outcome: "delivered" },
    { measure: "notice", outcome: "failed" },
    { event: "notice_failed" },
  ]);
});

test("what was sealed with a key that is not known is told of, and what opens is not", () => {
  const { told, report } = listening();
  const sealer = watchedSealer(createSealer(new Uint8Array(32)), report);
  expect(sealer.open(sealer.seal("text", "here"), "here")).toBe("text");
  expect(told).toEqual([]);
  expect(sealer.open(createSealer(new Uint8Array(32).fill(1)).seal("text", "here"), "here")).toBeNull();
  expect(told).toEqual([{ event: "key_not_known" }]);
});
