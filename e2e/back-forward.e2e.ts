import type { BrowserContext, Page } from "playwright/test";
import { createEnrollmentPage } from "../src/testing/enrollment-page.ts";
import { lastMessageId, readCode } from "../src/testing/read-code.ts";
import { expect, test, type World } from "./hostile-pages/world.ts";
import { addPerson } from "./people.ts";

/*
 * A browser may put a page away whole and show it again as it was, to whoever then sits there. It does so less readily with what is
 * served as not to be stored, so that header is taken away here: what is left between two people is what the page does by itself.
 */

test.setTimeout(120_000);

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    // Playwright switches the back/forward cache off, and every test of it would pass without having tested anything.
    await use({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  },
});

/** Where somebody may be when they leave, with what must not be there any more when the page is shown again. */
interface Place {
  /** What the screen's heading says. */
  screen: string | RegExp;
  secrets: readonly string[];
  /** What its heading says when the visit has ended meanwhile. */
  ended: string | RegExp;
}

const SIGN_IN = "Sign in to see your sign-in methods";
/** What the page says of a visit that has ended: on the panel, and inside the wizard. */
const ENDED = /^(?:Sign in to see your sign-in methods|Please sign in again)$/;

/**
 * Leaves for another page and comes back as somebody does who presses Back. Gives the document, with everything that stands in its fields,
 * as it was at the moment it was shown again, before anything was asked. Fails where the browser had not put it away whole.
 */
async function leaveAndComeBack(page: Page, away: string, meanwhile?: () => Promise<unknown>): Promise<string> {
  const address = page.url();
  await page.evaluate(() => {
    const cameBack = ({ persisted }: PageTransitionEvent): void => {
      const fields = Array.from(document.querySelectorAll("input"), ({ value }) => value);
      if (persisted) Reflect.set(window, "cameBackWith", `${document.documentElement.outerHTML} ${fields.join(" ")}`);
    };
    window.addEventListener("pageshow", cameBack, { once: true });
  });
  await page.goto(away);
  await meanwhile?.();
  // The driver would wait for a load, and a page that was put away is not loaded again.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.waitForURL(address, { waitUntil: "commit" });
  let shown: unknown;
  const look = async (): Promise<string> => {
    shown = await page.evaluate((): unknown => Reflect.get(window, "cameBackWith")).catch(() => undefined);
    return typeof shown;
  };
  await expect.poll(look, "the page was put away whole and shown again as it was").toBe("string");
  return String(shown);
}

/** Leaves a place and comes back twice: to the same screen, and to the sign-in where the visit has ended meanwhile. */
async function expectNothingToBeLeftThere(
  context: BrowserContext,
  page: Page,
  world: World,
  place: Place,
): Promise<void> {
  const { screen, secrets } = place;
  const expectScreen = (name: string | RegExp) => expect(createEnrollmentPage(page).screen(name)).toBeVisible();
  await expectScreen(screen);
  const still = await leaveAndComeBack(page, world.sibling);
  for (const secret of secrets) expect(still, String(screen)).not.toContain(secret);
  await expectScreen(screen);

  const cookies = await context.cookies();
  const ended = await leaveAndComeBack(page, world.sibling, () => context.clearCookies());
  for (const secret of secrets) expect(ended, String(screen)).not.toContain(secret);
  await expectScreen(place.ended);
  await context.addCookies(cookies);
  await page.reload();
}

test("a page that does nothing is put away whole and shown again as it was, or none of this tests anything", async ({
  page,
  worldFor,
}) => {
  const world = await worldFor({}, "cache-control");
  await page.goto(world.evil);
  expect(await leaveAndComeBack(page, world.sibling)).toContain("Win a prize");
});

test("somebody who comes back to a page that was put away finds nothing there that was secret, on the whole way", async ({
  context,
  page,
  worldFor,
  quick,
}) => {
  const world = await worldFor({}, "cache-control");
  const person = await addPerson(world.site);
  const contact = `second.${person.username}`;
  const leaveAt = (screen: string | RegExp, secrets: readonly string[] = [], ended: string | RegExp = ENDED) =>
    expectNothingToBeLeftThere(context, page, world, { screen, secrets, ended });

  await page.goto(world.app);
  await quick.root.getByLabel("Password").fill(person.password);
  await leaveAt(SIGN_IN, [person.password]);
  await quick.signInHere(person);
  await leaveAt("Sign-in methods", [person.username]);
  await quick.addMethod();
  await leaveAt("How should we check it’s you?");
  await quick.addMethod();
  await quick.chooseChannel("email");
  await leaveAt("Which address should we write to?");
  await quick.addMethod();
  await quick.chooseChannel("email");
  const after = await lastMessageId(world.site.outbox);
  await quick.enterEmail(contact);
  const code = await readCode(world.site.outbox, { channel: "email", to: contact, after });
  await quick.root.getByLabel("Six-digit code").fill(code.slice(0, 5));
  await leaveAt(/^Enter the code/, [code.slice(0, 5), contact]);
  await quick.enterCode(code);
  const recoveryCode = await quick.root.getByRole("group", { name: "Recovery code" }).innerText();
  await leaveAt("Save your recovery code", [recoveryCode, recoveryCode.replaceAll(/\s/g, ""), contact]);
  await quick.saveRecoveryCode();
  // The last screen is the person's to read to the end. It knows the contact by its mask alone.
  await leaveAt("You’re all set", [recoveryCode, contact], "You’re all set");
  await quick.root.getByRole("button", { name: /^Remove/ }).click();
  await leaveAt(/^Remove .*\?$/, [contact]);
});
