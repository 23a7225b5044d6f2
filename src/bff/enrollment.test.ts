import { describe, expect, test } from "vitest";
import {
  confirmed,
  done,
  enrolled,
  ledgerCount,
  MAILBOX,
  OTHER_PHONE,
  pendingIn,
  PHONE,
  refused,
  started,
  visitBy,
  wrongCode,
} from "../journeys/errands.ts";
import { createStack } from "../journeys/stack.ts";

const MINUTE = 60_000;

describe("each channel", () => {
  test("someone without a method enrolls a number by text and gets the recovery code once it is confirmed", async () => {
    const { stack, browser, view } = await visitBy("robin@example.com");
    expect(view.authenticators?.items).toEqual([]);
    const pending = await started(browser);
    expect(pending).toMatchObject({
      channel: "sms",
      status: "code_sent",
      attemptsLeft: 5,
      sendsLeft: 3,
      sibling: "voice",
      replaces: null,
      newerMessageLost: false,
    });
    expect(pending.codeExpiresAt).toBe(stack.clock.now() + 5 * MINUTE);
    expect(pending.resendAt).toBe(stack.clock.now() + 30_000);
    const view2 = await confirmed(stack, browser, pending, PHONE);
    expect(view2.authenticators?.items).toMatchObject([
      { channels: ["sms", "voice"], contact: "••••\u00a00147", automatic: false },
    ]);
    expect(view2.flow).toMatchObject({
      step: "recovery_code",
      state: "to_save",
      needsProof: false,
      authenticator: { channels: ["sms", "voice"] },
    });
  });

  test("someone who is called gets the same row, text before call", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser, { channel: "voice", contact: PHONE });
    expect(pending).toMatchObject({ channel: "voice", sibling: "sms" });
    expect(stack.simulator.outbox.list()).toMatchObject([{ channel: "voice", to: PHONE }]);
    const view = await confirmed(stack, browser, pending);
    expect(view.authenticators?.items).toMatchObject([{ channels: ["sms", "voice"] }]);
  });

  test("someone who enrolled by call can be texted to prove it: each of the two goes to its own entry", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser, { channel: "voice", contact: PHONE });
    const view = await browser.signInByPassword("robin@example.com");
    const authenticatorId = view.authenticators?.items[0]?.id;
    await done(browser, "challenge", { with: "authenticator", authenticatorId, channel: "sms" });
    expect(stack.simulator.outbox.list().at(-1)).toMatchObject({ channel: "sms" });
  });

  test("someone who picks email gets an address enrolled, with a mailbox's budget of its own", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser, { channel: "email", contact: MAILBOX });
    expect(pending).toMatchObject({ channel: "email", sibling: null, sendsLeft: 3 });
    expect(pending.contact).not.toBe(MAILBOX);
    const view = await confirmed(stack, browser, pending);
    expect(view.authenticators?.items).toMatchObject([{ channels: ["email"], automatic: false }]);
  });

  test("the verified primary address is listed by itself and another one beside it is not taken for it", async () => {
    const { stack, browser, view } = await visitBy("sasha@example.com");
    expect(view.authenticators?.items).toMatchObject([{ channels: ["email"], automatic: true }]);
    // Both have the mask `sash****@exam*******`.
    const after = await enrolled(stack, browser, { channel: "email", contact: "sasha.two@example.org" });
    expect(after.authenticators?.items.map(({ automatic }) => automatic).toSorted()).toEqual([false, true]);
  });

  test("where only one kind of phone message is on, the other is found out once and not offered again", async () => {
    const { stack, browser } = await visitBy("robin@example.com", {
      tenant: { phoneMessageTypes: { sms: true, voice: false } },
    });
    const { problem } = await browser.call("start", { channel: "voice", contact: PHONE });
    expect(problem).toMatchObject({ code: "channel_off", channel: "voice" });
    expect((await browser.view()).channels).toEqual(["sms", "email"]);
    expect(await started(browser)).toMatchObject({ channel: "sms", sibling: null });
    await stack.clock.advance(10 * MINUTE);
    expect((await browser.view()).channels).toEqual(["sms", "voice", "email"]);
  });

  test("a switch to a channel that turns out to be off leaves the first message's code usable", async () => {
    const { stack, browser } = await visitBy("robin@example.com", {
      tenant: { phoneMessageTypes: { sms: true, voice: false } },
    });
    const pending = await started(browser);
    const { problem } = await browser.call("resend", { enrollmentId: pending.enrollmentId, channel: "voice" });
    expect(problem).toMatchObject({ code: "channel_off", channel: "voice" });
    expect(pendingIn(await browser.view())).toMatchObject({ channel: "sms", status: "code_sent", sibling: null });
    expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
  });

  test("an authenticator app and push are not offered for enrollment", async () => {
    const { browser } = await visitBy("robin@example.com");
    expect((await browser.call("start", { channel: "otp" })).problem).toMatchObject({ code: "channel_off" });
    expect((await browser.call("start", { channel: "push" })).problem).toMatchObject({ code: "channel_off" });
  });

  test("a number that the plan or the tenant refuses is told as that, and nothing was sent", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const call = (contact: string) => browser.call("start", { channel: "sms", contact });
    expect((await call("+1202")).problem).toMatchObject({ code: "invalid_phone", reason: "too_short" });
    expect((await call("+18002345678")).problem).toMatchObject({ code: "invalid_phone", reason: "toll_free" });
    expect((await call("+12025550190")).problem).toMatchObject({ code: "contact_refused", channel: "sms" });
    const email = await browser.call("start", { channel: "email", contact: "nobody" });
    expect(email.problem).toMatchObject({ code: "invalid_email", reason: "no_at" });
    const mailbox = await browser.call("start", { channel: "email", contact: "invalid@example.com" });
    expect(mailbox.problem).toMatchObject({ code: "contact_refused", channel: "email" });
    expect(ledgerCount(stack, "send")).toBe(0);
    expect(await started(browser)).toMatchObject({ sendsLeft: 3 });
  });
});

describe("another message", () => {
  test("someone who asks again after the wait gets a new code, and the earlier one is not it any more", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const earlier = stack.code();
    await stack.clock.advance(30_000);
    const again = pendingIn(await done(browser, "resend", { enrollmentId }));
    expect(again).toMatchObject({ enrollmentId, sendsLeft: 2, attemptsLeft: 5 });
    expect(again.resendAt).toBe(stack.clock.now() + MINUTE);
    expect(await refused(browser, "confirm", { enrollmentId, code: earlier })).toBe("wrong_code");
    expect((await confirmed(stack, browser, again)).flow.step).toBe("recovery_code");
  });

  test("someone who asks too soon is told from when, and nothing is sent", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId, resendAt } = await started(browser);
    const { problem } = await browser.call("resend", { enrollmentId });
    expect(problem).toMatchObject({ code: "resend_too_soon", retryAt: resendAt });
    expect(ledgerCount(stack, "send")).toBe(1);
  });

  test("the first switch to a call need not wait, but going to and fro is no way around the wait", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const called = pendingIn(await done(browser, "resend", { enrollmentId, channel: "voice" }));
    expect(called).toMatchObject({ enrollmentId, channel: "voice", sibling: "sms", sendsLeft: 2 });
    expect(await refused(browser, "resend", { enrollmentId, channel: "sms" })).toBe("resend_too_soon");
    expect(await refused(browser, "resend", { enrollmentId, channel: "email" })).toBe("invalid_request");
    expect((await confirmed(stack, browser, called)).authenticators?.items).toHaveLength(1);
  });

  test("an enrollment has four messages, and the fifth is refused with the instant from which it goes on", async () => {
    const { stack, browser } = await visitBy("robin@example.com", {
      env: { MFA_TOKEN_SECONDS: "600" },
      tenant: { seconds: { mfaJwt: 3600 } },
    });
    const { enrollmentId } = await started(browser);
    for (const wait of [30, 60, 120]) {
      await stack.clock.advance(wait * 1000);
      await done(browser, "resend", { enrollmentId });
    }
    await stack.clock.advance(240_000);
    const { problem } = await browser.call("resend", { enrollmentId });
    expect(problem).toMatchObject({ code: "too_many_messages", channel: "sms" });
    expect(ledgerCount(stack, "send")).toBe(4);
  });

  test("an account has five messages to phones in an hour, whoever signs in and by whatever number", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const numbers = [0, 1, 2, 3, 4, 5].map((digit) => `+1202555014${digit}`);
    for (const contact of numbers.slice(0, 3)) await started(browser, { channel: "sms", contact });
    const other = stack.browser();
    await other.signInByPassword("robin@example.com");
    await started(other, { channel: "sms", contact: numbers[3] ?? "" });
    await done(browser, "signOut");
    await browser.signInByPassword("robin@example.com");
    expect(await started(browser, { channel: "voice", contact: numbers[4] ?? "" })).toMatchObject({ sendsLeft: 0 });
    const { problem } = await browser.call("start", { channel: "sms", contact: numbers[5] });
    expect(problem).toMatchObject({ code: "too_many_messages", retryAt: stack.clock.now() + 60 * MINUTE });
    expect(ledgerCount(stack, "send")).toBe(5);
    expect(await started(browser, { channel: "email", contact: MAILBOX })).toMatchObject({ sendsLeft: 3 });
  });

  test("someone who presses start twice for one number is sent one message", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const first = await started(browser);
    expect(await started(browser)).toEqual(first);
    expect(ledgerCount(stack, "send")).toBe(1);
    await stack.clock.advance(30_000);
    expect(await started(browser)).toMatchObject({ enrollmentId: first.enrollmentId, sendsLeft: 2 });
  });

  test("the tenant's own no to more messages is believed for as long as it says", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { tenant: { retryAfter: true } });
    const { problem } = await browser.call("start", { channel: "sms", contact: "+12025550192" });
    expect(problem).toMatchObject({ code: "too_many_messages", retryAt: stack.clock.now() + 60 * MINUTE });
    expect((await browser.call("start", { channel: "sms", contact: PHONE })).problem?.code).toBe("too_many_messages");
  });

  test("a code that would outlive its credential is not sent: a proof comes first", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await stack.clock.advance(4 * MINUTE);
    const { enrollmentId } = await started(browser);
    await stack.clock.advance(4.5 * MINUTE);
    expect(await refused(browser, "resend", { enrollmentId })).toBe("proof_needed");
    expect(ledgerCount(stack, "send")).toBe(1);
  });

  test("the deadline of a code is never later than its credential's end", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { tenant: { policy: "always" } });
    await stack.clock.advance(2 * MINUTE);
    const { codeExpiresAt } = await started(browser);
    // An mfa_token is trusted for five minutes; five seconds are left to hand the code in.
    expect(codeExpiresAt).toBe(stack.clock.now() + 3 * MINUTE - 5000);
  });
});

describe("wrong and late codes", () => {
  test("someone has five tries for a message, is told how many are left, and the sixth does not reach the tenant", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const pending = await started(browser);
    const { enrollmentId } = pending;
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      const { problem } = await browser.call("confirm", { enrollmentId, code: wrongCode(stack) });
      expect(problem).toMatchObject({ code: "wrong_code", attemptsLeft });
    }
    expect(pendingIn(await browser.view()).attemptsLeft).toBe(0);
    const { problem } = await browser.call("confirm", { enrollmentId, code: stack.code() });
    // Another message brings other tries.
    expect(problem).toMatchObject({ code: "too_many_codes", retryAt: pending.resendAt });
    expect(ledgerCount(stack, "codeRefused")).toBe(5);
    await stack.clock.advance(30_000);
    expect(pendingIn(await done(browser, "resend", { enrollmentId })).attemptsLeft).toBe(3);
    expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
  });

  test("an account has eight tries in an hour, over two visits and a new sign-in", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId, resendAt } = await started(browser);
    const triedAt = stack.clock.now();
    for (let count = 0; count < 4; count += 1) {
      await browser.call("confirm", { enrollmentId, code: wrongCode(stack) });
    }
    const other = stack.browser();
    await other.signInByPassword("robin@example.com");
    const second = await started(other, { channel: "sms", contact: OTHER_PHONE });
    for (let count = 0; count < 3; count += 1) {
      await other.call("confirm", { enrollmentId: second.enrollmentId, code: wrongCode(stack) });
    }
    await done(browser, "signOut");
    await browser.signInByPassword("robin@example.com");
    await stack.clock.advance(resendAt - stack.clock.now());
    const third = await started(browser);
    expect(third.attemptsLeft).toBe(1);
    const body = { enrollmentId: third.enrollmentId, code: wrongCode(stack) };
    expect((await browser.call("confirm", body)).problem).toMatchObject({ code: "wrong_code", attemptsLeft: 0 });
    const { problem } = await browser.call("confirm", { ...body, code: stack.code() });
    expect(problem).toMatchObject({ code: "too_many_codes", retryAt: triedAt + 60 * MINUTE });
    expect(ledgerCount(stack, "codeRefused")).toBe(8);
  });

  test("right codes cost nothing: somebody may enroll many methods in an hour", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { env: { MFA_SENDS_PER_HOUR: "20" } });
    for (let count = 0; count < 9; count += 1) {
      await enrolled(stack, browser, { channel: "email", contact: `robin.${count}@example.net` });
    }
    expect(ledgerCount(stack, "confirm")).toBe(9);
  });

  test("someone whose code expired is told so before the tenant is, and gets a new one without retyping the number", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    await stack.clock.advance(5 * MINUTE);
    expect(await refused(browser, "confirm", { enrollmentId, code: stack.code() })).toBe("code_expired");
    expect(ledgerCount(stack, "codeRefused")).toBe(0);
    const again = pendingIn(await done(browser, "resend", { enrollmentId }));
    expect(again).toMatchObject({ attemptsLeft: 5 });
    expect((await confirmed(stack, browser, again)).flow.step).toBe("recovery_code");
  });

  test("a code that the tenant finds too old costs no try", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { tenant: { seconds: { oobCode: 60 } } });
    const { enrollmentId } = await started(browser);
    await stack.clock.advance(MINUTE);
    expect(await refused(browser, "confirm", { enrollmentId, code: stack.code() })).toBe("code_expired");
    const pending = pendingIn(await browser.view());
    expect(pending).toMatchObject({ attemptsLeft: 5, codeExpiresAt: stack.clock.now() });
  });

  test("someone whom the tenant has locked is told until when, by the tenant's longest known wait", async () => {
    const { stack, browser } = await visitBy("jules@example.com");
    const { enrollmentId } = await started(browser);
    const { problem } = await browser.call("confirm", { enrollmentId, code: stack.code() });
    expect(problem).toMatchObject({ code: "too_many_codes", retryAt: stack.clock.now() + 6 * MINUTE });
    expect(pendingIn(await browser.view()).attemptsLeft).toBe(0);
  });
});

describe("change, cancel, replace", () => {
  test("someone who changes the number has one pending enrollment, and the earlier code is of no use", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const first = await started(browser);
    const firstCode = stack.code();
    const second = await started(browser, { channel: "sms", contact: OTHER_PHONE });
    expect(second.enrollmentId).not.toBe(first.enrollmentId);
    const late = { enrollmentId: first.enrollmentId, code: firstCode };
    expect(await refused(browser, "confirm", late)).toBe("enrollment_over");
    const view = await confirmed(stack, browser, second, OTHER_PHONE);
    expect(view.authenticators?.items).toMatchObject([{ contact: "••••\u00a00148" }]);
  });

  test("someone whose new number is refused goes on with the earlier one", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const first = await started(browser);
    expect(await refused(browser, "start", { channel: "sms", contact: "+12025550190" })).toBe("contact_refused");
    expect(pendingIn(await browser.view()).enrollmentId).toBe(first.enrollmentId);
    expect((await confirmed(stack, browser, first)).authenticators?.items).toMatchObject([
      { contact: "••••\u00a00147" },
    ]);
  });

  test("someone who cancels is where they began, and the code does nothing any more", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const view = await done(browser, "cancel", { enrollmentId });
    expect(view).toMatchObject({ flow: { step: "idle" }, draft: null });
    expect(await refused(browser, "confirm", { enrollmentId, code: stack.code() })).toBe("enrollment_over");
    expect(await refused(browser, "contact")).toBe("enrollment_over");
    expect(ledgerCount(stack, "confirm")).toBe(0);
  });

  test("someone who cancels what they have only typed forgets the draft, and leaves a pending enrollment alone", async () => {
    const { browser } = await visitBy("kim@example.com");
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("proof_needed");
    expect((await done(browser, "cancel")).draft).toBeNull();
    expect(await refused(browser, "contact")).toBe("enrollment_over");

    const other = await visitBy("robin@example.com");
    const { enrollmentId } = await started(other.browser);
    expect(pendingIn(await done(other.browser, "cancel")).enrollmentId).toBe(enrollmentId);
  });

  test("someone who replaces a method loses the old one only when the new one works", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const first = await enrolled(stack, browser);
    const replaces = first.authenticators?.items[0]?.id ?? "";
    const pending = await started(browser, { channel: "sms", contact: OTHER_PHONE, replaces });
    expect(pending.replaces).toBe(replaces);
    expect((await browser.view()).authenticators?.items).toMatchObject([{ contact: "••••\u00a00147" }]);
    const view = await confirmed(stack, browser, pending);
    expect(view.authenticators?.items).toMatchObject([{ contact: "••••\u00a00148" }]);
    expect(ledgerCount(stack, "delete")).toBe(1);
  });

  test("what the tenant lists by itself is not replaced, nor what is not there", async () => {
    const { stack, browser, view } = await visitBy("sasha@example.com");
    const replaces = view.authenticators?.items[0]?.id;
    const start = { channel: "email", contact: MAILBOX };
    expect(await refused(browser, "start", { ...start, replaces })).toBe("automatic_authenticator");
    expect(await refused(browser, "start", { ...start, replaces: "nothing" })).toBe("not_enrolled");
    expect(ledgerCount(stack, "send")).toBe(0);
  });
});

describe("what was typed", () => {
  test("the full contact comes back from one answer, to the visit that typed it", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await started(browser);
    expect(await done(browser, "contact")).toEqual({ channel: "sms", contact: PHONE });
    const other = stack.browser();
    await other.signInByPassword("robin@example.com");
    expect(await refused(other, "contact")).toBe("enrollment_over");
    expect((await other.view()).flow).toEqual({ step: "idle" });
    expect(await refused(stack.browser(), "contact")).toBe("signed_out");
  });

  test("someone whose credential ends under the code finds what they typed after a new proof, the replaced method included", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const first = await enrolled(stack, browser);
    const replaces = first.authenticators?.items[0]?.id ?? "";
    await started(browser, { channel: "sms", contact: OTHER_PHONE, replaces });
    await stack.clock.advance(10 * MINUTE);
    const late = await browser.view();
    expect(late).toMatchObject({ flow: { step: "idle" }, can: { add: "after_proof" }, proof: { by: "password" } });
    expect(late.draft).toMatchObject({ channel: "sms", replaces });
    const { answer } = await browser.call("signIn", { way: "password", password: "Enroll-Demo-1" });
    expect(answer).toMatchObject({ outcome: "signed_in", view: { draft: { channel: "sms", replaces } } });
    expect(await done(browser, "contact")).toEqual({ channel: "sms", contact: OTHER_PHONE });
  });

  test("the handles of the methods mean something to one visit alone", async () => {
    const stack = createStack();
    const handles = [];
    for (const browser of [stack.browser(), stack.browser()]) {
      const view = await browser.signInByPassword("kim@example.com");
      handles.push(view.authenticators?.items[0]?.id);
    }
    expect(new Set(handles).size).toBe(2);
  });
});
