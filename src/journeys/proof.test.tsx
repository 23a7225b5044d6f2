// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createStory, type Screen, type Story } from "./story.ts";

let story: Story;
afterEach(() => story.end());

const MINUTE = 60_000;
const KIMS_PHONE = "Text message, ••••\u00a00123";

async function enrolled(signIn: "signInHere" | "signInByRedirect"): Promise<Screen> {
  story = createStory();
  const screen = await story.open();
  await screen[signIn]("robin@example.com");
  await screen.askForCode("sms", "+1 202-555-0147");
  await screen.type("Six-digit code", story.newestCode());
  await screen.saveRecoveryCode();
  await screen.press("Done");
  return screen;
}

async function proveByText(screen: Screen): Promise<void> {
  screen.see("Confirm it’s you");
  await screen.press("Send code");
  screen.see("Enter the code to confirm it’s you");
  await screen.type("Six-digit code", story.newestCode());
}

it("someone with a phone adds an address after proving it’s them with a text, and finds what they typed", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("kim@example.com");
  await screen.askForCode("email", "kim.other@example.com");
  await proveByText(screen);
  screen.see("Which address should we write to?");
  expect(screen.typed("Email address")).toBe("kim.other@example.com");
  await screen.press("Email me a code");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("You’re all set");
  await screen.press("Done");
  expect(screen.methods()).toHaveLength(2);
});

it("someone who just added a phone adds an address at once", async () => {
  const screen = await enrolled("signInHere");
  await screen.askForCode("email", "robin.other@example.com");
  screen.see("Enter the code we emailed");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("You’re all set");
});

it("someone whose proof is old gives the password and a code in the page and lands where they were", async () => {
  const screen = await enrolled("signInHere");
  await story.time.advance(6 * MINUTE);
  await screen.askForCode("email", "robin.other@example.com");
  screen.see("Confirm it’s you");
  await screen.type("Password", "Enroll-Demo-1");
  await screen.press("Continue");
  await proveByText(screen);
  expect(screen.typed("Email address")).toBe("robin.other@example.com");
  await screen.press("Email me a code");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("You’re all set");
});

it("someone who came by the sign-in page goes there again and comes back to what they typed", async () => {
  const screen = await enrolled("signInByRedirect");
  await story.time.advance(6 * MINUTE);
  await screen.askForCode("email", "robin.other@example.com");
  screen.see("Confirm it’s you");
  await screen.press("Continue to sign in");
  await screen.follow({ username: "robin@example.com" });
  screen.see("Which address should we write to?");
  expect(screen.typed("Email address")).toBe("robin.other@example.com");
  const before = story.sends();
  await screen.press("Email me a code");
  await screen.type("Six-digit code", story.newestCode());
  screen.see("You’re all set");
  expect(story.sends()).toBe(before + 1);
});

it("someone without their phone proves it’s them with the recovery code and saves the new one", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("kim@example.com");
  await screen.askForCode("email", "kim.other@example.com");
  await screen.choose("Use the recovery code you saved");
  await screen.press("Continue");
  await screen.type("Recovery code", "k7m2 p9q4 r8s3 t6v5 w1x2 y9za");
  await screen.press("Continue");
  screen.see("Save your recovery code");
  const shown = await screen.saveRecoveryCode();
  expect(story.stack.simulator.people.get("auth0|kim")?.recoveryCode).toMatchObject({ code: shown, active: true });
  expect(screen.typed("Email address")).toBe("kim.other@example.com");
});

it("someone who mistypes the code of a proof has tries left and goes on with the right one", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("kim@example.com");
  await screen.askForCode("email", "kim.other@example.com");
  await screen.choose(KIMS_PHONE);
  await screen.press("Send code");
  await screen.type("Six-digit code", "000000");
  expect(screen.says("That code didn’t match. 4 tries left.")).toBe(true);
  await screen.type("Six-digit code", story.newestCode());
  expect(screen.typed("Email address")).toBe("kim.other@example.com");
});

it("someone who reloads in the middle of a proof goes on with it, and nothing more is sent", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("kim@example.com");
  await screen.askForCode("email", "kim.other@example.com");
  await screen.press("Send code");
  await screen.reload();
  screen.see("Enter the code to confirm it’s you");
  expect(story.sends()).toBe(1);
  await screen.type("Six-digit code", story.newestCode());
  expect(screen.typed("Email address")).toBe("kim.other@example.com");
});

it("someone with only a verified address adds a phone by the password alone", async () => {
  story = createStory();
  const screen = await story.open();
  await screen.signInHere("sasha@example.com");
  expect(screen.methods()).toEqual([expect.stringContaining("It’s always on.")]);
  expect(screen.offers(/^Remove/)).toBe(false);
  await screen.askForCode("sms", "+1 202-555-0147");
  await screen.type("Six-digit code", story.newestCode());
  await screen.saveRecoveryCode();
  screen.see("You’re all set");
});
