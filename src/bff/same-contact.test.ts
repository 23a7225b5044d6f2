import { describe, expect, test } from "vitest";
import {
  done,
  enrolled,
  ledgerCount,
  MAILBOX,
  OTHER_PHONE,
  PHONE,
  proven,
  refused,
  started,
  visitBy,
} from "../journeys/errands.ts";

describe("a contact that somebody has confirmed here", () => {
  test("is not enrolled a second time: no text, no call, and nothing is asked of the tenant", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser);
    for (const channel of ["sms", "voice"] as const) {
      const { problem } = await browser.call("start", { channel, contact: "+1 (202) 555-0147" });
      expect(problem).toMatchObject({ code: "already_enrolled", status: 409, channel });
    }
    expect(ledgerCount(stack, "send")).toBe(1);
    expect(ledgerCount(stack, "associate")).toBe(1);
    expect((await started(browser, { channel: "sms", contact: OTHER_PHONE })).status).toBe("code_sent");
  });

  test("is no replacement of itself, nor of another method", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser);
    const view = await enrolled(stack, browser, { channel: "email", contact: MAILBOX });
    for (const { id: replaces } of view.authenticators?.items ?? []) {
      expect(await refused(browser, "start", { channel: "sms", contact: PHONE, replaces })).toBe("already_enrolled");
      expect(await refused(browser, "start", { channel: "email", contact: MAILBOX, replaces })).toBe(
        "already_enrolled",
      );
    }
  });

  test("is known in the next visit and after a restart, to whoever has proven who they are and to nobody else", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser);
    await done(browser, "signOut");
    stack.restart();
    await stack.clock.advance(6 * 3_600_000);
    await browser.signInByPassword("robin@example.com");
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("proof_needed");
    expect(await refused(browser, "start", { channel: "sms", contact: OTHER_PHONE })).toBe("proof_needed");
    await proven(stack, browser);
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("already_enrolled");
  });

  test("can be enrolled anew once it was removed, here or elsewhere", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const view = await enrolled(stack, browser);
    await done(browser, "remove", { authenticatorId: view.authenticators?.items[0]?.id });
    await enrolled(stack, browser);
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("already_enrolled");
    const robin = stack.simulator.people.find("robin@example.com");
    if (robin) robin.authenticators = [];
    await stack.clock.advance(31_000);
    expect((await started(browser)).status).toBe("code_sent");
  });

  test("is nothing to anybody else", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser);
    const toni = stack.browser();
    await toni.signInByPassword("toni@example.com");
    expect((await started(toni)).status).toBe("code_sent");
  });
});
