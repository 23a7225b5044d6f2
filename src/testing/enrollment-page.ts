import type { Locator, Page } from "playwright";
import { type Hand, pointerHand } from "./hand.ts";

/*
 * Drives the settings panel and the wizard as a person would: by role and accessible name, in English. It is for browser
 * tests, ours and those of whoever embeds the wizard, and must never be part of what ships.
 */

/** A channel that carries its code in a message. */
export type TestChannel = "sms" | "voice" | "email";

/** Who signs in. */
export interface TestPerson {
  username: string;
  password: string;
}

/** The panel and the wizard on one page. Each step ends when the next screen is there. */
export interface EnrollmentPage {
  /** The wizard and the panel without the page around them. */
  readonly root: Locator;
  /** A screen, found by what its heading says. */
  screen(heading: string | RegExp): Locator;
  /** Signs in with the password in the page. */
  signInHere(person: TestPerson): Promise<void>;
  /**
   * Leaves for the simulated tenant's page, signs in there and comes back. `readCode` is asked where that page wants a
   * code too, as it does of somebody who has a method.
   */
  signInByRedirect(person: TestPerson, readCode?: () => Promise<string>): Promise<void>;
  /** Opens the wizard from the panel. */
  addMethod(): Promise<void>;
  chooseChannel(channel: TestChannel): Promise<void>;
  /** Enters a number in E.164, or as people write it, and asks for the code. */
  enterPhone(channel: "sms" | "voice", number: string): Promise<void>;
  /** Enters an address and asks for the code. */
  enterEmail(address: string): Promise<void>;
  /** Types the code, which submits itself with the last digit. */
  enterCode(code: string): Promise<void>;
  /** Returns the recovery code that is shown, confirms that it is saved, and goes on. */
  saveRecoveryCode(): Promise<string>;
  /** Leaves the last screen for the panel. */
  finish(): Promise<void>;
  /** What the panel lists, one text a method. */
  methods(): Promise<string[]>;
}

const CHANNEL_NAMES: Readonly<Record<TestChannel, string>> = {
  sms: "Text message",
  voice: "Voice call",
  email: "Email",
};
const SEND: Readonly<Record<TestChannel, string>> = {
  sms: "Text me a code",
  voice: "Call me with a code",
  email: "Email me a code",
};

/** Wraps a Playwright page on which the panel or the wizard is, or will be; `hand` is a pointer when left out. */
export function createEnrollmentPage(page: Page, hand: Hand = pointerHand()): EnrollmentPage {
  const root = page.locator(".mfa-enroll").first();
  const button = (name: string | RegExp): Locator => root.getByRole("button", { name, exact: true });
  const heading = (name: string | RegExp): Locator => root.getByRole("heading", { name, exact: true });

  async function sendTo(channel: TestChannel, field: string, contact: string): Promise<void> {
    await hand.type(root.getByLabel(field), contact);
    await hand.press(button(SEND[channel]));
    await heading(/^Enter the code/).waitFor();
  }

  return {
    root,
    screen: heading,
    async signInHere({ username, password }) {
      await hand.type(root.getByLabel("Email or username"), username);
      await hand.type(root.getByLabel("Password"), password);
      await hand.press(button("Sign in"));
      await heading("Sign-in methods").waitFor();
    },
    async signInByRedirect({ username, password }, readCode) {
      await hand.press(button(/^(Sign in|Use the sign-in page instead)$/).last());
      const goOn = page.getByRole("button", { name: "Continue" });
      await hand.type(page.getByLabel("Email address"), username);
      await hand.type(page.getByLabel("Password"), password);
      await hand.press(goOn);
      if (readCode) {
        await hand.type(page.getByLabel("Code"), await readCode());
        await hand.press(goOn);
      }
      await heading("Sign-in methods").waitFor();
    },
    addMethod: () => hand.press(button("Add a method")),
    async chooseChannel(channel) {
      await hand.pick(root.getByRole("radio", { name: CHANNEL_NAMES[channel] }));
      await hand.press(button("Continue"));
    },
    enterPhone: (channel, number) => sendTo(channel, "Phone number", number),
    enterEmail: (address) => sendTo("email", "Email address", address),
    enterCode: (code) => hand.type(root.getByLabel("Six-digit code"), code),
    async saveRecoveryCode() {
      const code = await root.getByRole("group", { name: "Recovery code" }).innerText();
      await hand.tick(root.getByRole("checkbox", { name: "I have saved it" }));
      await hand.press(button("Done"));
      return code.replace(/\s/g, "");
    },
    async finish() {
      await heading("You’re all set").waitFor();
      await hand.press(button("Done"));
      await heading("Sign-in methods").waitFor();
    },
    async methods() {
      await heading("Sign-in methods").waitFor();
      return root.getByRole("list", { name: "Your methods" }).getByRole("listitem").allInnerTexts();
    },
  };
}
