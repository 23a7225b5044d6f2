import type { Locator, Page } from "playwright/test";
import type { Hand } from "../../src/testing/hand.ts";
import type { Show } from "./show.ts";

/** A way over the screen takes about a third of a second, in steps that the eye takes for one movement. */
const STEPS = 7;
const STEP_MS = 50;
/** The pointer rests before it presses, and is seen pressing. */
const REST_MS = 250;
const PRESS_MS = 150;
/** About nine characters a second: somebody who knows what they type. */
const KEY_MS = 110;

/** A hand that people can follow: its pointer moves, rests and presses, and it types one key after the other. */
export interface TourHand extends Hand {
  /** Moves to something without pressing it. */
  pointAt(target: Locator): Promise<void>;
}

/** Creates the hand of a tour. */
export function createTourHand(page: Page, show: Show): TourHand {
  let at = { x: 600, y: 400 };

  async function pointAt(target: Locator): Promise<void> {
    // A click that is only tried waits until the target is there, at rest, and in view.
    await target.click({ trial: true });
    const box = await target.boundingBox();
    if (box === null) throw new Error(`${String(target)} is nowhere.`);
    const from = at;
    // Beside the middle, so that the pointer does not lie on the words.
    at = { x: Math.round(box.x + box.width * 0.7), y: Math.round(box.y + box.height * 0.6) };
    if (from.x === at.x && from.y === at.y) return;
    for (let step = 1; step <= STEPS; step += 1) {
      const part = easing(step / STEPS);
      await page.mouse.move(Math.round(from.x + (at.x - from.x) * part), Math.round(from.y + (at.y - from.y) * part));
      await show.hold(STEP_MS);
    }
    await show.hold(REST_MS * show.patience);
  }

  async function press(target: Locator): Promise<void> {
    await pointAt(target);
    await page.mouse.down();
    await show.hold(PRESS_MS);
    await page.mouse.up();
  }

  const labelOf = (choice: Locator): Locator => choice.locator("xpath=ancestor::label");
  return {
    pointAt,
    press,
    async type(field, text) {
      if (!(await field.evaluate((element) => element === document.activeElement))) await press(field);
      // What the last key does, whoever tells the story waits for: an answer may come at any time.
      for (const key of text) {
        await show.hold(KEY_MS);
        await page.keyboard.type(key);
      }
    },
    pick: (radio) => press(labelOf(radio)),
    tick: (box) => press(labelOf(box)),
  };
}

/** Slow at both ends, as a hand is. */
function easing(part: number): number {
  return part * part * (3 - 2 * part);
}
