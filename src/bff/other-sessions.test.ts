import { describe, expect, test } from "vitest";
import { done, enrolled, PHONE, proven, refused, visitBy } from "../journeys/errands.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createStack, START } from "../journeys/stack.ts";
import { createSharedStore } from "../journeys/shared-store.ts";

describe("somebody who ends their other sessions", () => {
  test("stays, and every other browser is signed out with its next request", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser);
    const others = [stack.browser(), stack.browser()];
    await others[0]?.signInByPassword("robin@example.com");
    await others[1]?.signInByRedirect("robin@example.com");
    const view = await done(browser, "endOtherSessions");
    expect(view.person).not.toBeNull();
    for (const other of others) {
      expect(await refused(other, "start", { channel: "sms", contact: PHONE })).toBe("signed_out");
      expect((await other.view()).person).toBeNull();
      expect([...other.jar]).toEqual([]);
    }
    expect((await browser.view()).person).not.toBeNull();
  });

  test("does so on every node", async () => {
    const clock = createManualClock(START);
    const store = createSharedStore(clock);
    const here = createStack({ clock, store });
    const browser = here.browser();
    await browser.signInByRedirect("kim@example.com");
    const other = here.browser();
    await other.signInByRedirect("kim@example.com");
    const there = createStack({ clock, store });
    const elsewhere = there.browser();
    for (const [name, value] of other.jar) elsewhere.jar.set(name, value);
    expect((await elsewhere.view()).person).not.toBeNull();
    await done(browser, "endOtherSessions");
    expect((await elsewhere.view()).person).toBeNull();
  });

  test("ends those too that have only typed the user name so far", async () => {
    const stack = createStack();
    const byName = stack.browser();
    await byName.signInByPassword("kim@example.com");
    const browser = stack.browser();
    await browser.signInByPassword("kim@example.com");
    await proven(stack, browser);
    await done(browser, "endOtherSessions");
    expect((await byName.view()).person).toBeNull();
  });

  test("keeps them ended when it turns out later whose the user name is", async () => {
    const stack = createStack();
    const [browser, other] = [stack.browser(), stack.browser()];
    await browser.signInByPassword("kim@example.com");
    await other.signInByPassword("kim@example.com");
    await done(browser, "endOtherSessions");
    await proven(stack, browser);
    expect((await other.view()).person).toBeNull();
    expect((await browser.view()).person).not.toBeNull();
  });

  test("ends them although they know each other by different names: one by the user name, one by the verified address", async () => {
    // Of somebody who has a method, a password alone does not say whose account it is.
    const noa = { subject: "auth0|noa", name: "Noa", email: "noa@example.com", emailVerified: true };
    const stack = createStack({ people: [{ ...noa, phone: "+12025550123" }] });
    const byName = stack.browser();
    await byName.signInByPassword("noa@example.com");
    const browser = stack.browser();
    await browser.signInByRedirect("noa@example.com");
    await done(browser, "endOtherSessions");
    expect((await byName.view()).person).toBeNull();
    expect((await browser.view()).person).not.toBeNull();
  });

  test("keeps out nobody who signs in afterwards, and nobody else", async () => {
    const stack = createStack();
    const browser = stack.browser();
    await browser.signInByRedirect("kim@example.com");
    const stranger = stack.browser();
    await stranger.signInByPassword("robin@example.com");
    await done(browser, "endOtherSessions");
    await stack.clock.advance(1);
    const later = stack.browser();
    expect((await later.signInByRedirect("kim@example.com")).person).not.toBeNull();
    expect((await stranger.view()).person).not.toBeNull();
    // A new proof in the same browser is the same visit.
    await browser.signInByRedirect("kim@example.com");
    expect((await browser.view()).person).not.toBeNull();
  });

  test("has ended them for as long as they could have lived", async () => {
    const { stack, browser } = await visitBy("kim@example.com", { env: { MFA_IDLE_SECONDS: "28800" } });
    const other = stack.browser();
    await other.signInByPassword("kim@example.com");
    await done(browser, "endOtherSessions");
    await stack.clock.advance(5 * 3_600_000);
    expect((await other.view()).person).toBeNull();
  });

  test("must be somebody", async () => {
    expect(await refused(createStack().browser(), "endOtherSessions")).toBe("signed_out");
  });
});
