import { expect, test } from "vitest";
import type { ProblemCode } from "../contract/problem.ts";
import type { RouteName } from "../contract/routes.ts";
import { enrolled, OTHER_PHONE, PHONE, refused, started, visitBy } from "../journeys/errands.ts";
import { createStack } from "../journeys/stack.ts";

/** Five minutes, after which a proof is none any more, and a second. */
const STALE_MS = 301_000;

test("a copied cookie without a fresh proof changes nothing, shows nothing and spends nothing of the owner's", async () => {
  const { stack, browser } = await visitBy("robin@example.com");
  const view = await enrolled(stack, browser);
  await stack.clock.advance(STALE_MS);
  const thief = stack.browser();
  for (const [name, value] of browser.jar) thief.jar.set(name, value);
  const did = stack.simulator.ledger.list();
  const asked: [RouteName, unknown, ProblemCode][] = [
    ["start", { channel: "sms", contact: OTHER_PHONE }, "proof_needed"],
    ["remove", { authenticatorId: view.authenticators?.items[0]?.id }, "proof_needed"],
    ["challenge", { with: "authenticator", authenticatorId: view.authenticators?.items[0]?.id }, "proof_needed"],
    ["challenge", { with: "recovery_code" }, "proof_needed"],
    ["verify", { challengeId: "a", code: "123456" }, "challenge_over"],
    ["confirm", { enrollmentId: "a", code: "123456" }, "enrollment_over"],
    ["resend", { enrollmentId: "a" }, "enrollment_over"],
    ["recoveryCode", {}, "no_recovery_code"],
  ];
  for (const [name, body, code] of asked) expect(await refused(thief, name, body), name).toBe(code);
  expect(stack.simulator.ledger.list()).toEqual(did);

  const owner = stack.browser();
  await owner.signInByRedirect("robin@example.com");
  // The hour has five messages: one went to the first method, one to this. Had the thief spent one, two would be left.
  expect(await started(owner, { channel: "sms", contact: OTHER_PHONE })).toMatchObject({
    attemptsLeft: 5,
    sendsLeft: 3,
  });
});

test("somebody who has no method yet must have signed in within five minutes to add the first one", async () => {
  const { stack, browser } = await visitBy("robin@example.com");
  await stack.clock.advance(STALE_MS - 1_001);
  expect((await browser.view()).can.add).toBe("yes");
  await stack.clock.advance(1_001);
  expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("proof_needed");
  expect(stack.simulator.ledger.list("send")).toEqual([]);
});

test("two visits of one person who add at the same time add one method: the earlier one is told that it is over", async () => {
  const stack = createStack();
  const visits = [stack.browser(), stack.browser()];
  for (const browser of visits) await browser.signInByPassword("robin@example.com");
  const [first, second] = visits;
  if (!first || !second) throw new Error("There are two.");
  const one = await started(first, { channel: "sms", contact: PHONE });
  const other = await started(second, { channel: "sms", contact: OTHER_PHONE });
  const outcomes = await Promise.all([
    refused(first, "confirm", { enrollmentId: one.enrollmentId, code: stack.code(PHONE) }),
    refused(second, "confirm", { enrollmentId: other.enrollmentId, code: stack.code(OTHER_PHONE) }),
  ]);
  expect(outcomes).toEqual(["enrollment_over", null]);
  expect(stack.simulator.ledger.list("confirm")).toHaveLength(1);
});
