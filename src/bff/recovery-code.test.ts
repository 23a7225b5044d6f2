import { describe, expect, test } from "vitest";
import {
  challengeIn,
  confirmed,
  done,
  enrolled,
  ledgerCount,
  OTHER_PHONE,
  PHONE,
  proven,
  refused,
  started,
  visitBy,
} from "../journeys/errands.ts";

const HOUR = 3_600_000;

function liveCode({ simulator }: Awaited<ReturnType<typeof visitBy>>["stack"], username = "robin@example.com") {
  return simulator.people.find(username)?.recoveryCode?.code;
}

describe("a recovery code that came with the first enrollment", () => {
  test("is shown as often as asked until it is acknowledged, and then never again", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser);
    expect(await refused(browser, "recoveryCode")).toBe("no_recovery_code");
    await confirmed(stack, browser, pending);
    for (let count = 0; count < 3; count += 1) {
      expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
    }
    expect((await done(browser, "acknowledge")).flow).toEqual({ step: "idle" });
    expect(await refused(browser, "recoveryCode")).toBe("no_recovery_code");
    expect((await browser.view()).flow).toEqual({ step: "idle" });
  });

  test("cannot be acknowledged before it was shown, and is still there after the attempt and a restart", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await confirmed(stack, browser, await started(browser));
    expect(await refused(browser, "acknowledge")).toBe("request_refused");
    stack.restart();
    expect(await refused(browser, "acknowledge")).toBe("request_refused");
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
    stack.restart();
    expect((await done(browser, "acknowledge")).flow).toEqual({ step: "idle" });
  });

  test("survives a resend, a changed number and a cancel, and is shown with whatever is confirmed at last", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const first = await started(browser);
    await stack.clock.advance(30_000);
    await done(browser, "resend", { enrollmentId: first.enrollmentId });
    await started(browser, { channel: "voice", contact: OTHER_PHONE });
    const third = await started(browser, { channel: "email", contact: "robin.other@example.net" });
    await done(browser, "cancel", { enrollmentId: third.enrollmentId });
    await confirmed(stack, browser, await started(browser, { channel: "email", contact: "robin.last@example.net" }));
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
  });

  test("survives a sign-out before the confirmation", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await started(browser);
    await done(browser, "signOut");
    await browser.signInByPassword("robin@example.com");
    await confirmed(stack, browser, await started(browser, { channel: "sms", contact: OTHER_PHONE }));
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
  });

  test("survives a sign-out after it, and is shown in the next visit after a proof", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await confirmed(stack, browser, await started(browser));
    await done(browser, "signOut");
    const view = await browser.signInByPassword("robin@example.com");
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "to_save", needsProof: true });
    expect(await refused(browser, "recoveryCode")).toBe("proof_needed");
    expect(await refused(browser, "acknowledge")).toBe("proof_needed");
    // The challenge is what the page shows next, although a recovery code waits behind it.
    const authenticatorId = view.authenticators?.items[0]?.id;
    const challenged = await done(browser, "challenge", { with: "authenticator", authenticatorId });
    const challengeId = challengeIn(challenged);
    const after = await done(browser, "verify", { challengeId, code: stack.code() });
    expect(after.flow).toMatchObject({ step: "recovery_code", needsProof: false });
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
    expect((await done(browser, "acknowledge")).flow).toEqual({ step: "idle" });
  });

  test("is out of reach of a visit that began before the method was there, and so is the method", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const earlier = stack.browser();
    await earlier.signInByPassword("robin@example.com");
    await stack.clock.advance(1000);
    await confirmed(stack, browser, await started(browser));
    const view = await earlier.view();
    expect(view).toMatchObject({ can: { add: "after_proof", remove: "after_proof" }, flow: { needsProof: true } });
    expect(await refused(earlier, "recoveryCode")).toBe("proof_needed");
    expect(await refused(earlier, "acknowledge")).toBe("proof_needed");
    const authenticatorId = view.authenticators?.items[0]?.id;
    expect(await refused(earlier, "remove", { authenticatorId })).toBe("proof_needed");
    expect(await refused(earlier, "start", { channel: "email", contact: "robin.other@example.net" })).toBe(
      "proof_needed",
    );
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
  });

  test("is shown in the next visit by redirect, which is a proof", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await confirmed(stack, browser, await started(browser));
    const other = stack.browser();
    const view = await other.signInByRedirect("robin@example.com");
    expect(view.flow).toMatchObject({ step: "recovery_code", needsProof: false });
    expect(await done(other, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
  });

  test("goes to nobody else, whoever uses the same browser", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await confirmed(stack, browser, await started(browser));
    const view = await browser.signInByPassword("sasha@example.com");
    expect(view.flow).toEqual({ step: "idle" });
    expect(await refused(browser, "recoveryCode")).toBe("no_recovery_code");
    await done(browser, "acknowledge");
    await browser.signInByRedirect("robin@example.com");
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
  });

  test("that nobody saves in eight hours is erased, and the person is told that it is lost", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await confirmed(stack, browser, await started(browser));
    await stack.clock.advance(8 * HOUR);
    const view = await browser.signInByRedirect("robin@example.com");
    expect(view.flow).toMatchObject({ step: "recovery_code", state: "lost", needsProof: false });
    expect(await refused(browser, "recoveryCode")).toBe("no_recovery_code");
    const told = { flow: { step: "idle" }, lostCode: { canRenew: false } };
    expect(await done(browser, "acknowledge")).toMatchObject(told);
    expect(await browser.view()).toMatchObject(told);
  });

  test("is the later one where the confirmation brings another", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { tenant: { rotateRecoveryCodeOnConfirm: true } });
    await confirmed(stack, browser, await started(browser));
    expect(ledgerCount(stack, "recoveryCodeIssued")).toBe(2);
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [liveCode(stack)] });
  });

  test("is not promised to somebody whose tenant gives none", async () => {
    const { stack, browser } = await visitBy("toni@example.com");
    const view = await confirmed(stack, browser, await started(browser));
    expect(view.flow).toEqual({ step: "idle" });
    expect(await refused(browser, "recoveryCode")).toBe("no_recovery_code");
  });

  test("comes with the first enrollment only", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser);
    const view = await confirmed(stack, browser, await started(browser, { channel: "sms", contact: OTHER_PHONE }));
    expect(view.flow).toEqual({ step: "idle" });
  });
});

describe("a recovery code as a proof", () => {
  const USED = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";

  test("is replaced by a new one, which is shown and acknowledged like the first", async () => {
    const { stack, browser } = await visitBy("kim@example.com");
    const challengeId = challengeIn(await done(browser, "challenge", { with: "recovery_code" }));
    const wrong = { challengeId, recoveryCode: "AAAAAAAAAAAAAAAAAAAAAAAA" };
    const { problem } = await browser.call("verify", wrong);
    expect(problem).toMatchObject({ code: "wrong_recovery_code", attemptsLeft: 4 });
    const view = await done(browser, "verify", { challengeId, recoveryCode: USED });
    expect(view).toMatchObject({
      can: { add: "yes", remove: "yes" },
      flow: { step: "recovery_code", needsProof: false },
    });
    const code = liveCode(stack, "kim@example.com");
    expect(code).not.toBe(USED);
    expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [code] });
    expect((await done(browser, "acknowledge")).flow).toEqual({ step: "idle" });
    expect((await enrolled(stack, browser)).authenticators?.items).toHaveLength(2);
  });

  test("whose replacement cannot be read is told as lost, for the one that was used is dead", async () => {
    const { stack, browser } = await visitBy("kim@example.com");
    const challengeId = challengeIn(await done(browser, "challenge", { with: "recovery_code" }));
    const kim = stack.simulator.people.find("kim@example.com");
    if (kim) kim.recoveryCodes = false;
    const view = await done(browser, "verify", { challengeId, recoveryCode: USED });
    expect(view).toMatchObject({ can: { add: "yes" }, flow: { step: "recovery_code", state: "lost" } });
  });
});

test("somebody who proves it is shown nothing of a recovery code that was never earned", async () => {
  const { stack, browser } = await visitBy("kim@example.com");
  expect((await proven(stack, browser)).flow).toEqual({ step: "idle" });
  expect((await started(browser, { channel: "sms", contact: PHONE })).status).toBe("code_sent");
});
