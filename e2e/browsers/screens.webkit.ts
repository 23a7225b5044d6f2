import { readCode } from "../../src/testing/read-code.ts";
import { contacts, people } from "../people.ts";
import { expect, test } from "./fixtures.ts";

for (const scheme of ["light", "dark"] as const) {
  test.describe(`on a ${scheme} desktop`, () => {
    test.use({ dark: scheme === "dark" });

    test(`the main screens are ${scheme} and accessible`, async ({ driver, demo, enrollment, expectAccessible }) => {
      const isDark = await driver.executeScript("return matchMedia('(prefers-color-scheme: dark)').matches");
      expect(isDark).toBe(scheme === "dark");
      await enrollment.screen("Sign in to see your sign-in methods");
      await expectAccessible("signing in");
      await enrollment.signInHere(people.robin);
      await expectAccessible("the empty panel");
      await enrollment.press("Add a method");
      await enrollment.screen("How should we check it’s you?");
      await expectAccessible("choosing a channel");
      await enrollment.press("Cancel");
      await enrollment.chooseChannel("sms");
      await enrollment.find("textbox", "Phone number");
      await expectAccessible("the number");
      await enrollment.enterContact("sms", contacts.sms);
      await expectAccessible("the code");
      await enrollment.enterCode(await readCode(demo.outbox, { channel: "sms", to: contacts.sms }));
      await enrollment.screen("Save your recovery code");
      await expectAccessible("the recovery code");
      await enrollment.saveRecoveryCode();
      await enrollment.screen("You’re all set");
      await expectAccessible("the end");
      await enrollment.finish();
      await expectAccessible("the panel with a method");
    });
  });
}
