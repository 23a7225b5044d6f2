import type { BrowserContext, Page } from "playwright/test";
import { SCENARIOS } from "../src/demo/scenarios/catalogue.ts";
import type { EnrollmentPage, TestChannel } from "../src/testing/enrollment-page.ts";
import { pointerHand } from "../src/testing/hand.ts";
import { readCode, readOutbox } from "../src/testing/read-code.ts";
import { expect, test } from "./fixtures.ts";
import { contacts, people } from "./people.ts";
import type { Site } from "./servers.ts";

/*
 * Every scenario of the demo, opened by its link and played as its own text says. What stands there between quotation marks
 * must have been on the screen by the end.
 */

/** Somebody who plays a scenario. */
interface Player {
  page: Page;
  context: BrowserContext;
  site: Site;
  quick: EnrollmentPage;
  complaints: string[];
  /** Waits until a sentence is on the screen; `…` stands for whatever is there. */
  see(sentence: string): Promise<void>;
  press(name: string | RegExp): Promise<void>;
  /** Presses a button of the scenario's note. */
  pressNote(name: string): Promise<void>;
  /** Adds a method up to the press that asks for a code. */
  ask(channel: TestChannel, contact: string): Promise<void>;
  /** The newest code that arrived by this channel. */
  code(channel?: TestChannel): Promise<string>;
  /** Lets the demo's clock go ahead. */
  later(seconds: number): Promise<void>;
  /** How many messages with a code were delivered. */
  sent(): Promise<number>;
}

const hand = pointerHand();
const FIELD = { sms: "Phone number", voice: "Phone number", email: "Email address" } as const;
const SEND = { sms: "Text me a code", voice: "Call me with a code", email: "Email me a code" } as const;

const patternOf = (sentence: string): RegExp =>
  new RegExp(sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("…", ".*"));

const wrong = (code: string): string => (code === "000000" ? "111111" : "000000");

/** Types who they are; where that leads is the scenario's to say. */
async function trySigningIn({ quick, press }: Player): Promise<void> {
  await hand.type(quick.root.getByLabel("Email or username"), people.robin.username);
  await hand.type(quick.root.getByLabel("Password"), people.robin.password);
  await press("Sign in");
}

async function saveAndFinish({ quick, see }: Player): Promise<void> {
  await see("Save your recovery code");
  await quick.saveRecoveryCode();
  await see("You’re all set");
}

async function enroll(player: Player, channel: TestChannel, contact: string): Promise<void> {
  await player.ask(channel, contact);
  await player.quick.screen(/^Enter the code/).waitFor();
  await player.quick.enterCode(await player.code(channel));
  await saveAndFinish(player);
}

/** Types the address of Kim's second method, up to the proof. */
async function askForSecond({ ask, see }: Player): Promise<void> {
  await ask("email", "kim@example.net");
  await see("Confirm it’s you");
}

const PLAYS: Readonly<Record<string, (player: Player) => Promise<void>>> = {
  "enroll-by-text": (player) => enroll(player, "sms", contacts.sms),
  async "enroll-by-call"(player) {
    await player.ask("voice", contacts.voice);
    await player.quick.screen(/^Enter the code/).waitFor();
    // It stops ringing once the code was entered.
    await player.page.getByRole("region", { name: "Incoming call" }).waitFor();
    await player.quick.enterCode(await player.code("voice"));
    await saveAndFinish(player);
  },
  "enroll-by-email": (player) => enroll(player, "email", "robin@example.net"),
  async "already-enrolled"(player) {
    const { quick, press, code } = player;
    await askForSecond(player);
    await press("Send code");
    await quick.screen("Enter the code to confirm it’s you").waitFor();
    await quick.enterCode(await code());
    await expect(quick.root.getByLabel("Email address")).toHaveValue("kim@example.net");
  },
  async "step-up-by-recovery-code"(player) {
    const { quick, press, see } = player;
    await askForSecond(player);
    await hand.pick(quick.root.getByRole("radio", { name: "Use the recovery code you saved" }));
    await press("Continue");
    await hand.type(quick.root.getByRole("textbox", { name: "Recovery code" }), "K7M2 P9Q4 R8S3 T6V5 W1X2 Y9ZA");
    await press("Continue");
    await see("Save your recovery code");
    await quick.saveRecoveryCode();
    await expect(quick.root.getByLabel("Email address")).toHaveValue("kim@example.net");
  },
  async "replace-a-method"({ quick, press, see, code }) {
    await press(/^Replace/);
    await quick.enterPhone("sms", contacts.sms);
    await quick.enterCode(await code());
    await see("… has taken the place of the old method.");
    await quick.finish();
    expect(await quick.methods()).toHaveLength(1);
  },
  async "came-back-to-the-code"(player) {
    await player.see("Enter the code we texted");
    expect(await player.sent()).toBe(1);
    await player.quick.enterCode(await player.code());
    await saveAndFinish(player);
  },
  async "came-back-to-the-recovery-code"(player) {
    const { page, quick, see } = player;
    const code = () => quick.root.getByRole("group", { name: "Recovery code" }).innerText();
    await see("Save your recovery code");
    const first = await code();
    await page.reload();
    expect(await code()).toBe(first);
    await see("I have saved it");
    await saveAndFinish(player);
  },
  async "sign-in-by-redirect"({ quick, see }) {
    await quick.signInByRedirect(people.robin);
    await see("Sign-in methods");
  },

  async "wrong-code"({ quick, see, code }) {
    const right = await code();
    await quick.enterCode(wrong(right));
    await see("That code didn’t match. 4 tries left.");
    await quick.enterCode(right);
    await quick.screen("Save your recovery code").waitFor();
  },
  async "one-try-left"({ quick, see, press, pressNote, code }) {
    await quick.enterCode(wrong(await code()));
    await see("Locked for a while");
    await pressNote("30 seconds later");
    await press("Send another text");
    await see("3 tries left.");
  },
  async "too-many-tries"({ see }) {
    await see("Locked for a while");
    await see("Too many codes didn’t match. You can try again at …");
  },
  async "code-expired"(player) {
    await player.see("This code has ended. Send a new one.");
    const old = await player.code();
    await player.press("Send another text");
    await player.see("The code works until …");
    expect(await player.code()).not.toBe(old);
    await player.quick.enterCode(await player.code());
    await player.see("Save your recovery code");
  },
  async "code-about-to-end"({ pressNote, see }) {
    await pressNote("5 minutes later");
    await see("This code has ended. Send a new one.");
  },

  async "too-many-texts"({ ask, see, sent }) {
    await ask("sms", contacts.sms);
    await see("Too many texts. You can ask again at …, or use another method.");
    expect(await sent()).toBe(5);
  },
  async "no-more-resends"({ quick, see, code }) {
    await see("No more can be sent for now.");
    await quick.enterCode(await code());
    await see("Save your recovery code");
  },
  async "too-many-texts-at-the-tenant"({ ask, see, sent }) {
    await ask("sms", "+12025550192");
    await see("Too many texts. You can ask again at …, or use another method.");
    expect(await sent()).toBe(0);
  },
  async "number-refused"({ quick, ask, see }) {
    await ask("sms", "+12025550190");
    await see("This number was refused. Check it, or use another one.");
    await expect(quick.root.getByLabel("Phone number")).toHaveValue(/0190$/);
  },
  async landline({ quick, ask, see, press }) {
    await ask("sms", "+493023125000");
    await see("This looks like a landline in Germany, which can’t get texts. Shall we call it instead?");
    await press("Call this number instead");
    await quick.screen("Enter the code from the call").waitFor();
  },
  async "text-never-arrives"({ quick, pressNote, see, press, sent, code }) {
    await pressNote("30 seconds later");
    await see("Didn’t get it?");
    await see("Send another text");
    expect(await sent()).toBe(0);
    await press("Change number");
    await quick.enterPhone("sms", contacts.sms);
    expect(await code()).toMatch(/^\d{6}$/);
  },
  async "method-limit"({ ask, see }) {
    await ask("sms", contacts.sms);
    await see("No more methods can be added");
  },

  async "lost-answer-on-start"({ ask, see, sent }) {
    await ask("sms", contacts.sms);
    await see("A message may arrive at …; its code will not work. Send another?");
    expect(await sent()).toBe(1);
  },
  async "answer-503-on-start"({ quick, ask, press, pressNote, see, sent }) {
    await ask("sms", contacts.sms);
    await see("A message may arrive at …; its code will not work. Send another?");
    expect(await sent()).toBe(0);
    await pressNote("30 seconds later");
    await press("Send another code");
    await quick.screen("Enter the code we texted").waitFor();
    expect(await sent()).toBe(1);
  },
  async "lost-answer-on-resend"({ press, see }) {
    await press("Send another text");
    await see("We asked for a newer message but its answer got lost. Use the earlier code, or send another.");
  },
  async "lost-answer-on-confirm"(player) {
    await player.quick.enterCode(await player.code());
    await saveAndFinish(player);
  },
  async "lost-answer-on-remove"({ press, see }) {
    await press(/^Remove/);
    await press("Remove");
    await see("You have no sign-in methods yet.");
  },
  async "late-answer"({ quick, ask, see, pressNote, sent }) {
    await ask("sms", contacts.sms);
    await expect(async () => {
      await pressNote("10 seconds later");
      await quick.screen("Sending your code…").waitFor({ timeout: 500 });
    }).toPass();
    await see("Sending your code…");
    await pressNote("10 seconds later");
    await quick.screen("Enter the code we texted").waitFor();
    expect(await sent()).toBe(1);
  },
  async "recovery-code-lost"(player) {
    const { quick, press, see, code } = player;
    await press("Send another code");
    await quick.screen("Enter the code we texted").waitFor();
    await quick.enterCode(await code());
    await see("Your method is on, but there’s no recovery code");
    await press("Get a new recovery code");
    await saveAndFinish(player);
  },
  async "recovery-code-lost-for-good"({ quick, press, see, code }) {
    await press("Send another code");
    await quick.screen("Enter the code we texted").waitFor();
    await quick.enterCode(await code());
    await see("Your method is on, but there’s no recovery code");
    await see("Add a second one, and ask whoever runs your account for a new recovery code.");
    await expect(quick.root.getByRole("button", { name: "Get a new recovery code" })).toHaveCount(0);
  },

  async "recovery-codes-off"({ quick, see, code }) {
    await quick.enterCode(await code());
    await see("You’re all set");
  },
  async "sms-factor-off"({ page, quick, ask, see }) {
    await ask("sms", contacts.sms);
    await see("This method isn’t available");
    await page.reload();
    await quick.addMethod();
    await quick.root.getByRole("radio", { name: "Email" }).waitFor();
    await expect(quick.root.getByRole("radio", { name: "Text message" })).toHaveCount(0);
  },
  async "tenant-down"(player) {
    await trySigningIn(player);
    await player.see("The service isn’t available");
  },
  async "tenant-rate-limited"({ ask, see }) {
    await ask("sms", contacts.sms);
    await see("Too many requests. You can try again at …");
  },
  async "tenant-misconfigured"(player) {
    await trySigningIn(player);
    await player.see("This isn’t set up correctly");
  },

  async locked({ quick, see, code }) {
    await quick.enterCode(await code());
    await see("Locked for a while");
    await see("You can try again at …");
  },
  async "email-only"({ quick, see }) {
    await see("Your account’s verified address. It’s always on.");
    await expect(quick.root.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
  },
  async "last-method"({ press, see }) {
    await press(/^Remove/);
    await see("It’s your last method. After this, your password alone protects the account.");
  },
  async "sign-in-blocked"(player) {
    await trySigningIn(player);
    await player.see("Sign-in is blocked until …");
  },
  async "session-over"({ pressNote, see }) {
    await pressNote("16 minutes later");
    await see("Please sign in again");
  },
  async "proof-over"({ quick, ask, see, press }) {
    await ask("sms", contacts.sms);
    await see("Confirm it’s you");
    await hand.type(quick.root.getByLabel("Password"), people.robin.password);
    await press("Continue");
    await expect(quick.root.getByLabel("Phone number")).toHaveValue(/0142$/);
  },

  async "slow-network"({ quick, ask, see, sent, later }) {
    // Each answer is waited for by the demo's clock, so nobody has to wait here.
    await later(2);
    await ask("sms", contacts.sms);
    const send = quick.root.getByRole("button", { name: "Text me a code" });
    for (const _ of [1, 2, 3]) await send.dispatchEvent("click");
    await later(2);
    await see("Enter the code we texted");
    expect(await sent()).toBe(1);
  },
  async "lost-answer-to-the-page"({ ask, see, sent, complaints }) {
    await ask("sms", contacts.sms);
    await see("Enter the code we texted");
    expect(await sent()).toBe(1);
    complaints.length = 0;
  },
  async "service-unreachable"({ quick, press, see, complaints }) {
    await see("We can’t reach the service");
    await press("Try again");
    await quick.screen("Sign-in methods").waitFor();
    complaints.length = 0;
  },
  async offline({ context, quick, see, press, code, complaints }) {
    const right = await code();
    await quick.root.getByLabel("Six-digit code").waitFor();
    await context.setOffline(true);
    await see("You’re offline. What you typed is kept; try again when you’re back.");
    await quick.enterCode(right);
    await quick.root.getByRole("button", { name: "Try again" }).waitFor();
    await context.setOffline(false);
    await press("Try again");
    await quick.screen("Save your recovery code").waitFor();
    complaints.length = 0;
  },
};

for (const { name, title, expect: expected } of SCENARIOS.flatMap(({ scenarios }) => scenarios)) {
  test(`${name}: ${title}`, async ({ page, context, demo, quick, complaints }) => {
    const promised = [...expected.matchAll(/“([^”]+)”/g)].map(([, sentence = ""]) => sentence);
    const seen: string[] = [];
    const note = page.getByRole("region", { name: "Scenario" });
    const press = (button: string | RegExp) => quick.root.getByRole("button", { name: button, exact: true }).click();
    await page.goto(`${demo.page}/?scenario=${name}`);
    await note.getByText(expected).waitFor();
    expect(page.url()).toBe(`${demo.page}/`);
    await PLAYS[name]?.({
      page,
      context,
      site: demo,
      quick,
      complaints,
      press,
      async see(sentence) {
        await quick.root.getByText(patternOf(sentence)).first().waitFor();
        seen.push(sentence);
      },
      pressNote: (button) => note.getByRole("button", { name: button }).click(),
      async ask(channel, contact) {
        await quick.addMethod();
        await quick.chooseChannel(channel);
        await hand.type(quick.root.getByLabel(FIELD[channel]), contact);
        await press(SEND[channel]);
      },
      async code(channel = "sms") {
        const newest = (await readOutbox(demo.outbox)).findLast((message) => message.channel === channel)?.code;
        return newest ?? readCode(demo.outbox, { channel });
      },
      async later(seconds) {
        const headers = { "Content-Type": "application/json" };
        await fetch(`${demo.page}/demo/later`, { method: "POST", headers, body: JSON.stringify({ seconds }) });
      },
      sent: async () => (await readOutbox(demo.outbox)).filter(({ code }) => code !== undefined).length,
    });
    for (const sentence of promised) {
      expect(
        seen.some((each) => each === sentence || each.includes(sentence)),
        `“${sentence}” was on the screen`,
      ).toBe(true);
    }
  });
}

test("every scenario is listed with its link, and every one is played", async ({ page, demo, expectAccessible }) => {
  await page.goto(`${demo.page}/scenarios`);
  const links = page.getByRole("main").getByRole("listitem").getByRole("link");
  await expect(links).not.toHaveCount(0);
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  expect(addresses.toSorted()).toEqual(
    Object.keys(PLAYS)
      .map((name) => `/?scenario=${name}`)
      .toSorted(),
  );
  await expectAccessible("the list of scenarios");
});

test("a scenario that does not exist changes nothing and leads to the list", async ({ page, demo, quick }) => {
  await page.goto(demo.page);
  await quick.signInHere(people.robin);
  await page.goto(`${demo.page}/?scenario=no-such-thing`);
  await expect(page.getByText("There is no scenario “no-such-thing”, and nothing was changed.")).toBeVisible();
  await page.goto(demo.page);
  await quick.screen("Sign-in methods").waitFor();
});

test.describe("on a narrow screen", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("what to do is read first, and the bar of the dock covers no control", async ({ page, demo, quick }) => {
    const note = page.getByRole("region", { name: "Scenario" });
    /** Says by how many pixels the bar covers a control that was scrolled to, or the end of the page; at most 0 when none. */
    const covered = () =>
      page.evaluate(() => {
        const bottomOf = (element: Element | null | undefined) => element?.getBoundingClientRect().bottom ?? Infinity;
        const top = document.querySelector(".demo-opener")?.getBoundingClientRect().top ?? 0;
        const controls = document.querySelectorAll(".mfa-enroll :is(button, input:not([type=radio]))");
        const below = [...controls].map((control) => {
          control.scrollIntoView({ block: "nearest", behavior: "instant" });
          return bottomOf(control) - top;
        });
        scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
        return Math.max(...below, bottomOf(document.querySelector("footer")) - top);
      });
    // A screen that has just come may still grow by a line while it is measured.
    const expectUncovered = () => expect.poll(covered, { timeout: 5_000 }).toBeLessThanOrEqual(0);

    await page.goto(`${demo.page}/?scenario=enroll-by-text`);
    await note.getByText("Add a method").waitFor();
    await page.getByRole("button", { name: "Close", expanded: true }).click();
    await expect(note).toBeHidden();
    await quick.screen("Sign-in methods").waitFor();
    await expectUncovered();
    await quick.addMethod();
    await quick.screen("How should we check it’s you?").waitFor();
    await expectUncovered();
    await quick.chooseChannel("sms");
    await quick.screen("Which number should we text?").waitFor();
    await expectUncovered();
    await quick.enterPhone("sms", contacts.sms);
    await expectUncovered();
    await page.reload();
    await quick.screen("Enter the code we texted").waitFor();
    await expect(note).toBeHidden();
  });
});
