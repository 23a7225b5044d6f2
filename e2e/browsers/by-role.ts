import { setTimeout as pause } from "node:timers/promises";
import { By, error, type WebDriver, type WebElement } from "selenium-webdriver";

/*
 * Finds what is on a page as somebody would who hears it: by the role and the name that the browser itself computes.
 */

/** A role that our pages use, with what can have it. */
const CANDIDATES = {
  button: "button",
  checkbox: "input[type=checkbox]",
  combobox: "[role=combobox]",
  group: "[role=group]",
  heading: "h1, h2, h3",
  list: "ul, ol",
  option: "[role=option]",
  radio: "input[type=radio]",
  textbox: "input:not([type=radio], [type=checkbox], [role=combobox])",
} as const;

/** A role that can be looked for. */
export type Role = keyof typeof CANDIDATES;

/** As long as the other engines are given for a screen to come. */
const WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** Drawn as a card whose label lies over them, so they are small and clear, and still there. */
const UNSEEN: readonly Role[] = ["radio", "checkbox"];

/** Waits for the first element of a role whose name is, or fits, `name`. */
export function byRole(driver: WebDriver, role: Role, name: string | RegExp): Promise<WebElement> {
  return eventually(`a ${role} named ${String(name)}`, async () => (await allByRole(driver, role, name))[0]);
}

/** Returns every element of a role and name that is there now. */
export async function allByRole(driver: WebDriver, role: Role, name: string | RegExp): Promise<WebElement[]> {
  const found: WebElement[] = [];
  for (const element of await driver.findElements(By.css(CANDIDATES[role]))) {
    if (!UNSEEN.includes(role) && !(await element.isDisplayed())) continue;
    if (!fits(await nameOf(element), name)) continue;
    const itsRole = await roleOf(element);
    if (itsRole === role) found.push(element);
    else throw new Error(`“${String(name)}” is heard as a ${itsRole}, not as a ${role}.`);
  }
  return found;
}

/** What is gone, moves or is covered for a moment may be there in the next. */
const PASSING = [
  error.StaleElementReferenceError,
  error.ElementNotInteractableError,
  error.ElementClickInterceptedError,
] as const;

/** Asks until something is there, for a bounded time. */
export async function eventually<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  for (const end = Date.now() + WITHIN_MS; ; await pause(LOOK_EVERY_MS)) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (caught) {
      if (!PASSING.some((passing) => caught instanceof passing)) throw caught;
    }
    if (Date.now() > end) throw new Error(`There is not ${what}.`);
  }
}

async function nameOf(element: WebElement): Promise<string> {
  return (await element.getAccessibleName()).replaceAll(/\s+/g, " ").trim();
}

async function roleOf(element: WebElement): Promise<string> {
  return (await element.getAriaRole()).toLowerCase();
}

function fits(said: string, name: string | RegExp): boolean {
  return typeof name === "string" ? said === name : name.test(said);
}
