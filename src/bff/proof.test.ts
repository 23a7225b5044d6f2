import { describe, expect, test } from "vitest";
import {
  challengeIn,
  done,
  enrolled,
  ledgerCount,
  PHONE,
  proven,
  refused,
  visitBy,
  wrongCode,
} from "../journeys/errands.ts";
import { createStack } from "../journeys/stack.ts";
import type { PersonSeed } from "../simulator/people.ts";
import { totpCode } from "../simulator/totp.ts";

const MINUTE = 60_000;
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/** Somebody with every kind of method. */
const ALEX: PersonSeed = {
  subject: "auth0|alex",
  name: "Alex",
  email: "alex@example.com",
  emailVerified: true,
  phone: "+12025550133",
  totpSecret: SECRET,
  pushDevice: "Alex's phone",
  recoveryCode: "K7M2P9Q4R8S3T6V5W1X2Y9ZA",
};

async function alexAt(channel: "sms" | "voice" | "email" | "otp" | "push") {
  const visit = await visitBy("alex@example.com", { people: [ALEX] });
  const { view } = visit;
  const methods = view.proof?.by === "challenge" ? view.proof.methods : [];
  const authenticatorId = methods.find(({ channels }) => channels.includes(channel))?.id;
  const open = () => visit.browser.call("challenge", { with: "authenticator", authenticatorId, channel });
  return { ...visit, methods, open };
}

describe("someone proves in the page who they are", () => {
  test.each(["sms", "voice", "email"] as const)("with a code by %s", async (channel) => {
    const { stack, browser, open } = await alexAt(channel);
    const { answer } = await open();
    expect(answer?.flow).toMatchObject({ step: "proof", challenge: { channel, attemptsLeft: 5, sendsLeft: 3 } });
    expect(stack.simulator.outbox.list()).toMatchObject([{ channel }]);
    const view = await done(browser, "verify", { challengeId: challengeIn(answer), code: stack.code() });
    expect(view).toMatchObject({ can: { add: "yes", remove: "yes" }, proof: null, flow: { step: "idle" } });
    expect(view.authenticators?.items.length).toBeGreaterThan(2);
  });

  test("with the authenticator app, for which nothing is sent", async () => {
    const { stack, browser, open } = await alexAt("otp");
    const challengeId = challengeIn((await open()).answer);
    const { problem } = await browser.call("verify", { challengeId, code: wrongCode(stack) });
    expect(problem).toMatchObject({ code: "wrong_code", attemptsLeft: 4 });
    const view = await done(browser, "verify", { challengeId, code: totpCode(SECRET, stack.clock.now()) });
    expect(view.can.add).toBe("yes");
    expect(ledgerCount(stack, "send")).toBe(0);
  });

  test("with a push, which is asked after until it is answered, and costs no try", async () => {
    const { stack, browser, open } = await alexAt("push");
    const { answer } = await open();
    expect(answer?.flow).toMatchObject({ challenge: { channel: "push", pollAfterSeconds: 5 } });
    const challengeId = challengeIn(answer);
    expect((await done(browser, "verify", { challengeId })).flow.step).toBe("proof");
    stack.simulator.settings.pollSeconds = 5;
    expect((await done(browser, "verify", { challengeId })).flow).toMatchObject({
      challenge: { pollAfterSeconds: 10 },
    });
    stack.simulator.push.answer({ subject: ALEX.subject, approve: true });
    await stack.clock.advance(10_000);
    expect((await done(browser, "verify", { challengeId })).can.add).toBe("yes");
  });

  test("and is told when the push was rejected on the phone, and may choose again", async () => {
    const { stack, browser, open } = await alexAt("push");
    const challengeId = challengeIn((await open()).answer);
    stack.simulator.push.answer({ subject: ALEX.subject, approve: false });
    expect(await refused(browser, "verify", { challengeId })).toBe("push_rejected");
    expect(await browser.view()).toMatchObject({
      flow: { step: "idle" },
      proof: { by: "challenge", recoveryCode: true },
    });
  });

  test("with every method they have, one row each", async () => {
    const { methods } = await alexAt("sms");
    // The Guardian app brings an authenticator app of its own.
    const channels = methods.map((method) => method.channels);
    expect(channels).toEqual([["sms", "voice"], ["otp"], ["push"], ["otp"], ["email"]]);
  });
});

describe("a challenge", () => {
  test("that is asked for again sends another code after the wait, with the same counts", async () => {
    const { stack, browser, open } = await alexAt("sms");
    const challengeId = challengeIn((await open()).answer);
    await browser.call("verify", { challengeId, code: wrongCode(stack) });
    expect((await open()).problem).toMatchObject({ code: "resend_too_soon", retryAt: stack.clock.now() + 30_000 });
    await stack.clock.advance(30_000);
    const { answer } = await open();
    expect(answer?.flow).toMatchObject({ challenge: { challengeId, sendsLeft: 2, attemptsLeft: 5 } });
    expect((await done(browser, "verify", { challengeId, code: stack.code() })).can.add).toBe("yes");
  });

  test("has five tries, and guesses that arrive together do not share one", async () => {
    const { stack, browser, open } = await alexAt("sms");
    const challengeId = challengeIn((await open()).answer);
    const guess = () => browser.call("verify", { challengeId, code: wrongCode(stack) });
    const guesses = Promise.all(Array.from({ length: 20 }, guess));
    await stack.clock.advance(5_000);
    const codes = (await guesses).map(({ problem }) => problem?.code);
    expect(codes.filter((code) => code === "wrong_code")).toHaveLength(5);
    expect(codes.filter((code) => code === "too_many_codes")).toHaveLength(15);
    expect(ledgerCount(stack, "codeRefused")).toBe(5);
    // From when there are tries again: with the next code, which can be asked for half a minute after this one.
    const triesAgainAt = stack.clock.now() + 25_000;
    expect((await browser.view()).flow).toMatchObject({ challenge: { attemptsLeft: 0, triesAgainAt } });
  });

  test("ends with the credential it was opened with, and five seconds before a code could be of no use", async () => {
    const { stack, browser, open } = await alexAt("sms");
    await stack.clock.advance(2 * MINUTE);
    const { answer } = await open();
    expect(answer?.flow).toMatchObject({ challenge: { codeExpiresAt: stack.clock.now() + 3 * MINUTE - 5000 } });
    const challengeId = challengeIn(answer);
    await stack.clock.advance(3 * MINUTE - 5000);
    expect(await refused(browser, "verify", { challengeId, code: stack.code() })).toBe("code_expired");
    await stack.clock.advance(5000);
    expect(await browser.view()).toMatchObject({ flow: { step: "idle" }, proof: { by: "password" } });
    expect(await refused(browser, "verify", { challengeId, code: stack.code() })).toBe("proof_needed");
    expect((await open()).problem?.code).toBe("proof_needed");
  });

  test("is for a method that is there", async () => {
    const { browser } = await alexAt("sms");
    const ask = (authenticatorId: string, channel?: string) =>
      refused(browser, "challenge", { with: "authenticator", authenticatorId, ...(channel ? { channel } : {}) });
    expect(await ask("nothing")).toBe("not_enrolled");
    const view = await browser.view();
    expect(await ask(view.authenticators?.items[0]?.id ?? "", "email")).toBe("not_enrolled");
  });

  test("wants the kind of answer it was opened for", async () => {
    const { browser, open } = await alexAt("sms");
    const challengeId = challengeIn((await open()).answer);
    const recoveryCode = ALEX.recoveryCode;
    expect(await refused(browser, "verify", { challengeId, recoveryCode })).toBe("invalid_request");
    expect(await refused(browser, "verify", { challengeId })).toBe("invalid_request");
  });

  test("that is cancelled leaves the person where they were, unproven", async () => {
    const { browser, open } = await alexAt("sms");
    await open();
    expect(await done(browser, "cancel")).toMatchObject({ flow: { step: "idle" }, can: { add: "after_proof" } });
  });
});

describe("a proof grows old", () => {
  test("after five minutes it is asked for again, and the password with the code in the page gives it", async () => {
    const { stack, browser } = await visitBy("kim@example.com");
    await proven(stack, browser);
    await stack.clock.advance(5 * MINUTE);
    const late = await browser.view();
    expect(late).toMatchObject({ can: { list: "yes", add: "after_proof" }, proof: { by: "password" } });
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("proof_needed");
    const { answer } = await browser.call("signIn", { way: "password", password: "Enroll-Demo-1" });
    expect(answer).toMatchObject({ view: { can: { add: "after_proof" }, proof: { by: "challenge" } } });
    const view = await proven(stack, browser);
    expect(view).toMatchObject({ can: { add: "yes" }, draft: { channel: "sms" } });
    expect((await enrolled(stack, browser)).authenticators?.items).toHaveLength(2);
  });

  test("someone who came by redirect goes out and back, and finds what they typed", async () => {
    const stack = createStack();
    const browser = stack.browser();
    await browser.signInByRedirect("kim@example.com");
    const before = await browser.view();
    await stack.clock.advance(5 * MINUTE);
    const draft = { channel: "email", contact: "kim.other@example.net", replaces: before.authenticators?.items[0]?.id };
    expect((await browser.view()).proof).toEqual({ by: "redirect" });
    const { answer } = await browser.call("signIn", { way: "redirect", returnTo: "/settings", draft });
    expect(answer?.outcome === "leave" && new URL(answer.location).searchParams.get("max_age")).toBe("0");
    const view = await browser.signInByRedirect("kim@example.com", { returnTo: "/settings", draft });
    expect(view).toMatchObject({ can: { add: "yes" }, proof: null });
    expect(view.draft).toMatchObject({ channel: "email", replaces: draft.replaces });
    expect(view.draft?.contact).not.toBe(draft.contact);
    expect(await done(browser, "contact")).toEqual({ channel: "email", contact: draft.contact });
  });

  test("after ten minutes the list is what was known last, with its instant", async () => {
    const { stack, browser, view } = await visitBy("sasha@example.com");
    await stack.clock.advance(10 * MINUTE);
    const late = await browser.view();
    expect(late.authenticators).toEqual(view.authenticators);
    expect(late.can).toEqual({ list: "after_proof", add: "after_proof", remove: "after_proof" });
  });
});
