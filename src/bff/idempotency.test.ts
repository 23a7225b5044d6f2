import { describe, expect, test } from "vitest";
import type { Clock } from "./clock.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import {
  done,
  enrolled,
  ledgerCount,
  OTHER_PHONE,
  pendingIn,
  PHONE,
  started,
  visitBy,
  wrongCode,
} from "../journeys/errands.ts";

const START = { channel: "sms", contact: PHONE } as const;
const KEY = "one-intent-of-somebody";

describe("one intent is done once", () => {
  test("the same key again has the same outcome and asks the tenant nothing", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const first = await browser.call("start", START, { key: KEY });
    await stack.clock.advance(60_000);
    const again = await browser.call("start", START, { key: KEY });
    expect(pendingIn(again.answer).enrollmentId).toBe(pendingIn(first.answer).enrollmentId);
    expect(ledgerCount(stack, "associate")).toBe(1);
  });

  test("a refusal is remembered too: a wrong code that is sent twice costs one try", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const body = { enrollmentId, code: wrongCode(stack) };
    const first = await browser.call("confirm", body, { key: KEY });
    const again = await browser.call("confirm", body, { key: KEY });
    expect(again.problem).toEqual({ ...first.problem, correlationId: again.problem?.correlationId });
    expect(again.problem).toMatchObject({ code: "wrong_code", attemptsLeft: 4 });
    expect(ledgerCount(stack, "codeRefused")).toBe(1);
  });

  test("the key is remembered over a restart and on another node", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await browser.call("start", START, { key: KEY });
    stack.restart();
    expect((await browser.call("start", START, { key: KEY })).status).toBe(200);
    expect(ledgerCount(stack, "send")).toBe(1);
  });

  test("the key is remembered after the proof has grown old", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const view = await enrolled(stack, browser);
    const body = { authenticatorId: view.authenticators?.items[0]?.id };
    expect((await browser.call("remove", body, { key: KEY })).status).toBe(200);
    await stack.clock.advance(6 * 60_000);
    expect((await browser.call("remove", body, { key: KEY })).status).toBe(200);
    expect((await browser.call("remove", body)).problem?.code).toBe("proof_needed");
    expect(ledgerCount(stack, "delete")).toBe(1);
  });

  test("another body under the same key is refused", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await browser.call("start", START, { key: KEY });
    const other = await browser.call("start", { ...START, contact: OTHER_PHONE }, { key: KEY });
    expect(other).toMatchObject({ status: 422, problem: { code: "idempotency_key_reused" } });
    const elsewhere = await browser.call("acknowledge", {}, { key: KEY });
    expect(elsewhere.problem?.code).toBe("idempotency_key_reused");
    const together = await Promise.all([
      browser.call("confirm", { enrollmentId: "a", code: "111111" }, { key: `${KEY}-2` }),
      browser.call("confirm", { enrollmentId: "a", code: "222222" }, { key: `${KEY}-2` }),
    ]);
    expect(together.map(({ problem }) => problem?.code)).toContain("idempotency_key_reused");
    expect(ledgerCount(stack, "send")).toBe(1);
  });

  test.each(["", "short", "x".repeat(65), "with a blank in it"])("a key such as %j is none", async (key) => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { status, problem } = await browser.call("start", START, { key });
    expect({ status, code: problem?.code }).toEqual({ status: 400, code: "idempotency_key_missing" });
    expect(ledgerCount(stack, "send")).toBe(0);
  });

  test("a key that is the name of something every object has is a key like any other", async () => {
    const { browser } = await visitBy("robin@example.com");
    for (const key of ["__defineGetter__", "propertyIsEnumerable"]) {
      expect((await browser.call("start", START, { key })).status).toBe(200);
    }
  });

  test("the keys of two people do not meet", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const other = stack.browser();
    await other.signInByPassword("toni@example.com");
    await browser.call("start", START, { key: KEY });
    expect((await other.call("start", { ...START, contact: OTHER_PHONE }, { key: KEY })).status).toBe(200);
    expect(ledgerCount(stack, "send")).toBe(2);
  });
});

test("what a node that died had begun is not done again by itself", async () => {
  let isDead = false;
  let deaths = 0;
  const time = createManualClock(Date.UTC(2026, 0, 15, 9));
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
    upstream: (fetch) => async (request) => {
      // The node is gone: its call is never answered, and nothing is written down any more.
      if (isDead) await new Promise(() => {});
      const init = {
        method: request.method,
        headers: request.headers,
        ...(request.body ? { body: request.body } : {}),
      };
      const answer = await fetch(new Request(new URL(request.path, "https://tenant.test"), init));
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    },
  });
  await browser.view();
  isDead = true;
  const lost = browser.call("start", START, { key: KEY });
  await stack.clock.advance(8_000);
  expect(pendingIn((await lost).answer).status).toBe("send_unclear");
  deaths += 1;
  stack.restart();
  isDead = false;
  expect(pendingIn(await browser.view()).status).toBe("send_unclear");
  await stack.clock.advance(6_000);
  expect(pendingIn(await browser.view()).status).toBe("send_lost");
  expect(pendingIn((await browser.call("start", START, { key: KEY })).answer).status).toBe("send_lost");
  expect(ledgerCount(stack, "send")).toBe(0);
  await done(browser, "cancel", { enrollmentId: pendingIn(await browser.view()).enrollmentId });
});

test("a node that takes long keeps the account to itself for as long as it works", async () => {
  const { stack, browser } = await visitBy("robin@example.com");
  stack.simulator.faults.add({
    route: "POST /mfa/associate",
    phase: "before",
    action: { type: "delay", milliseconds: 20_000 },
  });
  const slow = browser.call("start", START, { key: KEY });
  await stack.clock.advance(8_000);
  await slow;
  // The same store, seen from another node.
  stack.restart();
  await stack.clock.advance(10_000);
  expect(pendingIn(await browser.view()).status).toBe("send_unclear");
  await stack.clock.advance(2_000);
  expect(pendingIn(await browser.view()).status).toBe("code_sent");
});
