import { expect, test } from "vitest";
import { done, ledgerCount, started } from "../journeys/errands.ts";
import { createStack } from "../journeys/stack.ts";

/** As many enrollments as are under way at once, each with a code of its own. */
const FLOWS = 100;

test("of a hundred people who hand in each other's codes none is let through, and each is with their own", async () => {
  const people = Array.from({ length: FLOWS }, (_, at) => ({
    subject: `auth0|p${at}`,
    name: `Person ${at}`,
    email: `p${at}@example.com`,
    mailbox: `other@p${at}.example`,
  }));
  const stack = createStack({ people: people.map(({ mailbox: _, ...person }) => person) });
  const flows = [];
  for (const { email, mailbox } of people) {
    const browser = stack.browser();
    await browser.signInByPassword(email);
    const { enrollmentId } = await started(browser, { channel: "email", contact: mailbox });
    flows.push({ browser, enrollmentId, code: stack.code(mailbox) });
  }
  for (const [at, { browser, enrollmentId, code }] of flows.entries()) {
    const other = flows[(at + 1) % FLOWS];
    // One in a million times two people have the same code.
    if (!other || other.code === code) continue;
    const wrong = await browser.call("confirm", { enrollmentId, code: other.code });
    expect(wrong.problem?.code).toBe("wrong_code");
    const strange = await browser.call("confirm", { enrollmentId: other.enrollmentId, code: other.code });
    expect(strange.problem?.code).toBe("enrollment_over");
  }
  expect(ledgerCount(stack, "confirm")).toBe(0);
  for (const { browser, enrollmentId, code } of flows) await done(browser, "confirm", { enrollmentId, code });
  expect(ledgerCount(stack, "confirm")).toBe(FLOWS);
});
