import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  challengeIn,
  confirmed,
  done,
  enrolled,
  ledgerCount,
  OTHER_PHONE,
  pendingIn,
  PHONE,
  proven,
  refused,
  started,
  visitBy,
  wrongCode,
} from "../journeys/errands.ts";
import { type Stack, START as START_AT } from "../journeys/stack.ts";
import { createVirtualTime } from "../journeys/virtual-time.ts";
import { createVirtualUpstream } from "../journeys/virtual-upstream.ts";
import { UpstreamFailure } from "./upstream.ts";
import type { FaultRule } from "../simulator/faults.ts";

const START = { channel: "sms", contact: PHONE } as const;

/** The tenant does its work, and the answer never arrives. */
function loseAnswer({ simulator }: Stack, route: string, nth = 1): void {
  simulator.faults.add({ route, nth, phase: "afterCommit", action: { type: "reset" } });
}

function slow({ simulator }: Stack, route: string, milliseconds: number, phase: FaultRule["phase"] = "afterCommit") {
  simulator.faults.add({ route, nth: 1, phase, action: { type: "delay", milliseconds } });
}

function down({ simulator }: Stack, route: string): void {
  simulator.faults.add({ route, phase: "before", action: { type: "status", status: 503 } });
}

describe("the answer to a first message is lost", () => {
  test("the page is told that the code that may arrive will not work, and nothing is sent again by itself", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    loseAnswer(stack, "POST /mfa/associate");
    const pending = await started(browser);
    expect(pending).toMatchObject({ status: "send_lost", sendsLeft: 3, newerMessageLost: false });
    expect(pendingIn(await browser.view()).status).toBe("send_lost");
    expect(ledgerCount(stack, "send")).toBe(1);
    const { enrollmentId } = pending;
    expect(await refused(browser, "confirm", { enrollmentId, code: stack.code() })).toBe("code_expired");
  });

  test("another message works, and the recovery code that was in the lost answer is told as lost at the end", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    loseAnswer(stack, "POST /mfa/associate");
    const { enrollmentId } = await started(browser);
    await stack.clock.advance(30_000);
    const again = pendingIn(await done(browser, "resend", { enrollmentId }));
    expect(again).toMatchObject({ status: "code_sent", sendsLeft: 2 });
    const view = await confirmed(stack, browser, again);
    expect(view.authenticators?.items).toHaveLength(1);
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "lost" });
    expect((await done(browser, "acknowledge")).flow).toEqual({ step: "idle" });
  });

  test("the loss of the recovery code is known even where the list could not be read, and the enrollment was given up", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    loseAnswer(stack, "POST /mfa/associate");
    down(stack, "GET /mfa/authenticators");
    const { enrollmentId } = await started(browser);
    stack.simulator.faults.clear();
    await stack.clock.advance(31_000);
    await browser.view();
    await done(browser, "cancel", { enrollmentId });
    const view = await confirmed(stack, browser, await started(browser, { ...START, contact: OTHER_PHONE }));
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "lost" });
  });

  test.each([1, 300, 600])("an answer that is cut after %i bytes is never taken for a whole one", async (bytes) => {
    const { stack, browser } = await visitBy("robin@example.com");
    stack.simulator.faults.add({
      route: "POST /mfa/associate",
      nth: 1,
      phase: "midBody",
      action: { type: "truncate", bytes },
    });
    expect(await started(browser)).toMatchObject({ status: "send_lost" });
  });

  test("a tenant that gave no recovery code lost none", async () => {
    const { stack, browser } = await visitBy("toni@example.com");
    loseAnswer(stack, "POST /mfa/associate");
    const { enrollmentId } = await started(browser);
    await stack.clock.advance(30_000);
    const again = pendingIn(await done(browser, "resend", { enrollmentId }));
    expect((await confirmed(stack, browser, again)).flow).toEqual({ step: "idle" });
  });
});

describe("the answer to another message is lost", () => {
  test("the earlier code goes on working, and the page is told that only that one can", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const earlier = stack.code();
    await stack.clock.advance(30_000);
    loseAnswer(stack, "POST /mfa/associate");
    const again = pendingIn(await done(browser, "resend", { enrollmentId, channel: "voice" }));
    expect(again).toMatchObject({ status: "code_sent", newerMessageLost: true, channel: "sms", sendsLeft: 2 });
    expect(ledgerCount(stack, "send")).toBe(2);
    const view = await done(browser, "confirm", { enrollmentId, code: earlier });
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "to_save" });
  });
});

describe("the answer to a code is lost", () => {
  test("a code that was taken is found in the list, and the recovery code is there", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser);
    loseAnswer(stack, "POST /oauth/token mfa-oob");
    const view = await confirmed(stack, browser, pending);
    expect(view.authenticators?.items).toHaveLength(1);
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "to_save", needsProof: false });
    expect(ledgerCount(stack, "confirm")).toBe(1);
  });

  test("a code that was not taken can be handed in again", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser);
    stack.simulator.faults.add({
      route: "POST /oauth/token mfa-oob",
      nth: 1,
      phase: "before",
      action: { type: "reset" },
    });
    const { enrollmentId } = pending;
    expect(await refused(browser, "confirm", { enrollmentId, code: stack.code() })).toBe("upstream_unavailable");
    expect(pendingIn(await browser.view())).toMatchObject({ status: "code_sent", attemptsLeft: 4 });
    expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
  });

  test("while the list cannot be read either, nothing is claimed, and whoever looks later learns the truth", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser);
    const { enrollmentId } = pending;
    loseAnswer(stack, "POST /oauth/token mfa-oob");
    down(stack, "GET /mfa/authenticators");
    const view = await confirmed(stack, browser, pending);
    expect(pendingIn(view).status).toBe("confirm_unclear");
    expect(pendingIn(await browser.view()).status).toBe("confirm_unclear");
    // Until it is known, nothing may be done that could lose the recovery code of a method that works.
    expect(await refused(browser, "confirm", { enrollmentId, code: "123456" })).toBe("upstream_unavailable");
    expect(await refused(browser, "resend", { enrollmentId })).toBe("upstream_unavailable");
    expect(await refused(browser, "cancel", { enrollmentId })).toBe("upstream_unavailable");
    expect(await refused(browser, "start", { ...START, contact: OTHER_PHONE })).toBe("upstream_unavailable");
    stack.simulator.faults.clear();
    expect((await browser.view()).flow).toMatchObject({ step: "recovery_code", state: "to_save", needsProof: false });
    expect(ledgerCount(stack, "confirm")).toBe(1);
    expect(ledgerCount(stack, "send")).toBe(1);
  });

  test("another visit that looks first settles it, and does not get to see the recovery code", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { tenant: { policy: "always" } });
    const pending = await started(browser);
    loseAnswer(stack, "POST /oauth/token mfa-oob");
    down(stack, "GET /mfa/authenticators");
    await confirmed(stack, browser, pending);
    stack.simulator.faults.clear();
    const other = stack.browser();
    const view = await other.signInByPassword("robin@example.com");
    expect(view.flow).toMatchObject({ step: "recovery_code", needsProof: true });
    expect(await refused(other, "recoveryCode")).toBe("proof_needed");
    expect((await done(browser, "recoveryCode")).recoveryCodes).toHaveLength(1);
  });

  test("someone who cancels a code that was taken has enrolled, and is told so", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser);
    loseAnswer(stack, "POST /oauth/token mfa-oob");
    down(stack, "GET /mfa/authenticators");
    await confirmed(stack, browser, pending);
    stack.simulator.faults.clear();
    const view = await done(browser, "cancel", { enrollmentId: pending.enrollmentId });
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "to_save" });
  });

  test("what it replaces goes all the same", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const replaces = (await enrolled(stack, browser)).authenticators?.items[0]?.id ?? "";
    const pending = await started(browser, { ...START, contact: OTHER_PHONE, replaces });
    loseAnswer(stack, "POST /oauth/token mfa-oob");
    down(stack, "GET /mfa/authenticators");
    await confirmed(stack, browser, pending);
    stack.simulator.faults.clear();
    expect((await browser.view()).authenticators?.items).toMatchObject([{ contact: "••••\u00a00148" }]);
  });

  test("a new method is listed at the next look where the list could not be read after it was confirmed", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser);
    down(stack, "GET /mfa/authenticators");
    const view = await confirmed(stack, browser, pending);
    expect(view.flow).toMatchObject({ step: "recovery_code", authenticator: null });
    stack.simulator.faults.clear();
    expect((await browser.view()).authenticators?.items).toHaveLength(1);
  });
});

describe("the answer to a removal is lost", () => {
  test("the list tells that it was done", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const authenticatorId = (await enrolled(stack, browser)).authenticators?.items[0]?.id;
    loseAnswer(stack, "DELETE /mfa/authenticators/:id");
    expect((await done(browser, "remove", { authenticatorId })).authenticators?.items).toEqual([]);
    expect(ledgerCount(stack, "delete")).toBe(1);
  });

  test("while the list cannot be read either, the outcome is unclear, and the next look tells it", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const authenticatorId = (await enrolled(stack, browser)).authenticators?.items[0]?.id;
    loseAnswer(stack, "DELETE /mfa/authenticators/:id");
    down(stack, "GET /mfa/authenticators");
    const { problem } = await browser.call("remove", { authenticatorId });
    expect(problem).toMatchObject({ code: "outcome_unclear", what: "remove" });
    stack.simulator.faults.clear();
    expect((await browser.view()).authenticators?.items).toEqual([]);
  });
});

describe("the answer to a challenge is lost", () => {
  test("the outcome is unclear, the message counts, and another one can be asked for", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com");
    const authenticatorId = view.authenticators?.items[0]?.id;
    loseAnswer(stack, "POST /mfa/challenge");
    const body = { with: "authenticator", authenticatorId };
    expect((await browser.call("challenge", body)).problem).toMatchObject({ what: "challenge" });
    const { answer } = await browser.call("challenge", body);
    expect(answer?.flow).toMatchObject({ challenge: { sendsLeft: 3 } });
    loseAnswer(stack, "POST /oauth/token mfa-oob");
    const challengeId = challengeIn(answer);
    const { problem } = await browser.call("verify", { challengeId, code: stack.code() });
    expect(problem).toMatchObject({ code: "outcome_unclear", what: "verify" });
    expect((await browser.view()).can.add).toBe("after_proof");
    await stack.clock.advance(30_000);
    expect((await proven(stack, browser)).can.add).toBe("yes");
  });
});

test("a refusal that cannot be read costs the try that the tenant may have counted", async () => {
  const { stack, browser } = await visitBy("robin@example.com");
  const { enrollmentId } = await started(browser);
  const action = { type: "truncate", bytes: 20 } as const;
  const route = "POST /oauth/token mfa-oob";
  stack.simulator.faults.add({ route, phase: "afterCommit", action });
  expect(await refused(browser, "confirm", { enrollmentId, code: wrongCode(stack) })).toBe("unexpected_answer");
  expect(pendingIn(await browser.view()).attemptsLeft).toBe(4);
  expect(ledgerCount(stack, "codeRefused")).toBe(1);

  const kim = await visitBy("kim@example.com");
  const authenticatorId = kim.view.authenticators?.items[0]?.id;
  const challengeId = challengeIn(await done(kim.browser, "challenge", { with: "authenticator", authenticatorId }));
  kim.stack.simulator.faults.add({ route, phase: "afterCommit", action });
  expect(await refused(kim.browser, "verify", { challengeId, code: wrongCode(kim.stack) })).toBe("unexpected_answer");
  expect((await kim.browser.view()).flow).toMatchObject({ challenge: { attemptsLeft: 4 } });
});

describe("an answer that takes longer than a page waits", () => {
  // Ciphers run on other threads; only this clock waits for them before it moves on.
  let clock = createVirtualTime(START_AT);
  let giveBack = () => {};

  beforeEach(() => {
    clock = createVirtualTime(START_AT);
    giveBack = clock.install();
  });

  afterEach(() => giveBack());

  test("the page hears at eight seconds that it is unclear, and the late answer is taken on", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { clock });
    slow(stack, "POST /mfa/associate", 20_000);
    const asked = browser.call("start", START);
    await clock.advance(8_000);
    expect(pendingIn((await asked).answer).status).toBe("send_unclear");
    expect(pendingIn(await browser.view()).status).toBe("send_unclear");
    await clock.advance(12_000);
    const pending = pendingIn(await browser.view());
    expect(pending.status).toBe("code_sent");
    const view = await confirmed(stack, browser, pending);
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "to_save" });
    expect(ledgerCount(stack, "send")).toBe(1);
  });

  test("a late confirmation is taken on, its credential included", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { clock, tenant: { policy: "always" } });
    const { enrollmentId } = await started(browser);
    slow(stack, "POST /oauth/token mfa-oob", 15_000);
    const asked = browser.call("confirm", { enrollmentId, code: stack.code() });
    await clock.advance(8_000);
    expect(pendingIn((await asked).answer).status).toBe("confirm_unclear");
    await clock.advance(9_000);
    expect(await browser.view()).toMatchObject({ flow: { step: "recovery_code" }, can: { remove: "yes" } });
  });

  test("a code that the tenant takes when nobody waits for it any more has counted, and its owner is told", async () => {
    const told: string[] = [];
    const notify = async ({ type }: { type: string }) => void told.push(type);
    const options = { clock, bff: { notify }, upstream: createVirtualUpstream };
    const { stack, browser } = await visitBy("robin@example.com", options);
    const pending = await started(browser);
    const { enrollmentId } = pending;
    const code = stack.code();
    slow(stack, "POST /oauth/token mfa-oob", 40_000, "before");
    const asked = browser.call("confirm", { enrollmentId, code });
    await clock.advance(35_000);
    expect(pendingIn((await asked).answer).status).toBe("confirm_unclear");
    expect(pendingIn(await browser.view()).status).toBe("code_sent");
    await clock.advance(10_000);
    expect(ledgerCount(stack, "confirm")).toBe(1);
    const view = await done(browser, "confirm", { enrollmentId, code });
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "to_save" });
    await clock.advance(0);
    expect(told).toEqual(["added"]);
    expect(ledgerCount(stack, "codeRefused")).toBe(0);
  });

  test("a removal that the tenant does when nobody waits for it any more is seen at the next look", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com", { clock, upstream: createVirtualUpstream });
    await proven(stack, browser);
    slow(stack, "DELETE /mfa/authenticators/:id", 9_000, "before");
    const asked = browser.call("remove", { authenticatorId: view.authenticators?.items[0]?.id });
    await clock.advance(8_500);
    expect((await asked).problem).toMatchObject({ code: "outcome_unclear", what: "remove" });
    expect((await browser.view()).authenticators?.items).toHaveLength(1);
    await clock.advance(1_000);
    expect((await browser.view()).authenticators?.items).toEqual([]);
  });

  test("a removal that a node did not live to write down is seen at once, though the node still seems to be at it", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com", { clock, upstream: createVirtualUpstream });
    await proven(stack, browser);
    slow(stack, "DELETE /mfa/authenticators/:id", 60_000);
    void browser.call("remove", { authenticatorId: view.authenticators?.items[0]?.id });
    await clock.advance(0);
    stack.restart();
    expect(ledgerCount(stack, "delete")).toBe(1);
    expect((await browser.view()).authenticators?.items).toEqual([]);
  });

  test("a replacement is open until it is known what became of the old method", async () => {
    const { stack, browser } = await visitBy("kim@example.com", { clock, upstream: createVirtualUpstream });
    const replaces = (await proven(stack, browser)).authenticators?.items[0]?.id ?? "";
    const { enrollmentId } = await started(browser, { channel: "sms", contact: PHONE, replaces });
    loseAnswer(stack, "POST /oauth/token mfa-oob");
    slow(stack, "DELETE /mfa/authenticators/:id", 9_000);
    const asked = browser.call("confirm", { enrollmentId, code: stack.code(PHONE) });
    await clock.advance(10_000);
    expect(pendingIn((await asked).answer).status).toBe("confirm_unclear");
    expect(await browser.view()).toMatchObject({
      flow: { step: "idle" },
      authenticators: { items: [{ contact: "••••\u00a00147" }] },
    });
  });

  test("a tab that is opened while a code is being checked can tell afterwards that it added something", async () => {
    const { stack, browser } = await visitBy("kim@example.com", { clock, upstream: createVirtualUpstream });
    const before = await proven(stack, browser);
    const replaces = before.authenticators?.items[0]?.id ?? "";
    const { enrollmentId } = await started(browser, { channel: "sms", contact: PHONE, replaces });
    // The list is old by then, so that it is read anew, and the tenant lists the new method already.
    await clock.advance(31_000);
    slow(stack, "DELETE /mfa/authenticators/:id", 40_000, "before");
    void browser.call("confirm", { enrollmentId, code: stack.code(PHONE) });
    await clock.advance(5_000);
    const during = await browser.view();
    expect(pendingIn(during).status).toBe("confirm_unclear");
    expect(during.authenticators?.items.map(({ id }) => id)).toEqual([replaces]);
    await clock.advance(10_000);
    expect((await browser.view()).authenticators?.items).toHaveLength(2);
  });

  test("a list that could not be read after a confirmation is not shown as if nothing had been added", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { clock });
    const pending = await started(browser);
    down(stack, "GET /mfa/authenticators");
    expect((await confirmed(stack, browser, pending)).authenticators).toBeNull();
    stack.simulator.faults.clear();
    expect((await browser.view()).authenticators?.items).toHaveLength(1);
  });

  test("a removal, a challenge and a proof say that they are unclear, for the view cannot", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com", { clock });
    const authenticatorId = view.authenticators?.items[0]?.id;
    slow(stack, "POST /mfa/challenge", 9_000);
    const challenge = browser.call("challenge", { with: "authenticator", authenticatorId });
    await clock.advance(9_000);
    expect((await challenge).problem).toMatchObject({ code: "outcome_unclear", what: "challenge" });
    const challengeId = challengeIn(await browser.view());
    slow(stack, "POST /oauth/token mfa-oob", 9_000);
    const verify = browser.call("verify", { challengeId, code: stack.code() });
    await clock.advance(9_000);
    expect((await verify).problem).toMatchObject({ code: "outcome_unclear", what: "verify" });
    expect((await browser.view()).can.remove).toBe("yes");
    slow(stack, "DELETE /mfa/authenticators/:id", 9_000);
    const remove = browser.call("remove", { authenticatorId });
    await clock.advance(9_000);
    expect((await remove).problem).toMatchObject({ code: "outcome_unclear", what: "remove" });
    expect((await browser.view()).authenticators?.items).toEqual([]);
  });

  test("another change of the account waits for the one that is under way", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { clock });
    slow(stack, "POST /mfa/associate", 5_000);
    const first = browser.call("start", START);
    const second = browser.call("start", { ...START, contact: OTHER_PHONE });
    await clock.advance(6_000);
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(pendingIn(await browser.view()).contact).toContain("48");
    expect(ledgerCount(stack, "send")).toBe(2);
  });
});

describe("a tenant that is down", () => {
  test("nobody is signed in, and nobody is told that their password is wrong", async () => {
    const { stack } = await visitBy("robin@example.com");
    down(stack, "POST /oauth/token");
    const body = { way: "password", username: "robin@example.com", password: "Enroll-Demo-1" };
    expect(await refused(stack.browser(), "signIn", body)).toBe("upstream_unavailable");
  });

  test("an enrollment is not begun where the list cannot be read, for a lost answer could not be settled", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { tenant: { policy: "always" } });
    down(stack, "GET /mfa/authenticators");
    down(stack, "POST /mfa/associate");
    const other = stack.browser();
    await other.signInByPassword("toni@example.com");
    expect(await refused(other, "start", START)).toBe("upstream_unavailable");
    expect(pendingIn((await browser.call("start", START)).answer).status).toBe("send_lost");
    expect(ledgerCount(stack, "send")).toBe(0);
  });

  test("a refused connection is known to have sent nothing: the message is given back", async () => {
    let isUp = true;
    const { stack, browser } = await visitBy("robin@example.com", {
      upstream: (fetch) => async (request) => {
        if (!isUp) throw new UpstreamFailure("not_sent");
        const init = {
          method: request.method,
          headers: request.headers,
          ...(request.body ? { body: request.body } : {}),
        };
        const answer = await fetch(new Request(new URL(request.path, "https://tenant.test"), init));
        return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
      },
    });
    isUp = false;
    expect(await refused(browser, "start", START)).toBe("upstream_unavailable");
    expect((await browser.view()).flow).toEqual({ step: "idle" });
    isUp = true;
    const pending = await started(browser);
    expect(pending.sendsLeft).toBe(3);
    isUp = false;
    const { enrollmentId } = pending;
    expect(await refused(browser, "confirm", { enrollmentId, code: stack.code() })).toBe("upstream_unavailable");
    expect(pendingIn(await browser.view()).attemptsLeft).toBe(5);
    expect(await refused(browser, "signIn", { way: "redirect", returnTo: "/" })).toBe("upstream_unavailable");
  });

  test("somebody who signs out is signed out", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    down(stack, "GET /mfa/authenticators");
    down(stack, "POST /oauth/token");
    await done(browser, "signOut");
    expect((await browser.view()).person).toBeNull();
  });

  test("a credential that the tenant has ended early leads to a new proof, and what was typed is kept", async () => {
    const { stack, browser } = await visitBy("robin@example.com", {
      tenant: { policy: "always", seconds: { mfaToken: 60 } },
    });
    await stack.clock.advance(61_000);
    expect(await refused(browser, "start", START)).toBe("proof_needed");
    expect(await browser.view()).toMatchObject({ can: { list: "after_proof" }, draft: { channel: "sms" } });
  });
});
