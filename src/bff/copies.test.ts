import { expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createSharedStore } from "../journeys/shared-store.ts";
import { START } from "../journeys/stack.ts";
import { accountRecordSchema, newAccount } from "./account-record.ts";
import { type Change, createChanges } from "./changes.ts";
import { createRecords } from "./records.ts";
import { Refused } from "./refused.ts";
import { createSealer } from "./sealing.ts";

/** Two nodes over one store. */
function nodes() {
  const clock = createManualClock(START);
  const store = createSharedStore(clock);
  const sealer = createSealer(new Uint8Array(32));
  const records = () =>
    createRecords({ kind: "account", store, sealer, parse: accountRecordSchema, ttlSeconds: () => 60 });
  const make = () => createChanges({ accounts: records(), clock });
  return { here: make(), there: make(), accounts: records() };
}

const change = (over: Partial<Change<null>>): Change<null> => ({
  accountId: "somebody",
  key: "one-intent-of-somebody",
  bodyHash: "body",
  address: null,
  reserve: (record) => record,
  call: async () => null,
  settle: (record) => ({ record, refusal: null }),
  ...over,
});

test("a copy that finds in the way what its other copy has done is answered like that one", async () => {
  const { here, there } = nodes();
  const tooSoon = new Refused({ code: "resend_too_soon", retryAt: START });
  async function prepare(): Promise<void> {
    await here(change({ reserve: (record) => ({ ...record, untold: 1 }) }));
    throw tooSoon;
  }
  expect(await there(change({ prepare }))).toBeNull();
  await expect(there(change({ key: "another-intent-of-theirs", prepare: () => Promise.reject(tooSoon) }))).rejects.toBe(
    tooSoon,
  );
});

test("what a node began that is gone is never begun again by itself", async () => {
  const { there, accounts } = nodes();
  const begun = { bodyHash: "body", at: START - 10_000, done: false, refusal: null };
  const lease = { key: "one-intent-of-somebody", until: START - 1 };
  await accounts.update("somebody", () => ({
    record: { ...newAccount(), answers: { "one-intent-of-somebody": begun }, lease },
    result: null,
  }));
  let calls = 0;
  const call = async () => {
    calls += 1;
    return null;
  };
  expect(await there(change({ call }))).toBeNull();
  expect(calls).toBe(0);
});
