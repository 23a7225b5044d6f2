import { describe, expect, test } from "vitest";
import { ledgerCount, PHONE, pendingIn, started, visitBy } from "../journeys/errands.ts";
import { DEFAULT_PHONE_POLICY } from "../contract/phone-policy.ts";

const JAMAICA = "+18762101234";
const LANDLINE = "+442079460123";

describe("a host that serves some countries", () => {
  const env = { MFA_SMS_COUNTRIES: "US,CA", MFA_VOICE_COUNTRIES: "US,JM" };

  test("tells the page which, and a host that says nothing tells nothing", async () => {
    const { view } = await visitBy("robin@example.com", { env });
    expect(view.phonePolicy).toEqual({
      sms: { ...DEFAULT_PHONE_POLICY.sms, countries: ["US", "CA"] },
      voice: { ...DEFAULT_PHONE_POLICY.voice, countries: ["US", "JM"] },
    });
    expect((await visitBy("robin@example.com")).view.phonePolicy).toBeNull();
  });

  test("refuses any other number where the page was gone around, and sends nothing", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { env });
    const { status, problem } = await browser.call("start", { channel: "sms", contact: JAMAICA });
    expect(status).toBe(422);
    expect(problem).toMatchObject({
      code: "invalid_phone",
      reason: "country_not_served",
      region: "JM",
      channel: "sms",
    });
    expect(ledgerCount(stack, "send")).toBe(0);
    expect(await started(browser, { channel: "voice", contact: JAMAICA })).toMatchObject({ channel: "voice" });
    expect(stack.simulator.outbox.list()).toMatchObject([{ channel: "voice", to: JAMAICA }]);
  });

  test("offers no change to a channel that does not serve the number, and refuses it", async () => {
    const { stack, browser } = await visitBy("robin@example.com", { env });
    const pending = await started(browser, { channel: "voice", contact: JAMAICA });
    expect(pending.sibling).toBeNull();
    const { problem } = await browser.call("resend", { enrollmentId: pending.enrollmentId, channel: "sms" });
    expect(problem).toMatchObject({ code: "invalid_phone", reason: "country_not_served", channel: "sms" });
    expect(ledgerCount(stack, "send")).toBe(1);
    expect(pendingIn(await browser.view())).toMatchObject({ channel: "voice", status: "code_sent" });
  });

  test("offers the change where both serve it", async () => {
    const { browser } = await visitBy("robin@example.com", { env });
    expect(await started(browser, { channel: "sms", contact: PHONE })).toMatchObject({ sibling: "voice" });
  });
});

test("someone with a landline who is called is not offered a text", async () => {
  const { browser } = await visitBy("robin@example.com");
  expect(await started(browser, { channel: "voice", contact: LANDLINE })).toMatchObject({ sibling: null });
});

test("a channel that serves no country is not offered, and refused as switched off", async () => {
  const { stack, browser, view } = await visitBy("robin@example.com", { env: { MFA_VOICE_COUNTRIES: "" } });
  expect(view.channels).toEqual(["sms", "email"]);
  const { problem } = await browser.call("start", { channel: "voice", contact: PHONE });
  expect(problem).toMatchObject({ code: "channel_off", channel: "voice" });
  expect(await started(browser)).toMatchObject({ channel: "sms", sibling: null });
  expect(ledgerCount(stack, "send")).toBe(1);
});

test("a host that takes mobile numbers alone refuses the others by their kind", async () => {
  const { browser } = await visitBy("robin@example.com", { env: { MFA_SMS_KINDS: "mobile" } });
  const { problem } = await browser.call("start", { channel: "sms", contact: "+445612345678" });
  expect(problem).toMatchObject({ code: "invalid_phone", reason: "kind_not_served", region: "GB" });
});
