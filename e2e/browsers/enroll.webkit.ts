import { type WebDriver, WebElement } from "selenium-webdriver";
import type { TestChannel } from "../../src/testing/enrollment-page.ts";
import { readCode } from "../../src/testing/read-code.ts";
import { CHANNELS, contacts, methodOf, people } from "../people.ts";
import type { Site } from "../servers.ts";
import type { Enrollment } from "./enrollment.ts";
import { expect, test } from "./fixtures.ts";

const codeFor = (demo: Site, channel: TestChannel): Promise<string> =>
  readCode(demo.outbox, { channel, to: contacts[channel] });

const wrong = (code: string): string => (code === "000000" ? "111111" : "000000");

const hasFocus = async (driver: WebDriver, element: WebElement): Promise<boolean> =>
  WebElement.equals(await driver.switchTo().activeElement(), element);

/** From the empty panel to the one that lists the method; gives the recovery code. */
async function enroll(enrollment: Enrollment, demo: Site, channel: TestChannel): Promise<string> {
  expect(await enrollment.methods()).toEqual([]);
  await enrollment.chooseChannel(channel);
  await enrollment.enterContact(channel, contacts[channel]);
  await enrollment.enterCode(await codeFor(demo, channel));
  await enrollment.screen("Save your recovery code");
  const recoveryCode = await enrollment.saveRecoveryCode();
  await enrollment.finish();
  expect(await enrollment.methods()).toEqual([expect.stringMatching(methodOf[channel])]);
  return recoveryCode;
}

for (const channel of CHANNELS) {
  test(`somebody signs in by password and adds ${channel}, from the empty panel to the saved recovery code`, async ({
    demo,
    enrollment,
  }) => {
    await enrollment.signInHere(people.robin);
    expect(await enroll(enrollment, demo, channel)).toMatch(/^[A-Z0-9]{24}$/);
  });
}

test("somebody signs in by redirect, comes back and adds a phone by text", async ({ demo, enrollment }) => {
  await enrollment.signInByRedirect(people.robin);
  expect(await enroll(enrollment, demo, "sms")).toMatch(/^[A-Z0-9]{24}$/);
});

test("somebody adds an address by keyboard alone", async ({ demo, byKeyboard }) => {
  await byKeyboard.signInHere(people.robin);
  expect(await enroll(byKeyboard, demo, "email")).toMatch(/^[A-Z0-9]{24}$/);
});

test("somebody reloads the page at the code and goes on there; what was refused is selected", async ({
  driver,
  demo,
  enrollment,
}) => {
  await enrollment.signInHere(people.robin);
  await enrollment.chooseChannel("sms");
  await enrollment.enterContact("sms", contacts.sms);
  await driver.navigate().refresh();
  await enrollment.screen("Enter the code we texted");
  const code = await codeFor(demo, "sms");
  await enrollment.enterCode(wrong(code));
  await enrollment.see("That code didn’t match. 4 tries left.");
  const field = await enrollment.find("textbox", "Six-digit code");
  await expect.poll(() => hasFocus(driver, field)).toBe(true);
  // What was refused is selected, so typing takes its place.
  await driver.actions().sendKeys(code).perform();
  await enrollment.screen("Save your recovery code");
});

test("the focus follows what somebody does, and is left alone when a page is opened", async ({
  driver,
  demo,
  enrollment,
}) => {
  const focused = (): Promise<string> => driver.switchTo().activeElement().getText();
  await enrollment.screen("Sign in to see your sign-in methods");
  expect(await driver.switchTo().activeElement().getTagName()).toMatch(/body/i);
  await enrollment.signInHere(people.robin);
  await expect.poll(focused).toBe("Sign-in methods");
  await enrollment.chooseChannel("sms");
  await enrollment.screen("Which number should we text?");
  await expect.poll(focused).toBe("Which number should we text?");
  await enrollment.enterContact("sms", contacts.sms);
  const field = await enrollment.find("textbox", "Six-digit code");
  await expect.poll(() => hasFocus(driver, field)).toBe(true);
  await enrollment.enterCode(await codeFor(demo, "sms"));
  await enrollment.screen("Save your recovery code");
  await expect.poll(focused).toBe("Save your recovery code");
});

test("somebody removes the method they have just added", async ({ demo, enrollment }) => {
  await enrollment.signInHere(people.robin);
  await enroll(enrollment, demo, "email");
  await enrollment.press(/^Remove/);
  await enrollment.screen(/^Remove .*\?$/);
  await enrollment.press("Remove");
  await enrollment.see("You have no sign-in methods yet.");
  expect(await enrollment.methods()).toEqual([]);
});

test("somebody with a phone proves it is them with a text, and lands on the address they had typed", async ({
  demo,
  enrollment,
}) => {
  await enrollment.signInHere(people.kim);
  await enrollment.chooseChannel("email");
  await enrollment.type("Email address", contacts.email);
  await enrollment.press("Email me a code");
  await enrollment.screen("Confirm it’s you");
  await enrollment.press("Send code");
  await enrollment.screen("Enter the code to confirm it’s you");
  await enrollment.enterCode(await readCode(demo.outbox, { channel: "sms" }));
  await enrollment.screen("Which address should we write to?");
  expect(await (await enrollment.find("textbox", "Email address")).getAttribute("value")).toBe(contacts.email);
  await enrollment.press("Email me a code");
  await enrollment.screen("Enter the code we emailed");
  await enrollment.enterCode(await codeFor(demo, "email"));
  await enrollment.finish();
  expect(await enrollment.methods()).toHaveLength(2);
});
