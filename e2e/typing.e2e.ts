import fc from "fast-check";
import { type Act, editsByHand } from "../src/edits/acts.ts";
import { editPlain } from "../src/edits/edit-plain.ts";
import { PlainField } from "../src/edits/plain-field.ts";
import { StandInField } from "../src/edits/stand-in-field.ts";
import { expect, test } from "./fixtures.ts";
import { people } from "./people.ts";
import { createTypist } from "./typist.ts";

/*
 * `npm run edits` plays its sequences in a stand-in of an input. Here real keys, a real clipboard and an input method do the
 * same: in a bare input, which must do what the stand-in does, and in the phone field, which must do what a plain field does.
 */

/** How many sequences of up to fourteen acts a test plays: seventy take about fifteen seconds. */
const SEQUENCES = 70;
/** Fixed, so that a browser test does the same each time; the random ones are in `npm test` before it. */
const SEEDS = [1, 2, 3];

// Deletions by the word differ between systems, and so do their keys.
test.skip(process.platform !== "linux", "for the keys and words of Chromium on Linux");
test.describe.configure({ timeout: 180_000 });

/** One long sequence, in which each part begins with an empty field. */
function actsOf(seed: number, has: (act: Act) => boolean): readonly Act[] {
  const sequences = fc.sample(editsByHand, { numRuns: SEQUENCES, seed });
  const all = sequences.flatMap(({ acts }): readonly Act[] => [{ does: "key", text: "0", at: null }, CLEAR, ...acts]);
  return all.filter(has);
}

const CLEAR: Act = { does: "remove", what: "SoftLine", way: "Backward", at: null };

/** Chromium on Linux has no key for it. */
const isToTheEnd = (act: Act) => act.does === "remove" && act.what === "SoftLine" && act.way === "Forward";

/** Chromium's words around these are one thing to the left and another to the right. */
const isOddWord = (act: Act, text: string) =>
  act.does === "remove" && act.what === "Word" && /[\u00a0\u202a\u202c]/.test(text);

/** A history that the page has never touched is the browser's own. */
const isHistory = ({ does }: Act) => does === "undo" || does === "redo";

test("a bare input does what its stand-in does", async ({ page }) => {
  const address = "http://localhost/bare";
  const body = '<!doctype html><title>Bare</title><input aria-label="Bare">';
  await page.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(address);
  const input = page.getByRole("textbox", { name: "Bare" });
  await input.focus();
  const typist = await createTypist(page, input);
  const standIn = new StandInField({ edited: () => undefined, pressed: () => false }, "");
  standIn.clipboard = "7";

  for (const act of actsOf(0, (one) => !isToTheEnd(one) && !isHistory(one))) {
    const before = await typist.begin(act);
    if (isOddWord(act, before.text)) continue;
    standIn.setSelectionRange(before.start, before.end);
    standIn.perform(act);
    const { value: text, selectionStart: start, selectionEnd: end } = standIn;
    expect(await typist.perform(act), `${JSON.stringify(act)} in ${JSON.stringify(before)}`).toEqual({
      text,
      start,
      end,
    });
  }
});

for (const seed of SEEDS) {
  test(`the phone field is a plain field to somebody with a keyboard, seed ${seed}`, async ({ page, demo, quick }) => {
    await page.goto(demo.page);
    await quick.signInHere(people.robin);
    await quick.addMethod();
    await quick.chooseChannel("sms");
    const input = quick.root.getByLabel("Phone number");
    await input.click();
    const typist = await createTypist(page, input);
    const plain = new PlainField("");
    let clipboard = "7";

    for (const act of actsOf(seed, (one) => !isToTheEnd(one))) {
      const before = await typist.begin(act);
      if (isOddWord(act, before.text)) continue;
      if ("at" in act && act.at !== null) plain.select(before.text, before.start, before.end);
      if (act.does === "paste") clipboard = act.text;
      if ((act.does === "cut" || act.does === "copy") && before.start !== before.end)
        clipboard = before.text.slice(before.start, before.end);
      editPlain(plain, act, { ...before, clipboard, home: null });
      const { text, start, end } = await typist.perform(act);
      const where = `after ${JSON.stringify(act)} in ${JSON.stringify(before)}`;
      expect(plain.differenceTo(text, start, end), where).toBeNull();
    }
  });
}
