import type { Locator, Page } from "playwright";

/** How a test reaches what it has found: with a pointer, by keyboard alone, or by touch. */
export interface Hand {
  /** Presses a button or a link, once it can be pressed. */
  press(target: Locator): Promise<void>;
  /** Writes into a field, in place of what was there. */
  type(field: Locator, text: string): Promise<void>;
  /** Chooses a radio button. */
  pick(radio: Locator): Promise<void>;
  /** Ticks a checkbox that is not ticked. */
  tick(box: Locator): Promise<void>;
}

/** More stops than any page of ours has: whoever does not arrive by then is caught or lost. */
const STOPS = 150;

/** A busy button of the wizard keeps its focus and reacts to nothing, so a press would be lost. */
const READY = ':not([aria-disabled="true"])';

/** What a pointer or a finger meets: the label, which lies over a choice as large as its card. */
const labelOf = (choice: Locator): Locator => choice.locator("xpath=ancestor::label");

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === element.ownerDocument.activeElement);

/** Drives with a pointer, the quickest way. */
export function pointerHand(): Hand {
  return {
    press: (target) => target.click(),
    async type(field, text) {
      // Only keys are heard in every engine: what `fill` writes into Firefox passes React by.
      await field.fill("");
      await field.pressSequentially(text);
    },
    pick: (radio) => labelOf(radio).click(),
    tick: (box) => labelOf(box).click(),
  };
}

/** Drives by touch. The context must have `hasTouch`. */
export function touchHand(): Hand {
  return {
    press: (target) => target.tap(),
    async type(field, text) {
      await field.tap();
      await field.fill("");
      await field.pressSequentially(text);
    },
    pick: (radio) => labelOf(radio).tap(),
    tick: (box) => labelOf(box).tap(),
  };
}

/**
 * Drives by keyboard alone: Tab until the target has the focus, then the keys that a person would press there. What
 * already has the focus is not left, so a screen that puts it in the wrong place fails a test that types.
 */
export function keyboardHand(page: Page): Hand {
  async function reach(target: Locator): Promise<void> {
    await target.waitFor();
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await hasFocus(target)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`The keyboard does not reach ${String(target)}.`);
  }

  return {
    async press(target) {
      await target.and(page.locator(READY)).waitFor();
      await reach(target);
      await page.keyboard.press("Enter");
    },
    async type(field, text) {
      await reach(field);
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type(text);
    },
    async pick(radio) {
      await radio.waitFor();
      const inGroup = () =>
        radio.evaluate((element) => {
          const active = element.ownerDocument.activeElement;
          return active?.getAttribute("name") === element.getAttribute("name");
        });
      for (let stop = 0; stop < STOPS; stop += 1) {
        if ((await hasFocus(radio)) && (await radio.isChecked())) return;
        // A group of radio buttons is one stop; the arrows move inside it.
        await page.keyboard.press((await inGroup()) ? "ArrowDown" : "Tab");
      }
      throw new Error(`The keyboard does not reach ${String(radio)}.`);
    },
    async tick(box) {
      await reach(box);
      if (!(await box.isChecked())) await page.keyboard.press("Space");
    },
  };
}
