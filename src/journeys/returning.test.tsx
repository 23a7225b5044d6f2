// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createStory, type Screen, type Story } from "./story.ts";

let story: Story;
afterEach(() => story.end());

const MINUTE = 60_000;

async function robin(options: { strict?: boolean } = {}): Promise<Screen> {
  story = createStory();
  const screen = await story.open(options);
  await screen.signInHere("robin@example.com");
  return screen;
}

it("someone who reloads at the code goes on with the code they have", async () => {
  const screen = await robin();
  await screen.askForCode("sms", "+1 202-555-0147");
  await screen.reload();
  screen.see("Enter the code we texted");
  expect(story.sends()).toBe(1);
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
});

it("someone who reloads at the code can still change the number they typed", async () => {
  const screen = await robin();
  await screen.askForCode("sms", "+1 202-555-0147");
  await screen.reload();
  await screen.press("Change number");
  expect(screen.typed("Phone number").replaceAll(/\D/g, "")).toMatch(/2025550147$/);
});

it("someone whose BFF restarts at the code goes on where they were", async () => {
  const screen = await robin();
  await screen.askForCode("sms", "+1 202-555-0147");
  story.stack.restart();
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
});

it("someone who went for a walk signs in again and finds what they typed", async () => {
  const screen = await robin();
  await screen.press("Add a method");
  await screen.choose("Email");
  await screen.press("Continue");
  await screen.type("Email address", "robin.other@example.com");
  await story.time.deviceSleeps(20 * MINUTE);
  await screen.press("Email me a code");
  screen.see("Please sign in again");
  await screen.signInHere("robin@example.com");
  screen.see("Which address should we write to?");
  expect(screen.typed("Email address")).toBe("robin.other@example.com");
  expect(story.sends()).toBe(0);
  await screen.press("Email me a code");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("Save your recovery code");
});

it.each(["signInHere", "signInByRedirect"] as const)(
  "someone whose sign-in ends while they type, as the page sees by itself, finds what they typed (%s)",
  async (signIn) => {
    const screen = await robin();
    await screen.press("Add a method");
    await screen.choose("Text message");
    await screen.press("Continue");
    await screen.type("Phone number", "+1 202-555-01");
    await story.time.deviceSleeps(20 * MINUTE);
    window.dispatchEvent(new Event("online"));
    await story.time.settle();
    screen.see("Please sign in again");
    await screen[signIn]("robin@example.com");
    expect(screen.typed("Phone number").replaceAll(/\D/g, "")).toBe("120255501");
    await screen.type("Phone number", "+1 202-555-0147");
    await screen.press("Text me a code");
    await screen.type("Six-digit code", story.newestCode());
    screen.see("Save your recovery code");
  },
);

it("an address too long to be one does not stand in the way of signing in again", async () => {
  const screen = await robin();
  await screen.press("Add a method");
  await screen.choose("Email");
  await screen.press("Continue");
  await screen.type("Email address", "a".repeat(255));
  await story.time.deviceSleeps(20 * MINUTE);
  window.dispatchEvent(new Event("online"));
  await story.time.settle();
  await screen.signInHere("robin@example.com");
  expect(screen.typed("Email address")).toHaveLength(255);
});

it("someone who comes back to the code after the sign-in ended finds the number they typed", async () => {
  const screen = await robin();
  await screen.askForCode("sms", "+1 202-555-0147");
  const old = story.newestCode();
  await story.time.deviceSleeps(20 * MINUTE);
  await screen.type("Six-digit code", old);
  screen.see("Please sign in again");
  await screen.signInHere("robin@example.com");
  expect(screen.typed("Phone number").replaceAll(/\D/g, "")).toMatch(/2025550147$/);
  expect(story.sends()).toBe(1);
});

it("nothing is sent by a page that React renders twice, as for developers", async () => {
  const screen = await robin({ strict: true });
  await screen.askForCode("sms", "+1 202-555-0147");
  expect(story.sends()).toBe(1);
  await screen.reload();
  expect(story.sends()).toBe(1);
  await screen.type("Six-digit code", story.newestCode());
  await screen.saveRecoveryCode();
  await screen.press("Done");
  expect(story.stack.simulator.ledger.list("confirm")).toHaveLength(1);
});

it("someone with two tabs finishes in one, and the other shows what is so", async () => {
  const first = await robin();
  await first.askForCode("sms", "+1 202-555-0147");
  const second = await story.open({ browser: first.browser });
  second.see("Enter the code we texted");
  await second.type("Six-digit code", story.newestCode());
  second.see("Save your recovery code");
  first.see("Save your recovery code");
  expect(first.recoveryCode()).toBe(second.recoveryCode());
  expect(story.sends()).toBe(1);
  expect(story.stack.simulator.ledger.list("confirm")).toHaveLength(1);
});

it("someone who starts over in a second tab is told so in the first", async () => {
  const first = await robin();
  await first.askForCode("sms", "+1 202-555-0147");
  const second = await story.open({ browser: first.browser });
  await second.press("Change number");
  await second.type("Phone number", "+1 202-555-0148");
  await second.press("Text me a code");
  expect(first.says(/ended elsewhere|another tab|0148/)).toBe(true);
  expect(first.says(/didn’t match/)).toBe(false);
  expect(story.sends()).toBe(2);
});

it("someone whose device’s clock is a day off sees the same countdown", async () => {
  story = createStory();
  const screen = await story.open({ clockAhead: () => 24 * 60 * MINUTE });
  await screen.signInHere("robin@example.com");
  await screen.askForCode("sms", "+1 202-555-0147");
  expect(screen.says("You can ask for another in 30 seconds.")).toBe(true);
  expect(screen.says("This code has ended. Send a new one.")).toBe(false);
});

it("someone whose sign-in cannot be done now is not told that a sign-in of theirs has ended", async () => {
  story = createStory();
  const { faults } = story.stack.simulator;
  faults.add({ route: "POST /oauth/token", phase: "before", action: { type: "status", status: 503 } });
  const screen = await story.open();
  await screen.signInHere("robin@example.com");
  expect(screen.says(/Your sign-in has ended/)).toBe(false);
});
