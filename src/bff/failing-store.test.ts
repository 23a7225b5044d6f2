import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { confirmed, done, ledgerCount, pendingIn, started, visitBy } from "../journeys/errands.ts";
import { START, TENANT } from "../journeys/stack.ts";
import { createVirtualTime, type VirtualTime } from "../journeys/virtual-time.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import { createMemoryStore, type Store } from "./store.ts";

const SECOND = 1_000;

let clock: VirtualTime;
let giveBack = () => {};

beforeEach(() => {
  clock = createVirtualTime(START);
  giveBack = clock.install();
});
afterEach(() => giveBack());

/** A visit whose store is away for so long from the moment at which the tenant has answered `path`. */
async function visitWithStoreAway(username: string, about: { path: string; nth: number; ms: number }) {
  const inner = createMemoryStore(clock);
  let awayUntil = 0;
  let answers = 0;
  const reached = <T>(work: () => Promise<T>) =>
    awayUntil > clock.now() ? Promise.reject(new Error("The store is away.")) : work();
  const store: Store = {
    read: (id) => reached(() => inner.read(id)),
    write: (id, text, how) => reached(() => inner.write(id, text, how)),
    remove: (id) => reached(() => inner.remove(id)),
  };
  const made = await visitBy(username, {
    clock,
    store,
    upstream: (fetch) => {
      const ask = createFetchUpstream(TENANT, fetch);
      return async (request) => {
        const answer = await ask(request);
        if (request.path === about.path) answers += 1;
        if (request.path === about.path && answers === about.nth) awayUntil = clock.now() + about.ms;
        return answer;
      };
    },
  });
  /** Asks, and lets the time pass in which the store comes back. */
  async function calling(...given: Parameters<typeof made.browser.call>) {
    const outcome = made.browser.call(...given);
    await clock.advance(about.ms + SECOND);
    return outcome;
  }
  return { ...made, calling };
}

describe("a store that is away when the tenant has just answered", () => {
  test("loses neither the recovery code nor the message that it came with", async () => {
    const away = { path: "/mfa/associate", nth: 1, ms: 5 * SECOND };
    const { stack, browser, calling } = await visitWithStoreAway("robin@example.com", away);
    const { answer } = await calling("start", { channel: "sms", contact: "+12025550147" });
    const pending = pendingIn(await browser.view());
    expect(pending.status).toBe("code_sent");
    expect(answer).toBeDefined();
    await confirmed(stack, browser, pending);
    const live = stack.simulator.people.find("robin@example.com")?.recoveryCode?.code;
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [live] });
  });

  test("does not undo that a code was right", async () => {
    // The first answer of this address was the sign-in's.
    const away = { path: "/oauth/token", nth: 2, ms: 5 * SECOND };
    const { stack, browser, calling } = await visitWithStoreAway("robin@example.com", away);
    const { enrollmentId } = await started(browser);
    const { status } = await calling("confirm", { enrollmentId, code: stack.code() });
    expect(status).toBe(200);
    expect((await browser.view()).flow).toMatchObject({ step: "recovery_code", state: "to_save" });
  });

  test("for longer than anybody waits leaves the truth to be read, and the code that is handed in again is not called over", async () => {
    const away = { path: "/oauth/token", nth: 2, ms: 40 * SECOND };
    const { stack, browser, calling } = await visitWithStoreAway("robin@example.com", away);
    const { enrollmentId } = await started(browser);
    const code = stack.code();
    expect((await calling("confirm", { enrollmentId, code })).problem?.code).toBe("service_unavailable");
    const view = await done(browser, "confirm", { enrollmentId, code });
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "to_save" });
    expect(ledgerCount(stack, "confirm")).toBe(1);
    // Nor is another message sent for what is confirmed.
    expect((await done(browser, "resend", { enrollmentId })).flow).toMatchObject({ step: "recovery_code" });
    expect(ledgerCount(stack, "send")).toBe(1);
  });
});

test("a refusal that was written down although the store said otherwise stays a refusal", async () => {
  const inner = createMemoryStore(clock);
  let fails = false;
  const store: Store = {
    ...inner,
    async write(...given) {
      const isWritten = await inner.write(...given);
      if (fails) throw new Error("The store's answer was lost.");
      return isWritten;
    },
  };
  const { stack, browser } = await visitBy("robin@example.com", {
    clock,
    store,
    upstream: (fetch) => {
      const ask = createFetchUpstream(TENANT, fetch);
      return async (request) => {
        const answer = await ask(request);
        fails = request.path === "/mfa/associate";
        return answer;
      };
    },
  });
  const action = { type: "status", status: 429, body: "{}" } as const;
  stack.simulator.faults.add({ route: "POST /mfa/associate", nth: 1, phase: "before", action });
  const outcome = browser.call("start", { channel: "sms", contact: "+12025550147" });
  await clock.advance(0);
  fails = false;
  await clock.advance(SECOND);
  expect((await outcome).problem?.code).toBe("rate_limited");
});
