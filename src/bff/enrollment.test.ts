import { expect, test } from "vitest";
import { createStack } from "../journeys/stack.ts";

const PHONE = "+12025550147";

test("someone without a method enrolls a text number and gets the recovery code once it is confirmed", async () => {
  const stack = createStack();
  const browser = stack.browser();
  const signedIn = await browser.signInByPassword("robin@example.com");
  expect(signedIn.can).toEqual({ list: "yes", add: "yes", remove: "yes" });
  expect(signedIn.authenticators?.items).toEqual([]);

  const { answer: started } = await browser.call("start", { channel: "sms", contact: PHONE });
  expect(started?.flow).toMatchObject({
    step: "code",
    enrollment: { channel: "sms", status: "code_sent", attemptsLeft: 5, sendsLeft: 3, sibling: "voice" },
  });
  const enrollmentId = started?.flow.step === "code" ? started.flow.enrollment.enrollmentId : "";

  const { answer: confirmed } = await browser.call("confirm", { enrollmentId, code: stack.code(PHONE) });
  expect(confirmed?.authenticators?.items).toMatchObject([
    { channels: ["sms", "voice"], contact: "XXXXXXXX0147", automatic: false },
  ]);
  expect(confirmed?.flow).toMatchObject({
    step: "recovery_code",
    state: "to_save",
    needsProof: false,
    authenticator: { channels: ["sms", "voice"] },
  });

  const { answer: shown } = await browser.call("recoveryCode");
  expect(shown?.recoveryCodes).toEqual([stack.simulator.people.find("robin@example.com")?.recoveryCode?.code]);
  const { answer: again } = await browser.call("recoveryCode");
  expect(again).toEqual(shown);

  const { answer: done } = await browser.call("acknowledge");
  expect(done?.flow).toEqual({ step: "idle" });
  expect((await browser.call("recoveryCode")).problem?.code).toBe("no_recovery_code");
});
