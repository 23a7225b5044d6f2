import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright/test";
import { createMovingPicture, type MovingPicture } from "./moving-picture.ts";

/** How a tour is seen: recorded picture by picture, or played to people who watch. */
export interface Show {
  /** Lets the screen be seen as it is for so many milliseconds. */
  hold(ms: number): Promise<void>;
  /** Says that the screen has other colours from now on. */
  enterScene(name: string): void;
  /** How much longer than in a picture, which begins again, people in a room get for a sentence and a screen. */
  readonly patience: number;
}

/** Small enough for the width of a README, and large enough to be read there. */
const SCALE = 0.8;

/** Records the tour. Time passes in the picture alone, so that a busy machine makes the same one. */
export async function recordShow(page: Page): Promise<Show & { readonly picture: MovingPicture }> {
  // Several pictures a second: Playwright's own way prepares the page for each of them, with styles that its policy refuses.
  const browser = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, ...(page.viewportSize() ?? { width: 0, height: 0 }), scale: SCALE };
  const picture = createMovingPicture();
  let scene = "first";
  return {
    picture,
    patience: 1,
    enterScene(name) {
      scene = name;
    },
    async hold(ms) {
      // What was just done is drawn with the second picture of the screen at the latest.
      await page.evaluate(async () => {
        for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      });
      const { data } = await browser.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true, clip });
      picture.add(Buffer.from(data, "base64"), ms, scene);
    },
  };
}

/** Plays the tour at the pace of somebody who talks to it. */
export function playShow(): Show {
  return { patience: 1.8, enterScene: () => {}, hold: (ms) => wait(ms) };
}
