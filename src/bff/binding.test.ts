import { describe, expect, test } from "vitest";
import { challengeIn, done, ledgerCount, MAILBOX, PHONE, refused, started, visitBy } from "../journeys/errands.ts";
import { type Browser, createStack } from "../journeys/stack.ts";

/** What only the BFF may say to the tenant, and what only the tenant may say of a person. */
const OURS_TO_SAY = [
  "oob_code",
  "mfa_token",
  "client_id",
  "client_secret",
  "grant_type",
  "audience",
  "sub",
  "verified",
  "active",
];

describe("a code", () => {
  test("of somebody else's enrollment is a wrong one", async () => {
    const stack = createStack();
    const people = ["robin@example.com", "toni@example.com", "sasha@example.com"];
    const pending = [];
    for (const [index, username] of people.entries()) {
      const browser = stack.browser();
      await browser.signInByPassword(username);
      const contact = `+1202555014${index}`;
      const { enrollmentId } = await started(browser, { channel: "sms", contact });
      pending.push({ browser, enrollmentId, code: stack.code(contact) });
    }
    for (const { browser, enrollmentId, code } of pending) {
      for (const other of pending.filter((one) => one.code !== code)) {
        expect(await refused(browser, "confirm", { enrollmentId, code: other.code })).toBe("wrong_code");
        // Their enrollment is none of ours, with either code.
        expect(await refused(browser, "confirm", { enrollmentId: other.enrollmentId, code: other.code })).toBe(
          "enrollment_over",
        );
      }
    }
    expect(ledgerCount(stack, "confirm")).toBe(0);
  });

  test("of one method does not confirm another", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await started(browser);
    const texted = stack.code(PHONE);
    const { enrollmentId } = await started(browser, { channel: "email", contact: MAILBOX });
    expect(await refused(browser, "confirm", { enrollmentId, code: texted })).toBe("wrong_code");
    expect(ledgerCount(stack, "confirm")).toBe(0);
  });

  test("that was sent as a proof does not confirm a method, nor the other way about", async () => {
    const { stack, browser, view } = await visitBy("kim@example.com");
    const authenticatorId = view.authenticators?.items[0]?.id;
    const challengeId = challengeIn(await done(browser, "challenge", { with: "authenticator", authenticatorId }));
    const code = stack.code();
    expect(await refused(browser, "confirm", { enrollmentId: challengeId, code })).toBe("enrollment_over");
    await done(browser, "verify", { challengeId, code });
    const { enrollmentId } = await started(browser);
    expect(await refused(browser, "verify", { challengeId: enrollmentId, code: stack.code() })).toBe("challenge_over");
    expect(ledgerCount(stack, "confirm")).toBe(0);
  });

  test.each(OURS_TO_SAY)("is not taken with a %s beside it, and nothing else is either", async (name) => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const asked: [Parameters<Browser["call"]>[0], object][] = [
      ["confirm", { enrollmentId, code: stack.code() }],
      ["start", { channel: "email", contact: MAILBOX }],
      ["resend", { enrollmentId }],
      ["remove", { authenticatorId: "a" }],
      ["challenge", { with: "recovery_code" }],
      ["verify", { challengeId: "a", code: "123456" }],
      ["cancel", {}],
      ["recoveryCode", {}],
      ["acknowledge", {}],
      ["renewRecoveryCode", {}],
      ["endOtherSessions", {}],
      ["signOut", {}],
      ["signIn", { way: "redirect", returnTo: "/" }],
    ];
    const did = stack.simulator.ledger.list();
    for (const [route, body] of asked) {
      expect(await refused(browser, route, { ...body, [name]: "true" }), route).toBe("invalid_request");
    }
    expect(stack.simulator.ledger.list()).toEqual(did);
  });
});
