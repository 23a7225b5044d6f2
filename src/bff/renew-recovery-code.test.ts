import { describe, expect, test, vi } from "vitest";
import {
  confirmed,
  done,
  enrolled,
  ledgerCount,
  proven,
  refused,
  saved,
  started,
  visitBy,
} from "../journeys/errands.ts";
import type { FaultRule } from "../simulator/faults.ts";

const MINUTE = 60_000;
const REGENERATION = "POST /api/v2/users/:id/recovery-code-regeneration";
const env = {
  AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
  AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
};

/** Somebody whose first message's answer was lost, and with it the recovery code; a second message was confirmed. */
async function withLostCode(options: Parameters<typeof visitBy>[1] = { env }) {
  const { stack, browser } = await visitBy("robin@example.com", options);
  stack.simulator.faults.add({
    route: "POST /mfa/associate",
    nth: 1,
    phase: "afterCommit",
    action: { type: "reset" },
  });
  const { enrollmentId, resendAt } = await started(browser);
  await stack.clock.advance(resendAt - stack.clock.now());
  await done(browser, "resend", { enrollmentId });
  const view = await done(browser, "confirm", { enrollmentId, code: stack.code() });
  const liveCode = () => stack.simulator.people.find("robin@example.com")?.recoveryCode?.code;
  const asked = () => ledgerCount(stack, "recoveryCodeIssued") - 1;
  return { stack, browser, view, liveCode, asked };
}

const LOST = { step: "recovery_code", state: "lost", canRenew: true, needsProof: false };

describe("a lost recovery code", () => {
  test("is replaced by one that works, which is shown and acknowledged like the first", async () => {
    const { browser, view, liveCode, asked } = await withLostCode();
    expect(view.flow).toMatchObject(LOST);
    const renewed = await done(browser, "renewRecoveryCode");
    expect(renewed.flow).toMatchObject({ step: "recovery_code", state: "to_save", canRenew: false });
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode()] });
    expect((await done(browser, "acknowledge")).flow).toEqual({ step: "idle" });
    expect(asked()).toBe(1);
    expect(await refused(browser, "renewRecoveryCode")).toBe("no_recovery_code");
  });

  test("is replaced once, however often the same wish arrives, and a second wish finds the code that is there", async () => {
    const { browser, liveCode, asked } = await withLostCode();
    const key = "0123456789abcdef";
    const wish = () => browser.call("renewRecoveryCode", {}, { key });
    const outcomes = await Promise.all([wish(), wish(), wish()]);
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await done(browser, "renewRecoveryCode")).flow).toMatchObject({ state: "to_save" });
    expect(asked()).toBe(1);
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode()] });
  });

  test("cannot be replaced where the host has not set the credential for it, and the page is told so", async () => {
    const { browser, view, asked } = await withLostCode({});
    expect(view.flow).toMatchObject({ ...LOST, canRenew: false });
    expect(await refused(browser, "renewRecoveryCode")).toBe("not_found");
    expect(asked()).toBe(0);
    // Nothing but the person's own word ends the screen that says what it means.
    expect((await browser.view()).flow).toMatchObject({ state: "lost" });
    expect((await done(browser, "acknowledge")).flow).toEqual({ step: "idle" });
    // It is told once, and still known.
    expect(await browser.view()).toMatchObject({ flow: { step: "idle" }, lostCode: { canRenew: false } });
  });

  test("that somebody was told of and left for later is replaced later, and is then no longer lost", async () => {
    const { browser, liveCode } = await withLostCode();
    expect(await done(browser, "acknowledge")).toMatchObject({ flow: { step: "idle" }, lostCode: { canRenew: true } });
    const renewed = await done(browser, "renewRecoveryCode");
    expect(renewed.flow).toMatchObject({ step: "recovery_code", state: "to_save" });
    expect(renewed.lostCode).toBeUndefined();
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode()] });
  });

  test("is replaced only after a fresh proof, which the page is told beforehand", async () => {
    const { stack, browser, asked } = await withLostCode();
    await stack.clock.advance(6 * MINUTE);
    expect((await browser.view()).flow).toMatchObject({ ...LOST, needsProof: true });
    expect(await refused(browser, "renewRecoveryCode")).toBe("proof_needed");
    expect(asked()).toBe(0);
    await browser.signInByPassword("robin@example.com");
    expect(await refused(browser, "renewRecoveryCode")).toBe("proof_needed");
    expect((await proven(stack, browser)).flow).toMatchObject(LOST);
    expect((await done(browser, "renewRecoveryCode")).flow).toMatchObject({ state: "to_save" });
    expect(asked()).toBe(1);
  });

  test("is nobody else's to replace", async () => {
    const { stack, asked } = await withLostCode();
    expect(await refused(stack.browser(), "renewRecoveryCode")).toBe("signed_out");
    const other = stack.browser();
    await other.signInByRedirect("kim@example.com");
    expect(await refused(other, "renewRecoveryCode")).toBe("no_recovery_code");
    expect(asked()).toBe(0);
  });
});

describe("while the outcome is unknown", () => {
  const unclear: [string, FaultRule["phase"], FaultRule["action"]][] = [
    ["lost", "afterCommit", { type: "reset" }],
    ["cut", "midBody", { type: "truncate", bytes: 20 }],
    ["garbled", "afterCommit", { type: "garbage" }],
  ];
  test.each(unclear)(
    "(the answer %s) the code stays lost, none is shown, and the tenant is not asked again",
    async (...given) => {
      const [, phase, action] = given;
      const { stack, browser, asked } = await withLostCode();
      stack.simulator.faults.add({ route: REGENERATION, nth: 1, phase, action });
      const { problem } = await browser.call("renewRecoveryCode");
      expect(problem).toMatchObject({ code: "outcome_unclear", what: "renew" });
      expect((await browser.view()).flow).toMatchObject(LOST);
      expect(await refused(browser, "recoveryCode")).toBe("no_recovery_code");
      expect(asked()).toBe(1);
    },
  );

  test("another can be asked for in an hour, and not before", async () => {
    const { stack, browser, liveCode, asked } = await withLostCode();
    stack.simulator.faults.add({ route: REGENERATION, nth: 1, phase: "afterCommit", action: { type: "reset" } });
    await browser.call("renewRecoveryCode");
    const { problem } = await browser.call("renewRecoveryCode");
    expect(problem).toMatchObject({ code: "rate_limited", retryAt: stack.clock.now() + 60 * MINUTE });
    expect(asked()).toBe(1);
    await stack.clock.advance(60 * MINUTE);
    await browser.signInByRedirect("robin@example.com");
    await done(browser, "renewRecoveryCode");
    expect(asked()).toBe(2);
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode()] });
  });

  test("an answer that comes late is kept and shown all the same", async () => {
    const { stack, browser, liveCode, asked } = await withLostCode();
    const action = { type: "delay", milliseconds: 20_000 } as const;
    stack.simulator.faults.add({ route: REGENERATION, nth: 1, phase: "afterCommit", action });
    const asking = browser.call("renewRecoveryCode");
    // The time may move once the tenant has done it.
    await vi.waitFor(() => expect(asked()).toBe(1));
    await stack.clock.advance(8_000);
    expect((await asking).problem).toMatchObject({ code: "outcome_unclear", what: "renew" });
    expect((await browser.view()).flow).toMatchObject({ state: "lost" });
    await stack.clock.advance(12_000);
    expect((await browser.view()).flow).toMatchObject({ state: "to_save" });
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode()] });
  });
});

describe("a tenant that says no", () => {
  test("because it has no recovery codes to give leaves the truth: none can be had here", async () => {
    const { stack, browser } = await withLostCode();
    stack.simulator.settings.factors.recoveryCode = false;
    const view = await done(browser, "renewRecoveryCode");
    expect(view.flow).toMatchObject({ ...LOST, canRenew: false });
    stack.simulator.settings.factors.recoveryCode = true;
    await stack.clock.advance(61 * MINUTE);
    expect((await browser.signInByRedirect("robin@example.com")).flow).toMatchObject(LOST);
  });

  test.each([
    ["before it was asked", "POST /oauth/token client_credentials", 503, "upstream_unavailable"],
    ["because the scope is missing", REGENERATION, 403, "tenant_misconfigured"],
    ["because it is asked too often", REGENERATION, 429, "rate_limited"],
  ] as const)("%s costs nothing: the next wish is asked at once", async (_why, route, status, code) => {
    const { stack, browser } = await withLostCode();
    stack.simulator.faults.add({ route, nth: 1, phase: "before", action: { type: "status", status } });
    expect(await refused(browser, "renewRecoveryCode")).toBe(code);
    expect((await browser.view()).flow).toMatchObject(LOST);
    expect((await done(browser, "renewRecoveryCode")).flow).toMatchObject({ state: "to_save" });
  });
});

test("somebody who has a recovery code is given no other", async () => {
  const { stack, browser } = await visitBy("robin@example.com", { env });
  await confirmed(stack, browser, await started(browser));
  expect((await done(browser, "renewRecoveryCode")).flow).toMatchObject({ state: "to_save" });
  expect(ledgerCount(stack, "recoveryCodeIssued")).toBe(1);
  await saved(browser);
  await enrolled(stack, browser, { channel: "email", contact: "robin.two@example.net" });
  expect(await refused(browser, "renewRecoveryCode")).toBe("no_recovery_code");
});
