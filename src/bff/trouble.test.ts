import { afterEach, describe, expect, test, vi } from "vitest";
import {
  confirmed,
  done,
  enrolled,
  ledgerCount,
  pendingIn,
  PHONE,
  refused,
  started,
  visitBy,
  wrongCode,
} from "../journeys/errands.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createStack, type Stack, START as START_AT, TENANT } from "../journeys/stack.ts";
import { createVirtualTime } from "../journeys/virtual-time.ts";
import type { Simulator } from "../simulator/simulator.ts";
import type { Clock } from "./clock.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import { createMemoryStore, type Store } from "./store.ts";
import type { Upstream } from "./upstream.ts";

/* What becomes of an enrollment when an answer, a node, the store or a clock is not as it should be. */

// Some of these start a tenant for each place at which an answer can be cut.
vi.setConfig({ testTimeout: 30_000 });

const MINUTE = 60_000;
const ASSOCIATE = "POST /mfa/associate";
const LIST = "GET /mfa/authenticators";

/** A way to the tenant on which each answer to a path is what `change` makes of it. */
function altered(path: string, change: (text: string) => string) {
  return (fetch: Simulator["fetch"]): Upstream => {
    const upstream = createFetchUpstream(TENANT, fetch);
    return async (request) => {
      const answer = await upstream(request);
      return request.path === path ? { ...answer, text: change(answer.text) } : answer;
    };
  };
}

describe("the answer that holds the recovery code", () => {
  test("is taken whole or not at all, wherever it is cut", async () => {
    let length = 1_000;
    for (let kept = 0; kept < length; kept += 60) {
      const upstream = altered("/mfa/associate", (text) => {
        length = text.length;
        return text.slice(0, kept);
      });
      const { stack, browser } = await visitBy("robin@example.com", { upstream });
      const { status, enrollmentId } = await started(browser);
      expect({ kept, status }).toEqual({ kept, status: "send_lost" });
      expect(await refused(browser, "confirm", { enrollmentId, code: stack.code() })).toBe("code_expired");
      expect(await refused(browser, "recoveryCode")).toBe("no_recovery_code");
      expect(ledgerCount(stack, "send")).toBe(1);
    }
    expect(length).toBeGreaterThan(300);
  });

  test.each([
    ["a code that was cut", '["MZCR7K2P"]'],
    ["something else", "{}"],
  ])("with %s in its place is a lost one, and the person is told so at the end", async (_, instead) => {
    const upstream = altered("/mfa/associate", (text) =>
      text.replace(/"recovery_codes":\[[^\]]*\]/, `"recovery_codes":${instead}`),
    );
    const { stack, browser } = await visitBy("robin@example.com", { upstream });
    const pending = await started(browser);
    // The list would tell of it too, by an entry that was not there before.
    stack.simulator.faults.add({ route: LIST, phase: "before", action: { type: "status", status: 503 } });
    expect((await confirmed(stack, browser, pending)).flow).toMatchObject({ step: "recovery_code", state: "lost" });
    expect(await refused(browser, "recoveryCode")).toBe("no_recovery_code");
  });

  test.each(["[]", "null", '""'])("with %s for a code promises none to somebody who has none", async (none) => {
    const upstream = altered("/mfa/associate", (text) => text.replace(/\}$/, `,"recovery_codes":${none}}`));
    const { stack, browser } = await visitBy("toni@example.com", { upstream });
    expect((await confirmed(stack, browser, await started(browser))).flow).toEqual({ step: "idle" });
  });

  test("with ten codes has all of them shown", async () => {
    const codes = Array.from({ length: 10 }, (_, digit) => `${digit}`.repeat(24));
    const upstream = altered("/mfa/associate", (text) =>
      text.replace(/"recovery_codes":\[[^\]]*\]/, `"recovery_codes":${JSON.stringify(codes)}`),
    );
    const { stack, browser } = await visitBy("robin@example.com", { upstream });
    await confirmed(stack, browser, await started(browser));
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: codes });
  });

  test("that came before anything was remembered here leaves a code that is listed, not active, and known to be lost", async () => {
    // A memory of its own for each node that is started.
    const bff = () => ({ store: createMemoryStore({ now: () => START_AT }) });
    const { stack, browser } = await visitBy("robin@example.com", { bff });
    await started(browser);
    stack.restart();
    await browser.signInByPassword("robin@example.com");
    const view = await confirmed(stack, browser, await started(browser));
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "lost" });
  });
});

let giveBack = () => {};
afterEach(() => {
  giveBack();
  giveBack = () => {};
});

test("a node that ends between the tenant's answer and its own record of it leaves what a lost answer leaves", async () => {
  let isDying = false;
  let deaths = 0;
  // Ciphers run on other threads; only this clock waits for them before it moves on.
  const time = createVirtualTime(START_AT);
  giveBack = time.install();
  const clock: Clock = {
    now: time.now,
    async wait(ms, signal) {
      const before = deaths;
      await time.wait(ms, signal);
      // Whoever was waiting in a node that is gone is never woken, so it renews nothing either.
      if (deaths > before) await new Promise(() => {});
    },
  };
  const { stack, browser } = await visitBy("robin@example.com", {
    clock: time,
    bff: { clock },
    upstream: (fetch) => {
      const upstream = createFetchUpstream(TENANT, fetch);
      return async (request) => {
        const answer = await upstream(request);
        // The answer is in, and whoever would have written it down is gone.
        if (isDying) await new Promise(() => {});
        return answer;
      };
    },
  });
  await browser.view();
  isDying = true;
  const cutOff = browser.call("start", { channel: "sms", contact: PHONE });
  await stack.clock.advance(8_000);
  expect(pendingIn((await cutOff).answer).status).toBe("send_unclear");
  deaths += 1;
  stack.restart();
  isDying = false;
  await stack.clock.advance(30_000);
  const { enrollmentId, status } = pendingIn(await browser.view());
  expect({ status, sends: ledgerCount(stack, "send") }).toEqual({ status: "send_lost", sends: 1 });
  const again = pendingIn(await done(browser, "resend", { enrollmentId }));
  expect((await confirmed(stack, browser, again)).flow).toMatchObject({ step: "recovery_code", state: "lost" });
});

describe("a code that the tenant does not judge", () => {
  test.each([
    ["authorization_pending", 400],
    ["slow_down", 429],
  ])("because it answers %s is not called wrong, and costs no try", async (error, status) => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser);
    stack.simulator.faults.add({
      route: "POST /oauth/token mfa-oob",
      nth: 1,
      phase: "before",
      action: { type: "status", status, body: JSON.stringify({ error }) },
    });
    const { enrollmentId } = pending;
    expect(await refused(browser, "confirm", { enrollmentId, code: stack.code() })).toBe("unexpected_answer");
    expect(pendingIn(await browser.view()).attemptsLeft).toBe(5);
    expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
  });
});

describe("a store that can be read and not written", () => {
  test("has nothing sent and no code called wrong, and all goes on when it can be written again", async () => {
    const clock = createManualClock(START_AT);
    const inner = createMemoryStore(clock);
    let isReadOnly = false;
    const write: Store["write"] = (...given) =>
      isReadOnly ? Promise.reject(new Error("READONLY")) : inner.write(...given);
    const { stack, browser } = await visitBy("robin@example.com", { clock, store: { ...inner, write } });
    isReadOnly = true;
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("service_unavailable");
    expect(ledgerCount(stack, "send")).toBe(0);
    isReadOnly = false;
    const pending = await started(browser);
    isReadOnly = true;
    const { enrollmentId } = pending;
    expect(await refused(browser, "confirm", { enrollmentId, code: wrongCode(stack) })).toBe("service_unavailable");
    expect(ledgerCount(stack, "codeRefused")).toBe(0);
    isReadOnly = false;
    expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
  });
});

test("a store that forgets its last writes sends nothing by itself, and the tenant's own count stands behind ours", async () => {
  const clock = createManualClock(START_AT);
  const inner = createMemoryStore(clock);
  let written = new Map<string, string>();
  const write: Store["write"] = async (id, text, how) => {
    const isDone = await inner.write(id, text, how);
    if (isDone) written.set(id, text);
    return isDone;
  };
  const { stack, browser } = await visitBy("robin@example.com", { clock, store: { ...inner, write } });
  const pending = await started(browser);
  const { enrollmentId } = pending;
  const before = new Map(written);
  /** A replica takes over that had heard of nothing since. */
  const failOver = async () => {
    for (const [id, text] of before) {
      const stored = await inner.read(id);
      await inner.write(id, text, { ifVersion: stored?.version ?? null, ttlSeconds: 3_600 });
    }
    written = new Map(before);
  };
  const answers = new Set<string | null>();
  for (let time = 0; time < 12; time += 1) {
    answers.add(await refused(browser, "confirm", { enrollmentId, code: wrongCode(stack) }));
    await failOver();
  }
  // Ours was forgotten each time; the tenant refuses ten and then says that it is too much.
  expect(ledgerCount(stack, "codeRefused")).toBe(10);
  expect([...answers]).toEqual(["wrong_code", "too_many_codes"]);
  expect(pendingIn(await browser.view()).status).toBe("code_sent");
  expect(ledgerCount(stack, "send")).toBe(1);
});

/** A back end whose server's clock is `ms` ahead of the tenant's. */
function skewed(ms: number) {
  const clock = createManualClock(START_AT);
  const own = { now: () => clock.now() + ms, wait: clock.wait };
  return { own, stack: createStack({ clock, store: createMemoryStore(own), bff: { clock: own } }) };
}

const DIFFERENCES = [
  ["ahead of", 1],
  ["behind", -1],
] as const;

test.each(DIFFERENCES)(
  "a server whose clock is two minutes %s the tenant's signs people in by either way and enrolls them",
  async (_, sign) => {
    const { stack, own } = skewed(sign * 2 * MINUTE);
    const browser = stack.browser();
    await browser.signInByPassword("robin@example.com");
    const pending = await started(browser);
    expect(pending.codeExpiresAt).toBe(own.now() + 5 * MINUTE);
    expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
    const other = stack.browser();
    const view = await other.signInByRedirect("kim@example.com");
    expect(view).toMatchObject({ can: { add: "yes", remove: "yes" } });
    expect((await enrolled(stack, other)).authenticators?.items).toHaveLength(2);
  },
);

test.each(DIFFERENCES)(
  "a server whose clock is two minutes %s the tenant's takes a proof that was given anew by redirect for as fresh as it is",
  async (_, sign) => {
    const { stack } = skewed(sign * 2 * MINUTE);
    const browser = stack.browser();
    await browser.signInByRedirect("kim@example.com");
    await stack.clock.advance(5 * MINUTE - 1_000);
    expect((await browser.view()).can.add).toBe("yes");
    await stack.clock.advance(1_000);
    expect((await browser.view()).can.add).toBe("after_proof");
    const view = await browser.signInByRedirect("kim@example.com");
    expect(view).toMatchObject({ can: { add: "yes" }, signIn: { problem: null } });
  },
);

test.each(DIFFERENCES)(
  "a server whose clock is two minutes %s the tenant's refuses a proof from before the person left",
  async (_, sign) => {
    const { stack } = skewed(sign * 2 * MINUTE);
    const browser = stack.browser();
    await browser.signInByRedirect("kim@example.com");
    await stack.clock.advance(5_000);
    const { answer } = await browser.call("signIn", { way: "redirect", returnTo: "/" });
    const location = new URL(answer?.outcome === "leave" ? answer.location : "");
    // A tenant that does not ask anew, although it was told to.
    location.searchParams.delete("max_age");
    await browser.followSignIn(location.href, { username: "kim@example.com" });
    expect((await browser.view()).signIn.problem).toBe("refused");
  },
);

test.each(DIFFERENCES)(
  "a server whose clock is more than a minute %s the tenant's says so to the operator, once",
  async (_, sign) => {
    const warnings = ({ events }: Stack) => events.filter(({ event }) => event === "clock_differs");
    const { stack } = skewed(sign * 61_000);
    const browser = stack.browser();
    await browser.signInByRedirect("kim@example.com");
    await browser.signInByRedirect("kim@example.com");
    expect(warnings(stack)).toEqual([{ event: "clock_differs", aheadSeconds: sign * 61 }]);
    const near = skewed(sign * 60_000).stack;
    await near.browser().signInByRedirect("kim@example.com");
    expect(warnings(near)).toEqual([]);
    const enrolling = skewed(sign * 61_000).stack;
    const robin = enrolling.browser();
    await robin.signInByPassword("robin@example.com");
    await confirmed(enrolling, robin, await started(robin));
    expect(warnings(enrolling)).toHaveLength(1);
  },
);

test("a proof that grows old under the code does not take the code with it while the credential lives", async () => {
  const { stack, browser } = await visitBy("robin@example.com");
  await stack.clock.advance(4 * MINUTE);
  const pending = await started(browser);
  await stack.clock.advance(2 * MINUTE);
  expect((await browser.view()).can.add).toBe("after_proof");
  expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
});

test("another message that the tenant refuses for now leaves the earlier code as it was, and is not counted", async () => {
  const { stack, browser } = await visitBy("robin@example.com");
  const { enrollmentId, sendsLeft } = await started(browser);
  await stack.clock.advance(30_000);
  stack.simulator.faults.add({
    route: ASSOCIATE,
    nth: 1,
    phase: "before",
    action: { type: "status", status: 429, headers: { "retry-after": "60" }, body: '{"error":"too_many_requests"}' },
  });
  const { problem } = await browser.call("resend", { enrollmentId });
  expect(problem).toMatchObject({ code: "rate_limited", retryAt: stack.clock.now() + MINUTE });
  const pending = pendingIn(await browser.view());
  expect(pending).toMatchObject({ status: "code_sent", newerMessageLost: false, sendsLeft });
  expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
});
