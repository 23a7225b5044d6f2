import { expect, test } from "vitest";
import { done, PHONE, refused, visitBy } from "../journeys/errands.ts";

test("somebody whose credential ends before a code could be read and typed proves it again first, and nothing is sent", async () => {
  // A tenant that always asks for a second factor answers with an mfa_token, which lives for five minutes.
  const { stack, browser, view } = await visitBy("robin@example.com", { tenant: { policy: "always" } });
  expect(view.can.add).toBe("yes");
  await stack.clock.advance(181_000);
  expect((await browser.view()).can.add).toBe("after_proof");
  expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("proof_needed");
  expect(stack.simulator.ledger.list("send")).toEqual([]);
  await done(browser, "signOut");
});
