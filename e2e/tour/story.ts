import { expect, type Locator, type Page } from "playwright/test";
import type { Catalogue } from "../../src/ui/messages/messages.ts";
import { contacts, people } from "../people.ts";
import { createPretendPhone } from "../pretend-phone.ts";
import { showCaption } from "./overlay.ts";
import type { Show } from "./show.ts";
import { createTourHand } from "./tour-hand.ts";

/** What a sentence takes to be read: to be noticed, and so much for each of its characters. */
const NOTICE_MS = 900;
const CHARACTER_MS = 38;

/** A look at what has become of something that was typed. */
const LOOK_MS = 700;

/** What a story is told with. */
export interface Telling {
  readonly page: Page;
  readonly show: Show;
  /** Where the demo is. */
  readonly address: string;
  /** The language of the panel, and what it says in it. The captions are English. */
  readonly lang: string;
  readonly catalogue: Catalogue;
}

/** Tells how somebody who has nothing yet adds a phone, and how the panel looks elsewhere. */
export async function tellStory({ page, show, address, lang, catalogue: said }: Telling): Promise<void> {
  const hand = createTourHand(page, show);
  const phone = createPretendPhone(page, hand, false);
  const root = page.locator(".mfa-enroll").first();
  const dock = page.getByRole("complementary", { name: "Demo" });
  const button = (name: string): Locator => root.getByRole("button", { name, exact: true });
  const screen = (name: string): Promise<void> => root.getByRole("heading", { name, exact: true }).waitFor();
  const say = async (caption: string): Promise<void> => {
    await showCaption(page, caption);
    await show.hold((NOTICE_MS + CHARACTER_MS * caption.length) * show.patience);
  };

  await page.goto(`${address}/${lang === "en" ? "" : `?lang=${lang}`}`);
  await screen(said["sign_in.heading"]);
  await dock.getByText("robin@example.com").waitFor();
  await say("Robin opens the security settings of a made-up bank.");
  await hand.type(root.getByLabel(said["sign_in.username"]), people.robin.username);
  await hand.type(root.getByLabel(said["sign_in.password"], { exact: true }), people.robin.password);
  await hand.press(button(said["sign_in.submit"]));
  await screen(said["panel.heading"]);
  await say("There is only a password, and it could be stolen.");
  await hand.press(button(said["panel.add"]));

  await screen(said["choose.heading"]);
  await say("A code can come by text, by call or by email.");
  await hand.pick(root.getByRole("radio", { name: said["channel.sms"] }));
  await hand.press(button(said.continue));

  await screen(said["phone.heading.sms"]);
  const number = root.getByLabel(said["phone.label"], { exact: true });
  await number.waitFor();
  await say("The number is grouped while it is typed, and its country is found.");
  await hand.type(number, contacts.sms);
  await show.hold(LOOK_MS * show.patience);
  await hand.press(button(said["phone.submit.sms"]));

  await screen(said["code.heading.sms"]);
  const code = await phone.read("sms");
  await say("A text arrives on the pretend phone beside the page.");
  const field = root.getByLabel(said["code.label"]);
  await showCaption(page, "First a wrong code…");
  await hand.type(field, wrongFor(code));
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await say("A wrong code costs a try, and typing simply replaces it.");
  await showCaption(page, "The right one is checked as soon as its last digit is there.");
  await hand.type(field, code);

  await screen(said["recovery.heading"]);
  const shown = root.getByRole("group", { name: said["recovery.code"] });
  await shown.waitFor();
  // The mail that tells of the new method comes to the front of the dock whenever it arrives.
  await dock.getByRole("heading", { name: "Inbox" }).waitFor();
  await hand.pointAt(shown);
  await say("The recovery code is shown once, so it has to be saved.");
  await hand.tick(root.getByRole("checkbox", { name: said["recovery.saved"] }));
  await hand.press(button(said["recovery.submit"]));

  await screen(said["done.heading"]);
  await say("From now on a password alone is not enough.");
  await hand.press(button(said["done.submit"]));
  await screen(said["panel.heading"]);
  await say("The panel lists the new method.");

  await hand.press(dock.getByRole("button", { name: "Demo", exact: true }));
  show.enterScene("dark");
  await hand.pick(dock.getByRole("radio", { name: "Dark" }));
  await say("Light and dark follow the page around the panel.");

  const choose = async (select: Locator, value: string): Promise<void> => {
    await hand.pointAt(select);
    const loaded = page.waitForEvent("load");
    await select.selectOption(value);
    await loaded;
    await root.getByRole("heading", { level: 2 }).waitFor();
    await dock.getByRole("heading", { name: "Inbox" }).waitFor();
  };
  await choose(dock.getByLabel("Host"), "start-up");
  show.enterScene("start-up");
  await say("A dozen custom properties make it look like any host.");

  await hand.press(dock.getByRole("button", { name: "Demo", exact: true }));
  const elsewhere = lang === "ar" ? "en" : "ar";
  await choose(dock.getByLabel("Language of the panel"), elsewhere);
  await expect(root).toHaveAttribute("lang", elsewhere);
  await say("It speaks fifteen languages, also from right to left.");
}

/** Returns a code that is not the right one. */
function wrongFor(code: string): string {
  return code === "123456" ? "654321" : "123456";
}
