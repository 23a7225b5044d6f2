import { Key, type WebDriver, type WebElement } from "selenium-webdriver";
import { people } from "../people.ts";
import { expect, test } from "./fixtures.ts";

/** The field's text with the caret in it as `|`. */
async function withCaret(driver: WebDriver, field: WebElement): Promise<string> {
  return driver.executeScript<string>(
    "const { value, selectionStart: at } = arguments[0]; return value.slice(0, at) + '|' + value.slice(at);",
    field,
  );
}

const digitsOf = (text: string): string => text.replaceAll(/[^\d|]/g, "");

test("a number is written in its country’s way while it is typed, and the caret stays beside its digit", async ({
  driver,
  enrollment,
}) => {
  const keys = (...pressed: string[]): Promise<void> =>
    driver
      .actions()
      .sendKeys(...pressed)
      .perform();
  await enrollment.signInHere(people.robin);
  await enrollment.chooseChannel("sms");
  const field = await enrollment.find("textbox", "Phone number");
  await field.click();
  let typed = "+";
  await keys(typed);
  for (const digit of "12025550142") {
    await keys(digit);
    typed += digit;
    expect(digitsOf(await withCaret(driver, field))).toBe(`${typed.slice(1)}|`);
  }
  expect(await field.getAttribute("value")).toMatch(/^\+1 \d/);

  // Four digits back, one before the caret taken out, and another put in its place.
  const caretIsIn = async (digits: string): Promise<boolean> => digitsOf(await withCaret(driver, field)) === digits;
  for (let step = 0; step < typed.length && !(await caretIsIn("1202555|0142")); step += 1) await keys(Key.ARROW_LEFT);
  await keys(Key.BACK_SPACE);
  expect(digitsOf(await withCaret(driver, field))).toBe("120255|0142");
  await keys("8");
  expect(digitsOf(await withCaret(driver, field))).toBe("1202558|0142");
  await keys(Key.DELETE);
  expect(digitsOf(await withCaret(driver, field))).toBe("1202558|142");
});
