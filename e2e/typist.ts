import type { CDPSession, Locator, Page } from "playwright";
import type { Act } from "../src/edits/acts.ts";

/** What a field shows. */
export interface Shown {
  text: string;
  start: number;
  end: number;
}

/** Somebody who does acts to a field with real keys. Chromium alone: input methods are driven by its protocol. */
export interface Typist {
  /** Goes to where the act begins and says what is there. */
  begin(act: Act): Promise<Shown>;
  /** Does the act at the caret, and says what is there then. */
  perform(act: Act): Promise<Shown>;
}

const REACHES = { Content: "", Word: "Control+", SoftLine: "Control+Shift+" };

/** Makes a typist for an input that has the focus. */
export async function createTypist(page: Page, field: Locator): Promise<Typist> {
  const input = await field.elementHandle();
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);

  // Another test of the same browser may have left something there.
  await page.evaluate(() => navigator.clipboard.writeText("7"));

  const shown = (place: { from: number; to: number } | null): Promise<Shown> =>
    page.evaluate(
      ([element, at]) => {
        if (!(element instanceof HTMLInputElement)) throw new Error("No input.");
        if (at !== null) {
          const length = element.value.length + 1;
          const [one, other] = [at.from % length, at.to % length];
          element.setSelectionRange(Math.min(one, other), Math.max(one, other));
        }
        return { text: element.value, start: element.selectionStart ?? 0, end: element.selectionEnd ?? 0 };
      },
      [input, place] as const,
    );

  async function keys(act: Act): Promise<void> {
    switch (act.does) {
      case "key":
        return page.keyboard.type(act.text);
      case "insert":
        return page.keyboard.insertText(act.text);
      case "paste":
        await page.evaluate((text) => navigator.clipboard.writeText(text), act.text);
        return page.keyboard.press("Control+v");
      case "pasteBack":
        return page.keyboard.press("Control+v");
      case "copy":
        return page.keyboard.press("Control+c");
      case "cut":
        return page.keyboard.press("Control+x");
      case "remove":
        return page.keyboard.press(REACHES[act.what] + (act.way === "Backward" ? "Backspace" : "Delete"));
      case "undo":
        return page.keyboard.press("Control+z");
      case "redo":
        return page.keyboard.press(act.by === "keys" ? "Control+y" : "Control+Shift+z");
      case "compose":
        for (const text of [...act.interim, ...(act.last === null ? [""] : [])])
          await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
        if (act.last !== null) await cdp.send("Input.insertText", { text: act.last });
        return;
      default:
        throw new Error(`No key does "${act.does}".`);
    }
  }

  return {
    begin: (act) => shown("at" in act ? act.at : null),
    async perform(act) {
      await keys(act);
      return shown(null);
    },
  };
}
