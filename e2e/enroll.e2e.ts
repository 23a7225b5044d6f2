import type { EnrollmentPage, TestChannel } from "../src/testing/enrollment-page.ts";
import { readCode } from "../src/testing/read-code.ts";
import { expect, test } from "./fixtures.ts";
import { CHANNELS, contacts, methodOf, people, phoneOfKim } from "./people.ts";
import { createPretendPhone, type PretendPhone } from "./pretend-phone.ts";

/** From the panel to the code, which the pretend phone or the mailbox shows. */
async function enroll(enrollment: EnrollmentPage, phone: PretendPhone, channel: TestChannel): Promise<void> {
  await enrollment.addMethod();
  await enrollment.chooseChannel(channel);
  if (channel === "email") await enrollment.enterEmail(contacts.email);
  else await enrollment.enterPhone(channel, contacts[channel]);
  await enrollment.enterCode(await phone.read(channel));
}

for (const way of ["password", "redirect"] as const) {
  for (const channel of CHANNELS) {
    test(`somebody signs in by ${way} and adds ${channel}, from the empty panel to the saved recovery code`, async ({
      page,
      demo,
      hand,
      enrollment,
      isMobile,
    }) => {
      await page.goto(demo.page);
      if (way === "password") await enrollment.signInHere(people.robin);
      else await enrollment.signInByRedirect(people.robin);
      expect(await enrollment.methods()).toEqual([]);
      await enroll(enrollment, createPretendPhone(page, hand, isMobile), channel);
      expect(await enrollment.saveRecoveryCode()).toMatch(/^[A-Z0-9]{24}$/);
      await enrollment.finish();
      expect(await enrollment.methods()).toEqual([expect.stringMatching(methodOf[channel])]);
    });
  }
}

test("somebody with a phone proves it is them with a text, and lands on the number they had typed", async ({
  page,
  demo,
  hand,
  enrollment,
  isMobile,
}) => {
  const phone = createPretendPhone(page, hand, isMobile);
  await page.goto(demo.page);
  await enrollment.signInHere(people.kim);
  await enrollment.addMethod();
  await enrollment.chooseChannel("sms");
  await hand.type(enrollment.root.getByLabel("Phone number"), contacts.sms);
  await hand.press(enrollment.root.getByRole("button", { name: "Text me a code" }));
  await enrollment.screen("Confirm it’s you").waitFor();
  await hand.pick(enrollment.root.getByRole("radio", { name: /^Text message/ }));
  await hand.press(enrollment.root.getByRole("button", { name: "Send code" }));
  await enrollment.screen("Enter the code to confirm it’s you").waitFor();
  await enrollment.enterCode(await phone.read("sms"));
  await enrollment.screen("Which number should we text?").waitFor();
  expect((await enrollment.root.getByLabel("Phone number").inputValue()).replace(/\D/g, "")).toContain("2025550142");
  await hand.press(enrollment.root.getByRole("button", { name: "Text me a code" }));
  await enrollment.screen("Enter the code we texted").waitFor();
  await enrollment.enterCode(await phone.read("sms"));
  await enrollment.finish();
  expect(await enrollment.methods()).toHaveLength(2);
});

test("somebody with a phone signs in by redirect, is asked for its code there, and adds a second method", async ({
  page,
  demo,
  hand,
  enrollment,
  isMobile,
}) => {
  await page.goto(demo.page);
  await enrollment.signInByRedirect(people.kim, () => readCode(demo.outbox, { channel: "sms", to: phoneOfKim }));
  await enroll(enrollment, createPretendPhone(page, hand, isMobile), "email");
  await enrollment.finish();
  expect(await enrollment.methods()).toHaveLength(2);
});

test("the focus follows what somebody does, and is left alone when a page is opened", async ({
  page,
  demo,
  hand,
  enrollment,
}) => {
  const { root } = enrollment;
  const heading = (name: string) => root.getByRole("heading", { name, exact: true });
  const code = root.getByLabel("Six-digit code");
  await page.goto(demo.page);
  await heading("Sign in to see your sign-in methods").waitFor();
  await expect(page.locator("body")).toBeFocused();
  await enrollment.signInHere(people.robin);
  await expect(heading("Sign-in methods")).toBeFocused();
  await enrollment.addMethod();
  await expect(heading("How should we check it’s you?")).toBeFocused();
  await enrollment.chooseChannel("sms");
  await expect(heading("Which number should we text?")).toBeFocused();
  await enrollment.enterPhone("sms", contacts.sms);
  await expect(code).toBeFocused();
  await expect(code).toHaveAccessibleDescription(/^Enter the code we texted/);

  await page.reload();
  await code.waitFor();
  await expect(page.locator("body")).toBeFocused();
  const sent = await readCode(demo.outbox, { channel: "sms", to: contacts.sms });
  await enrollment.enterCode(sent === "000000" ? "111111" : "000000");
  await expect(root.getByText("That code didn’t match. 4 tries left.").first()).toBeVisible();
  await expect(code).toBeFocused();
  // What was refused is selected, so typing takes its place.
  await page.keyboard.type(sent);
  await expect(heading("Save your recovery code")).toBeFocused();
  await enrollment.saveRecoveryCode();
  await expect(heading("You’re all set")).toBeFocused();
  await enrollment.finish();
  await expect(heading("Sign-in methods")).toBeFocused();
  await hand.press(root.getByRole("button", { name: /^Remove/ }));
  await expect(root.getByRole("heading", { name: /^Remove .*\?$/ })).toBeFocused();
  await hand.press(root.getByRole("button", { name: "Keep it" }));
  await expect(heading("Sign-in methods")).toBeFocused();
});

test("a number that was missing and then typed is sent by the next press", async ({ page, demo, hand, enrollment }) => {
  const { root } = enrollment;
  await page.goto(demo.page);
  await enrollment.signInHere(people.robin);
  await enrollment.addMethod();
  await enrollment.chooseChannel("sms");
  await hand.press(root.getByRole("button", { name: "Text me a code" }));
  await expect(root.getByLabel("Phone number")).toBeFocused();
  await expect(root.getByLabel("Phone number")).toHaveAccessibleDescription(/^Enter a phone number\./);
  await enrollment.enterPhone("sms", contacts.sms);
});
