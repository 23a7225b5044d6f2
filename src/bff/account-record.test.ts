import { describe, expect, test } from "vitest";
import { confirmed, done, enrolled, started, visitBy } from "../journeys/errands.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { START } from "../journeys/stack.ts";
import { accountRecordSchema, newAccount } from "./account-record.ts";
import { createSealer } from "./sealing.ts";
import { createMemoryStore, type Store } from "./store.ts";

/** What has come to the record since its first version. */
const LATER = ["confirmedId", "contacts", "revealed", "lacks", "mayCount", "hasFailed"];

/** A store in which account records stand as another version would have written them. */
function storeOf(change: (name: string, value: unknown) => unknown) {
  const clock = createManualClock(START);
  const store = createMemoryStore(clock);
  const sealer = createSealer(Buffer.alloc(32, 7));
  const write: Store["write"] = (id, text, how) => {
    if (!id.startsWith("account:")) return store.write(id, text, how);
    const record: unknown = JSON.parse(sealer.open(text, id) ?? "null", (name, value: unknown) => change(name, value));
    return store.write(id, sealer.seal(JSON.stringify(record), id), how);
  };
  return { clock, store: { ...store, write } };
}

describe("an account record", () => {
  test("of the version before is read, with a default for all that is new, and somebody enrolls beside such a node", async () => {
    const { stack, browser } = await visitBy(
      "robin@example.com",
      storeOf((name, value) => (LATER.includes(name) ? undefined : value)),
    );
    expect((await enrolled(stack, browser)).authenticators?.items).toHaveLength(1);
    expect(accountRecordSchema.parse(newAccount())).toEqual(newAccount());
  });

  test.each([["list"], ["pending"]])(
    "whose %s has another shape keeps its counts and the recovery code that is not saved yet",
    async (part) => {
      let isOther = false;
      const { stack, browser } = await visitBy(
        "robin@example.com",
        storeOf((name, value) => (isOther && name === part ? { of: "another version" } : value)),
      );
      await started(browser);
      await stack.clock.advance(30_000);
      await confirmed(stack, browser, await started(browser));
      isOther = true;
      await done(browser, "endOtherSessions");
      isOther = false;
      const { recoveryCode } = stack.simulator.people.find("robin@example.com") ?? {};
      expect((await browser.view()).flow).toMatchObject({ step: "recovery_code", state: "to_save" });
      expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [recoveryCode?.code] });
      await done(browser, "acknowledge");
      expect((await started(browser, { channel: "voice", contact: "+12025550148" })).sendsLeft).toBe(2);
    },
  );
});
