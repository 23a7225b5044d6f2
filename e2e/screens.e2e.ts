import { readCode } from "../src/testing/read-code.ts";
import { expect, test } from "./fixtures.ts";
import { addPerson, contacts, people, phoneOfKim } from "./people.ts";
import { changeTenant } from "./servers.ts";

/*
 * Every screen in light and dark, as axe sees it. A pointer leads there, because how one gets there is tested elsewhere.
 */

test("signing in is accessible, and so is being refused", async ({ page, demo, quick, expectAccessible }) => {
  await page.goto(demo.page);
  await quick.screen("Sign in to see your sign-in methods").waitFor();
  await quick.root.getByLabel("Password").waitFor();
  await expectAccessible("sign-in");
  await quick.root.getByRole("button", { name: "Sign in", exact: true }).click();
  await quick.root.getByText("Enter your password.").first().waitFor();
  await expectAccessible("sign-in, empty");
  await quick.root.getByLabel("Email or username").fill(people.robin.username);
  await quick.root.getByLabel("Password").fill("not the password");
  await quick.root.getByRole("button", { name: "Sign in", exact: true }).click();
  await quick.root.getByText("That didn’t match.").first().waitFor();
  await expectAccessible("sign-in, refused");
});

test("choosing a channel and entering a number are accessible", async ({ page, demo, quick, expectAccessible }) => {
  const { root } = quick;
  await page.goto(demo.page);
  await quick.signInHere(people.robin);
  await expectAccessible("the empty panel");
  await quick.addMethod();
  await quick.screen("How should we check it’s you?").waitFor();
  await expectAccessible("choosing a channel");
  await quick.chooseChannel("sms");
  await quick.screen("Which number should we text?").waitFor();
  await expectAccessible("the empty number");
  await root.getByRole("button", { name: "Text me a code" }).click();
  await root.getByText("Enter a phone number.").first().waitFor();
  await expectAccessible("a missing number");
  await root.getByLabel("Phone number").fill("+4420");
  await root.getByRole("button", { name: "Text me a code" }).click();
  await root
    .getByText(/too short for United Kingdom/)
    .first()
    .waitFor();
  await expectAccessible("a number that is too short");
  // A fixed line in Berlin, from the range kept for dramas (BNetzA).
  await root.getByLabel("Phone number").fill("+49 30 23125 000");
  await root.getByRole("button", { name: "Text me a code" }).click();
  await root.getByRole("button", { name: "Call this number instead" }).waitFor();
  await expectAccessible("a landline");
  await root.getByRole("combobox", { name: "Country or region" }).click();
  await root.getByRole("listbox", { name: "Country or region" }).waitFor();
  await expectAccessible("the list of countries");
  await root.getByRole("combobox", { name: "Country or region" }).fill("zzz");
  await root.getByText("No country matches “zzz”.").first().waitFor();
  await expectAccessible("a search without a country");
});

test("entering an address is accessible", async ({ page, demo, quick, expectAccessible }) => {
  const { root } = quick;
  const address = root.getByLabel("Email address");
  const send = root.getByRole("button", { name: "Email me a code" });
  await page.goto(demo.page);
  await quick.signInHere(people.robin);
  await quick.addMethod();
  await quick.chooseChannel("email");
  await quick.screen("Which address should we write to?").waitFor();
  await expectAccessible("the empty address");
  await send.click();
  await root.getByText("Enter an email address.").first().waitFor();
  await expectAccessible("a missing address");
  await address.fill("robin.example.com");
  await send.click();
  await root.getByText("An email address has an @ in it.").first().waitFor();
  await expectAccessible("an address without @");
  await address.fill("robin@gmial.com");
  await address.press("Tab");
  await root.getByRole("button", { name: "Use robin@gmail.com" }).waitFor();
  await expectAccessible("an address that may be another one");
});

test("the code, the recovery code and the end are accessible", async ({ page, demo, quick, expectAccessible }) => {
  const { root } = quick;
  await page.clock.install();
  await page.goto(demo.page);
  await quick.signInHere(people.robin);
  await quick.addMethod();
  await quick.chooseChannel("sms");
  await quick.enterPhone("sms", contacts.sms);
  await expectAccessible("a fresh code");
  const code = await readCode(demo.outbox, { channel: "sms", to: contacts.sms });
  await quick.enterCode(code === "000000" ? "111111" : "000000");
  await root.getByText("That code didn’t match. 4 tries left.").first().waitFor();
  await expectAccessible("a wrong code");
  // The page's clock alone: half a minute later help is there and another message can be asked for, then the code is over.
  await page.clock.fastForward(31_000);
  await root.getByText("Didn’t get it?").click();
  await root.getByRole("button", { name: "Send another text" }).waitFor();
  await expectAccessible("help, and another message to ask for");
  await page.clock.fastForward(300_000);
  await root.getByText("This code has ended. Send a new one.").first().waitFor();
  await expectAccessible("a code that is over");
  await page.reload();
  await quick.enterCode(code);
  await quick.screen("Save your recovery code").waitFor();
  await root.getByRole("group", { name: "Recovery code" }).waitFor();
  await expectAccessible("the recovery code");
  await root.getByRole("button", { name: "Done", exact: true }).click();
  await root.getByText("Save the code, then tick this box.").first().waitFor();
  await expectAccessible("the recovery code, not saved yet");
  await quick.saveRecoveryCode();
  await quick.screen("You’re all set").waitFor();
  await expectAccessible("done");
  await quick.finish();
  await expectAccessible("the panel with a method");
  await root.getByRole("button", { name: /^Remove/ }).click();
  await quick.screen(/^Remove .*\?$/).waitFor();
  await expectAccessible("the question before a removal");
});

test("the proof before a change is accessible", async ({ page, demo, quick, hand, expectAccessible }) => {
  const { root } = quick;
  await page.goto(demo.page);
  await quick.signInHere(people.kim);
  await quick.addMethod();
  await quick.chooseChannel("email");
  await root.getByLabel("Email address").fill(contacts.email);
  await root.getByRole("button", { name: "Email me a code" }).click();
  await quick.screen("Confirm it’s you").waitFor();
  await expectAccessible("the ways to prove it");
  await root.getByRole("button", { name: "Send code" }).click();
  await quick.screen("Enter the code to confirm it’s you").waitFor();
  await expectAccessible("the code that proves it");
  await root.getByRole("button", { name: "Use a different method" }).click();
  await quick.screen("Confirm it’s you").waitFor();
  await hand.pick(root.getByRole("radio", { name: "Use the recovery code you saved" }));
  await root.getByRole("button", { name: "Continue" }).click();
  await quick.screen("Enter your recovery code").waitFor();
  await expectAccessible("the recovery code that proves it");
});

test("the panel of somebody who has a method is accessible", async ({ page, demo, quick, expectAccessible }) => {
  await page.goto(demo.page);
  await quick.signInByRedirect(people.kim, () => readCode(demo.outbox, { channel: "sms", to: phoneOfKim }));
  expect(await quick.methods()).toHaveLength(1);
  await expectAccessible("the panel of somebody with a phone");
});

/** A second: the proof of having signed in is old by the time a number is typed. */
const SOON_STALE = { MFA_TOKEN_SECONDS: "1", MFA_PROOF_SECONDS: "1" };

for (const [way, ending] of [
  ["password", "Continue"],
  ["redirect", "Continue to sign in"],
] as const) {
  test(`proving it by ${way} once more is accessible`, async ({ page, pairFor, quick, expectAccessible }) => {
    const site = await pairFor(way, SOON_STALE);
    const person = await addPerson(site);
    await page.goto(site.page);
    if (way === "password") await quick.signInHere(person);
    else await quick.signInByRedirect(person);
    await quick.addMethod();
    await quick.chooseChannel("email");
    await quick.root.getByLabel("Email address").fill(contacts.email);
    await expect(async () => {
      await quick.root.getByRole("button", { name: "Email me a code" }).click();
      await quick.screen("Confirm it’s you").waitFor({ timeout: 1000 });
    }).toPass();
    await quick.root.getByRole("button", { name: ending, exact: true }).waitFor();
    await expectAccessible(`the proof by ${way}`);
  });
}

test("ways of stopping are accessible", async ({ page, demo, quick, expectAccessible }) => {
  const { root } = quick;
  await page.goto(demo.page);
  await quick.signInHere(people.jules);
  await quick.addMethod();
  await quick.chooseChannel("sms");
  await quick.enterPhone("sms", contacts.sms);
  await quick.enterCode(await readCode(demo.outbox, { channel: "sms", to: contacts.sms }));
  await quick.screen("Locked for a while").waitFor();
  await expectAccessible("locked for a while");
  await root.getByRole("button", { name: "Close" }).click();

  await changeTenant(demo, { factors: { phone: true, email: false, otp: true, push: true, recoveryCode: true } });
  await quick.addMethod();
  await quick.chooseChannel("email");
  await root.getByLabel("Email address").fill(contacts.email);
  await root.getByRole("button", { name: "Email me a code" }).click();
  await quick.screen("This method isn’t available").waitFor();
  await expectAccessible("a method that is switched off");
});

test("a service that cannot be reached is told accessibly, and asked again", async ({
  page,
  demo,
  quick,
  expectAccessible,
  complaints,
}) => {
  await page.route("**/api/mfa/session", (route) => route.abort("connectionrefused"));
  await page.goto(demo.page);
  await quick.screen("We can’t reach the service").waitFor();
  await expectAccessible("a service that cannot be reached");
  await page.unroute("**/api/mfa/session");
  await quick.root.getByRole("button", { name: "Try again" }).click();
  await quick.screen("Sign in to see your sign-in methods").waitFor();
  expect(complaints.filter((complaint) => !complaint.includes("ERR_CONNECTION_REFUSED"))).toEqual([]);
  complaints.length = 0;
});
