import type { EnrollmentPage } from "../testing/enrollment-page.ts";
import type { MarkedPerson } from "./marked-person.ts";
import { aPhone, type Before, nothing } from "./plays.ts";

/** What somebody in a browser has at hand. */
export type Hands = {
  panel: EnrollmentPage;
  person: MarkedPerson;
  /** Reads the newest code that went to a contact. */
  code(contact: string): Promise<string>;
  /** Looks through the page's memory at a screen, by the name that it has among the homes. */
  heap(at: string): Promise<void>;
  reload(): Promise<void>;
};

/** One way through, from the first screen to the last. */
export type Way = { title: string; before(person: MarkedPerson): Before; go(hands: Hands): Promise<void> };

const RECOVERY = "Save your recovery code";

/** The ways that are gone. Some press Enter in the field itself: it is then taken off the screen while it has the focus. */
export const WAYS: readonly Way[] = [
  {
    title: "a text, looked at on each screen",
    before: nothing,
    async go({ panel, person, code, heap }) {
      await panel.signInHere(person);
      await panel.addMethod();
      await panel.chooseChannel("sms");
      await panel.enterPhone("sms", person.phone);
      await heap("code");
      await panel.enterCode(await code(person.phone));
      await panel.screen(RECOVERY).waitFor();
      await heap("recovery code");
      await panel.saveRecoveryCode();
    },
  },
  {
    title: "an address, by way of the tenant's page",
    before: nothing,
    async go({ panel, person, code }) {
      await panel.signInByRedirect(person);
      await panel.addMethod();
      await panel.chooseChannel("email");
      await panel.enterEmail(person.email);
      await panel.enterCode(await code(person.email));
      await panel.screen(RECOVERY).waitFor();
      await panel.saveRecoveryCode();
    },
  },
  {
    title: "a call, with a wrong code, a number looked at again, a download and two reloads",
    before: nothing,
    async go({ panel, person, code, reload }) {
      await panel.signInHere(person);
      await panel.addMethod();
      await panel.chooseChannel("voice");
      await panel.enterPhone("voice", person.phone);
      await panel.enterCode("000000");
      await panel.root.getByText("That code didn’t match. 4 tries left.").first().waitFor();
      await panel.root.getByRole("button", { name: "Change number" }).click();
      await panel.screen("Which number should we call?").waitFor();
      await reload();
      await panel.screen(/^Enter the code/).waitFor();
      await panel.enterCode(await code(person.phone));
      await panel.screen(RECOVERY).waitFor();
      await reload();
      await panel.root.getByRole("button", { name: "Download" }).click();
      await panel.root.getByText("Saved to your downloads.").first().waitFor();
      await panel.saveRecoveryCode();
    },
  },
  {
    title: "an address, after a proof by the phone",
    before: aPhone,
    async go({ panel, person, code }) {
      await signInByEnter(panel, person);
      await askForAddress(panel, person);
      await panel.root.getByRole("button", { name: "Send code" }).click();
      await panel.enterCode(await code(person.phone));
      await panel.root.getByRole("button", { name: "Email me a code" }).click();
      await panel.screen("Enter the code we emailed").waitFor();
      await panel.enterCode(await code(person.email));
    },
  },
  {
    title: "an address, after a proof by the recovery code",
    before: aPhone,
    async go({ panel, person, code }) {
      await signInByEnter(panel, person);
      await askForAddress(panel, person);
      await panel.root.getByText("Use the recovery code you saved").click();
      await panel.root.getByRole("button", { name: "Continue" }).click();
      const field = panel.root.getByRole("textbox", { name: "Recovery code" });
      await field.fill(aPhone(person).recoveryCode ?? "");
      await field.press("Enter");
      await panel.screen(RECOVERY).waitFor();
      await panel.saveRecoveryCode();
      await panel.root.getByRole("button", { name: "Email me a code" }).click();
      await panel.enterCode(await code(person.email));
    },
  },
];

async function signInByEnter(panel: EnrollmentPage, { username, password }: MarkedPerson): Promise<void> {
  await panel.root.getByLabel("Email or username").fill(username);
  await panel.root.getByLabel("Password").fill(password);
  await panel.root.getByLabel("Password").press("Enter");
  await panel.screen("Sign-in methods").waitFor();
}

async function askForAddress(panel: EnrollmentPage, person: MarkedPerson): Promise<void> {
  await panel.addMethod();
  await panel.chooseChannel("email");
  await panel.root.getByLabel("Email address").fill(person.email);
  await panel.root.getByLabel("Email address").press("Enter");
}
