import { By, Key, type WebDriver, WebElement } from "selenium-webdriver";
import type { TestChannel, TestPerson } from "../../src/testing/enrollment-page.ts";
import { allByRole, byRole, eventually, type Role } from "./by-role.ts";

/*
 * The panel and the wizard by WebDriver, as src/testing/enrollment-page.ts has them by Playwright.
 */

/** The panel and the wizard in a browser. Each step ends when the next screen is there. */
export interface Enrollment {
  find(role: Role, name: string | RegExp): Promise<WebElement>;
  /** Waits for a screen, known by what its heading says. */
  screen(heading: string | RegExp): Promise<WebElement>;
  /** Waits until a sentence is on the page. */
  see(sentence: string): Promise<void>;
  press(name: string | RegExp): Promise<void>;
  type(field: string, text: string): Promise<void>;
  signInHere(person: TestPerson): Promise<void>;
  signInByRedirect(person: TestPerson): Promise<void>;
  chooseChannel(channel: TestChannel): Promise<void>;
  /** Enters a number or an address and asks for the code. */
  enterContact(channel: TestChannel, contact: string): Promise<void>;
  enterCode(code: string): Promise<void>;
  /** Returns the recovery code that is shown, confirms that it is saved, and goes on. */
  saveRecoveryCode(): Promise<string>;
  finish(): Promise<void>;
  /** What the panel lists, one text a method. */
  methods(): Promise<string[]>;
}

/** How a test reaches what it has found. */
export interface WebDriverHand {
  press(target: WebElement): Promise<void>;
  /** Writes into a field, in place of what was there. */
  type(field: WebElement, text: string): Promise<void>;
  /** Chooses a radio button, or ticks a box. */
  pick(choice: WebElement): Promise<void>;
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

/** More stops than any page of ours has: whoever does not arrive by then is caught or lost. */
const STOPS = 150;

/** Writes where the focus is, in place of what was there. */
async function overwrite(driver: WebDriver, text: string): Promise<void> {
  await driver.actions().keyDown(Key.CONTROL).sendKeys("a").keyUp(Key.CONTROL).sendKeys(text).perform();
}

/** Clicks once it can be clicked. The driver's own scrolling would be smooth, and it does not wait for its end. */
async function click(driver: WebDriver, target: WebElement): Promise<void> {
  await eventually("anything that can be clicked", async () => {
    await driver.executeScript("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", target);
    await target.click();
    return true;
  });
}

/** Drives with a pointer, and with keys where there is something to write. */
export function webDriverPointer(driver: WebDriver): WebDriverHand {
  return {
    press: (target) => click(driver, target),
    async type(field, text) {
      await click(driver, field);
      await overwrite(driver, text);
    },
    // The label lies over a choice as large as its card.
    pick: async (choice) => click(driver, await choice.findElement(By.xpath("ancestor::label"))),
  };
}

/** Drives by keyboard alone: Tab until the target has the focus, then the keys that a person would press there. */
export function webDriverKeyboard(driver: WebDriver): WebDriverHand {
  const keys = (...pressed: string[]): Promise<void> =>
    driver
      .actions()
      .sendKeys(...pressed)
      .perform();
  const focused = (): Promise<WebElement> => Promise.resolve(driver.switchTo().activeElement());
  const has = async (target: WebElement): Promise<boolean> => WebElement.equals(await focused(), target);

  async function reach(target: WebElement): Promise<void> {
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await has(target)) return;
      await keys(Key.TAB);
    }
    throw new Error("The keyboard does not reach it.");
  }

  return {
    async press(target) {
      await reach(target);
      await keys(Key.ENTER);
    },
    async type(field, text) {
      await reach(field);
      await overwrite(driver, text);
    },
    async pick(choice) {
      if ((await choice.getAttribute("type")) === "checkbox") {
        await reach(choice);
        return keys(Key.SPACE);
      }
      const group = await choice.getAttribute("name");
      for (let stop = 0; stop < STOPS; stop += 1) {
        if ((await has(choice)) && (await choice.isSelected())) return;
        const inGroup = (await (await focused()).getAttribute("name")) === group;
        // A group of radio buttons is one stop; the arrows move inside it.
        await keys(inGroup ? Key.ARROW_DOWN : Key.TAB);
      }
      throw new Error("The keyboard does not reach the choice.");
    },
  };
}

/** Wraps a browser on whose page the panel or the wizard is, or will be. */
export function createEnrollment(driver: WebDriver, hand: WebDriverHand): Enrollment {
  const find = (role: Role, name: string | RegExp): Promise<WebElement> => byRole(driver, role, name);

  /** A busy button of the wizard keeps its focus and reacts to nothing, so a press would be lost. */
  const ready = (name: string | RegExp): Promise<WebElement> =>
    eventually(`a button “${String(name)}” that can be pressed`, async () => {
      const button = (await allByRole(driver, "button", name)).at(-1);
      return button && (await button.getAttribute("aria-disabled")) !== "true" ? button : undefined;
    });

  const enrollment: Enrollment = {
    find,
    screen: (heading) => find("heading", heading),
    see: (sentence) =>
      eventually(`the sentence “${sentence}”`, async () => {
        const text = await driver.findElement(By.css("body")).getText();
        return text.includes(sentence) ? true : undefined;
      }).then(() => undefined),
    press: async (name) => hand.press(await ready(name)),
    type: async (field, text) => hand.type(await find("textbox", field), text),
    async signInHere({ username, password }) {
      await enrollment.type("Email or username", username);
      await enrollment.type("Password", password);
      await enrollment.press("Sign in");
      await enrollment.screen("Sign-in methods");
    },
    async signInByRedirect({ username, password }) {
      await enrollment.press("Use the sign-in page instead");
      await enrollment.type("Email address", username);
      await enrollment.type("Password", password);
      await enrollment.press("Continue");
      await enrollment.screen("Sign-in methods");
    },
    async chooseChannel(channel) {
      await enrollment.press("Add a method");
      await hand.pick(await find("radio", CHANNEL_NAMES[channel]));
      await enrollment.press("Continue");
    },
    async enterContact(channel, contact) {
      await enrollment.type(channel === "email" ? "Email address" : "Phone number", contact);
      await enrollment.press(SEND[channel]);
      await enrollment.screen(/^Enter the code/);
    },
    enterCode: (code) => enrollment.type("Six-digit code", code),
    async saveRecoveryCode() {
      const code = await (await find("group", "Recovery code")).getText();
      await hand.pick(await find("checkbox", "I have saved it"));
      await enrollment.press("Done");
      return code.replaceAll(/\s/g, "");
    },
    async finish() {
      await enrollment.screen("You’re all set");
      await enrollment.press("Done");
      await enrollment.screen("Sign-in methods");
    },
    async methods() {
      await enrollment.screen("Sign-in methods");
      const [list] = await allByRole(driver, "list", "Your methods");
      const items = (await list?.findElements(By.css("li"))) ?? [];
      return Promise.all(items.map((item) => item.getText()));
    },
  };
  return enrollment;
}
