import type { Locator, Page } from "playwright";

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
  /** Leaves for the simulated tenant's page, signs in there and comes back. */
  signInByRedirect(person: TestPerson): Promise<void>;
  /** Opens the wizard from the panel. */
  addMethod(): Promise<void>;
  chooseChannel(channel: TestChannel): Promise<void>;
  /** Enters a number in E.164, or as people write it, and asks for the code. */
  enterPhone(channel: "sms" | "voice", number: string): Promise<void>;
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

/** Wraps a Playwright page on which the panel or the wizard is, or will be. */
export function createEnrollmentPage(page: Page): EnrollmentPage {
  const root = page.locator(".mfa-enroll").first();
  const button = (name: string | RegExp): Locator => root.getByRole("button", { name, exact: true });
  const heading = (name: string | RegExp): Locator => root.getByRole("heading", { name });
  const submit = (channel: TestChannel): Promise<void> => button(SEND[channel]).click();

  return {
    root,
    screen: heading,
    async signInHere({ username, password }) {
      await root.getByLabel("Email or username").fill(username);
      await root.getByLabel("Password").fill(password);
      await button("Sign in").click();
      await heading("Sign-in methods").waitFor();
    },
    async signInByRedirect({ username, password }) {
      await button(/^(Sign in|Use the sign-in page instead)$/)
        .last()
        .click();
      await page.getByLabel("Email address").fill(username);
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Continue" }).click();
      await heading("Sign-in methods").waitFor();
    },
    addMethod: () => button("Add a method").click(),
    async chooseChannel(channel) {
      await root.getByRole("radio", { name: CHANNEL_NAMES[channel] }).check();
      await button("Continue").click();
    },
    async enterPhone(channel, number) {
      await root.getByLabel("Phone number").fill(number);
      await submit(channel);
      await heading(/^Enter the code/).waitFor();
    },
    async enterEmail(address) {
      await root.getByLabel("Email address").fill(address);
      await submit("email");
      await heading(/^Enter the code/).waitFor();
    },
    enterCode: (code) => root.getByLabel("Six-digit code").fill(code),
    async saveRecoveryCode() {
      const code = await root.getByRole("group", { name: "Recovery code" }).innerText();
      await root.getByRole("checkbox", { name: "I have saved it" }).check();
      await button("Done").click();
      return code.replace(/\s/g, "");
    },
    async finish() {
      await heading("You’re all set").waitFor();
      await button("Done").click();
      await heading("Sign-in methods").waitFor();
    },
    async methods() {
      await heading("Sign-in methods").waitFor();
      return root.getByRole("list", { name: "Your methods" }).getByRole("listitem").allInnerTexts();
    },
  };
}
