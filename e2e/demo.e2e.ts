import { expect, test } from "./fixtures.ts";

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
