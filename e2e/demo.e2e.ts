import type { TestChannel, TestPerson } from "../src/testing/enrollment-page.ts";
import { expect, test } from "./fixtures.ts";
import { contacts, people } from "./people.ts";

test("somebody who looks at the demo finds people, a phone and a mailbox beside the page", async ({
  page,
  demo,
  isMobile,
  expectAccessible,
}) => {
  await page.goto(demo.page);
  const dock = page.getByRole("complementary", { name: "Demo" });
  if (isMobile) {
    await expect(dock.getByText("robin@example.com")).toBeHidden();
    await dock.getByRole("button", { name: "Phone" }).tap();
  }
  await expect(dock.getByText("robin@example.com")).toBeVisible();
  await expectAccessible("the demo's guide");
  for (const [tab, text] of [
    ["Phone", "Texts and calls to any number arrive here."],
    ["Mailbox", "Mail to any address arrives here."],
  ] as const) {
    await dock.getByRole("button", { name: tab, exact: true }).last().click();
    await expect(dock.getByText(text)).toBeVisible();
    await expectAccessible(`the demo's ${tab}`);
  }
});

test("the phone and the mailbox are pages of their own", async ({ page, demo, expectAccessible }) => {
  await page.goto(`${demo.page}/demo/phone`);
  await expect(page.getByRole("heading", { name: "Messages" })).toBeVisible();
  await expectAccessible("the phone alone");
  await page.goto(`${demo.page}/demo/mailbox`);
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
  await expectAccessible("the mailbox alone");
});

test("a text, a ringing call, an answered one and a mail are accessible", async ({
  context,
  page,
  demo,
  quick,
  isMobile,
  expectAccessible,
}) => {
  const dock = page.getByRole("complementary", { name: "Demo" });
  const sendTo = async (person: TestPerson, channel: TestChannel): Promise<void> => {
    await context.clearCookies();
    await page.goto(demo.page);
    await quick.signInHere(person);
    await quick.addMethod();
    await quick.chooseChannel(channel);
    if (channel === "email") await quick.enterEmail(contacts.email);
    else await quick.enterPhone(channel, contacts[channel]);
    if (isMobile) await dock.getByRole("button", { name: /^Phone\s*1\s*new$/ }).click();
  };

  await sendTo(people.robin, "sms");
  await dock.getByRole("button", { name: /^Copy code/ }).waitFor();
  await expectAccessible("a text on the phone");
  await sendTo(people.toni, "voice");
  await dock.getByRole("button", { name: "Answer", exact: true }).waitFor();
  await expectAccessible("a ringing call");
  await dock.getByRole("button", { name: "Answer", exact: true }).click();
  await dock.getByRole("button", { name: "Hang up" }).waitFor();
  await expectAccessible("an answered call");
  await sendTo(people.jules, "email");
  await dock.getByRole("button", { name: /^Copy code/ }).waitFor();
  await expectAccessible("a mail");
});
