// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { createStory, type Story } from "./story.ts";

let story: Story;
afterEach(() => story.end());

const WAYS_IN = [
  ["with the password in the page", "signInHere"],
  ["by way of the sign-in page", "signInByRedirect"],
] as const;
const CHANNELS = [
  ["text", "sms", "+1 202-555-0147", "Enter the code we texted", "Text message and voice call"],
  ["call", "voice", "+1 202-555-0148", "Enter the code from the call", "Text message and voice call"],
  ["email", "email", "robin.other@example.com", "Enter the code we emailed", "Email"],
] as const;

for (const [way, signIn] of WAYS_IN) {
  for (const [how, channel, contact, heading, row] of CHANNELS) {
    it(`someone who came ${way} adds a ${how} and sees it listed`, async () => {
      story = createStory();
      const screen = await story.open();
      await screen[signIn]("robin@example.com");
      screen.see("Sign-in methods");
      await screen.askForCode(channel, contact);
      screen.see(heading);
      await screen.type("Six-digit code", story.newestCode());
      screen.see("Save your recovery code");
      await screen.saveRecoveryCode();
      screen.see("You’re all set");
      await screen.press("Done");
      expect(screen.methods()).toEqual([expect.stringContaining(row)]);
      expect(story.sends()).toBe(1);
    });
  }
}
