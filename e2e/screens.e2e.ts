import { readCode } from "../src/testing/read-code.ts";
import { expect, test } from "./fixtures.ts";
import { contacts, people } from "./people.ts";

/*
 * The real page with a real service behind it, as axe sees it on the way through. Every screen by itself, however rare, is
 * in every-screen.e2e.ts.
 */

test("the whole way is accessible, from the sign-in to the panel", async ({ page, demo, quick, expectAccessible }) => {
  const { root } = quick;
  await page.goto(demo.page);
  await root.getByLabel("Password").waitFor();
  await expectAccessible("signing in");
  await quick.signInHere(people.robin);
  await expectAccessible("the empty panel");
  await quick.addMethod();
  await quick.screen("How should we check it’s you?").waitFor();
  await expectAccessible("choosing a channel");
  await quick.chooseChannel("sms");
  await root.getByLabel("Phone number").waitFor();
  await expectAccessible("the number");
  await quick.enterPhone("sms", contacts.sms);
  await expectAccessible("the code");
  const code = await readCode(demo.outbox, { channel: "sms", to: contacts.sms });
  await quick.enterCode(code === "000000" ? "111111" : "000000");
  await root.getByText("That code didn’t match. 4 tries left.").first().waitFor();
  await expectAccessible("a wrong code");
  await quick.enterCode(code);
  await root.getByRole("group", { name: "Recovery code" }).waitFor();
  // The notice of it comes at some moment, and is not to be faded in while it is looked at.
  await page.getByText("A sign-in method was added", { exact: true }).first().waitFor({ state: "attached" });
  await expectAccessible("the recovery code");
  await quick.saveRecoveryCode();
  await quick.screen("You’re all set").waitFor();
  await expectAccessible("the end");
  await quick.finish();
  await expectAccessible("the panel with a method");
  await root.getByRole("button", { name: /^Remove/ }).click();
  await quick.screen(/^Remove .*\?$/).waitFor();
  await expectAccessible("the question before a removal");
});

test("a choice is made on the card, on its words and on the button itself", async ({ page, demo, quick }) => {
  await page.goto(demo.page);
  await quick.signInHere(people.robin);
  await quick.addMethod();
  const channel = (name: string) => quick.root.getByRole("radio", { name });
  await channel("Email").check();
  await expect(channel("Email")).toBeChecked();
  // What lies over the words is the choice itself, so there is nothing to wait for.
  await quick.root.getByText(/^We call and read out/).click({ force: true });
  await expect(channel("Voice call")).toBeChecked();
  await quick.root.getByText("Text message", { exact: true }).click();
  await expect(channel("Text message")).toBeChecked();
});

test("a service that cannot be reached is told, and asked again", async ({ page, demo, quick, complaints }) => {
  await page.route("**/api/mfa/session", (route) => route.abort("connectionrefused"));
  // As it was built: one that is drawn has the session in it.
  await page.goto(`${demo.page}/index.html`);
  await quick.screen("We can’t reach the service").waitFor();
  await page.unroute("**/api/mfa/session");
  await quick.root.getByRole("button", { name: "Try again" }).click();
  await quick.screen("Sign in to see your sign-in methods").waitFor();
  expect(complaints.filter((complaint) => !/ERR_CONNECTION_REFUSED|NS_ERROR_ABORT/.test(complaint))).toEqual([]);
  complaints.length = 0;
});
