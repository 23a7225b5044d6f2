import { fileURLToPath } from "node:url";
import type { Page } from "playwright/test";
import type { EnrollmentPage } from "../src/testing/enrollment-page.ts";
import { readCode } from "../src/testing/read-code.ts";
import { test } from "./fixtures.ts";
import { contacts, people } from "./people.ts";

/*
 * The README's pictures, taken of the real demo by `npm run screenshots`. The demo's dock is only in the one that is about
 * the demo.
 */

const folder = fileURLToPath(new URL("../docs/screenshots", import.meta.url));

/** On the first the dock stands beside the page; on the others it is a drawer, and its one button is hidden. */
const WITH_DOCK = { width: 1280, height: 800 };
const WIDE = { width: 960, height: 760 };
const PHONE = { width: 390, height: 844 };

async function picture(page: Page, name: string, { withDock = false } = {}): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({
    path: `${folder}/${name}.png`,
    animations: "disabled",
    caret: "hide",
    ...(withDock ? {} : { style: ".demo-dock { visibility: hidden }" }),
  });
}

async function toCode(page: Page, address: string, quick: EnrollmentPage): Promise<void> {
  await page.goto(address);
  await quick.signInHere(people.robin);
  await quick.addMethod();
  await quick.chooseChannel("sms");
  await quick.enterPhone("sms", contacts.sms);
}

test.use({ viewport: WIDE, colorScheme: "light", reducedMotion: "reduce" });

test("in light", async ({ page, demo, quick }) => {
  await page.goto(demo.page);
  await quick.screen("Sign in to see your sign-in methods").waitFor();
  await quick.root.getByLabel("Password").waitFor();
  await picture(page, "sign-in-light");
  await quick.signInHere(people.robin);
  await quick.addMethod();
  await quick.screen("How should we check it’s you?").waitFor();
  await picture(page, "choose-light");
  await quick.chooseChannel("sms");
  await quick.screen("Which number should we text?").waitFor();
  await quick.root.getByLabel("Phone number").pressSequentially(contacts.sms);
  await picture(page, "phone-light");
  await quick.root.getByRole("button", { name: "Text me a code" }).click();
  await quick.screen("Enter the code we texted").waitFor();
  await page.setViewportSize(WITH_DOCK);
  // The narrower page before had to be scrolled.
  await page.evaluate(() => globalThis.scrollTo({ top: 0, behavior: "instant" }));
  await page.getByRole("button", { name: /^Copy code/ }).waitFor();
  await picture(page, "demo", { withDock: true });
  await page.setViewportSize(WIDE);
  await quick.enterCode(await readCode(demo.outbox, { channel: "sms" }));
  await quick.saveRecoveryCode();
  await quick.screen("You’re all set").waitFor();
  await picture(page, "done-light");
  await quick.finish();
  await picture(page, "panel-light");
});

test("in dark", async ({ page, demo, quick }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await toCode(page, demo.page, quick);
  await page.keyboard.type("482");
  await picture(page, "code-dark");
});

test.describe("on a phone", () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

  test("the recovery code, and the panel in dark", async ({ page, demo, quick }) => {
    await toCode(page, demo.page, quick);
    await quick.enterCode(await readCode(demo.outbox, { channel: "sms" }));
    await quick.root.getByRole("group", { name: "Recovery code" }).waitFor();
    await quick.screen("Save your recovery code").scrollIntoViewIfNeeded();
    await picture(page, "recovery-phone");
    await quick.saveRecoveryCode();
    await quick.finish();
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "panel-phone-dark");
  });
});
