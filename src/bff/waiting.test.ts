import { describe, expect, test } from "vitest";
import {
  challengeIn,
  confirmed,
  done,
  enrolled,
  ledgerCount,
  OTHER_PHONE,
  PHONE,
  started,
  visitBy,
} from "../journeys/errands.ts";

const SECOND = 1_000;
const TEXT = { channel: "sms", contact: PHONE } as const;

describe("the wait between two messages to one contact", () => {
  test("doubles over enrollments that are given up and begun anew: 30, 60, 120, 240 seconds", async () => {
    const env = { MFA_SENDS_PER_CONTACT_TEN_MINUTES: "4" };
    const { stack, browser } = await visitBy("robin@example.com", { env });
    const { clock } = stack;
    for (const seconds of [30, 60, 120]) {
      const { enrollmentId, resendAt } = await started(browser, TEXT);
      expect(resendAt).toBe(clock.now() + seconds * SECOND);
      await done(browser, "cancel", { enrollmentId });
      await clock.advance(seconds * SECOND - 1);
      const { problem } = await browser.call("start", TEXT);
      expect(problem).toMatchObject({ code: "resend_too_soon", retryAt: clock.now() + 1 });
      await clock.advance(1);
    }
    expect((await started(browser, TEXT)).resendAt).toBe(clock.now() + 240 * SECOND);
    expect(ledgerCount(stack, "send")).toBe(4);
  });

  test("is the account's: another visit of the same person waits too", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await started(browser, TEXT);
    const other = stack.browser();
    await other.signInByPassword("robin@example.com");
    expect((await other.call("start", TEXT)).problem).toMatchObject({ code: "resend_too_soon" });
    expect(ledgerCount(stack, "send")).toBe(1);
  });

  test("is not got around by the other channel, of which the first switch alone is free", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const call = { ...TEXT, channel: "voice" };
    const { enrollmentId } = await started(browser, TEXT);
    await done(browser, "resend", { enrollmentId, channel: "voice" });
    await done(browser, "cancel", { enrollmentId });
    for (const again of [TEXT, call]) {
      const { problem } = await browser.call("start", again);
      expect(problem).toMatchObject({ code: "resend_too_soon", retryAt: stack.clock.now() + 60 * SECOND });
    }
  });

  test("is none for somebody who corrects the number", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser, TEXT);
    await done(browser, "cancel", { enrollmentId });
    await started(browser, { channel: "sms", contact: OTHER_PHONE });
    expect(ledgerCount(stack, "send")).toBe(2);
  });

  test("is over once a code was entered: a method can be removed and added again at once", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser, TEXT);
    const { authenticators } = await browser.view();
    await done(browser, "remove", { authenticatorId: authenticators?.items[0]?.id });
    await confirmed(stack, browser, await started(browser, TEXT));
    expect(ledgerCount(stack, "confirm")).toBe(2);
  });

  test("is kept when a proof is given up and asked for anew, and the page is told the truth of it", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com");
    const method = view.proof?.by === "challenge" ? view.proof.methods[0]?.id : undefined;
    const ask = () => browser.call("challenge", { with: "authenticator", authenticatorId: method, channel: "sms" });
    for (const seconds of [30, 60]) {
      const { answer } = await ask();
      challengeIn(answer);
      const resendAt = stack.clock.now() + seconds * SECOND;
      expect(answer?.flow).toMatchObject({ challenge: { resendAt } });
      await done(browser, "cancel");
      expect((await ask()).problem).toMatchObject({ code: "resend_too_soon", retryAt: resendAt });
      await stack.clock.advance(seconds * SECOND);
    }
    expect(ledgerCount(stack, "send")).toBe(2);
  });
});
