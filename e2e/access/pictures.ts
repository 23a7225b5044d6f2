import type { Page } from "playwright/test";
import { PNG } from "pngjs";

/*
 * Whether the focus is seen, by what is on the screen: a picture of an element without it and one with it. Computed
 * styles would also name a line that something hides.
 */

/** A thing that takes the focus, as it looks: one picture stands for all that look alike. */
export interface FocusKind {
  readonly place: number;
  readonly look: string;
}

/** Room around an element for a line of three pixels, two away from it. */
const AROUND = 8;

/** Returns each kind of stop on the screen by how it looks; what looks alike has the same text. */
export function focusKinds(page: Page): Promise<FocusKind[]> {
  return page.evaluate(() => {
    const [from, to] = [document.querySelector("#sign-in-methods"), document.querySelector("#after-the-panel")];
    if (from === null || to === null) throw new Error("There is no panel.");
    return probes.stopsBetween(from, to).map((stop, place) => {
      const looks = [
        stop.tagName,
        stop.className,
        stop.getAttribute("type"),
        stop.getAttribute("aria-invalid"),
        stop.getAttribute("aria-disabled"),
        stop instanceof HTMLInputElement && stop.checked,
        stop.closest(".mfa-notice, .mfa-card, .mfa-method")?.className,
      ];
      return { place, look: looks.join(" ") };
    });
  });
}

/**
 * Returns why a stop or its focus is not seen on the screen. The focus is seen where, around the stop, at least as many
 * pixels change as a line of two pixels around it has, each by a contrast of 3 to 1 (WCAG 2.2, 2.4.13).
 * A button or a field is seen by a closed line around it, a box to tick as well as far as it is drawn by the browser.
 */
export async function unseen(page: Page, place: number): Promise<string[]> {
  const boxes = await page.evaluate((wanted) => {
    const [from, to] = [document.querySelector("#sign-in-methods"), document.querySelector("#after-the-panel")];
    if (from === null || to === null) throw new Error("There is no panel.");
    const stop = probes.stopsBetween(from, to)[wanted];
    if (!(stop instanceof HTMLElement)) return null;
    stop.focus();
    const worn = (probes.ringBearer(stop) ?? stop).getBoundingClientRect();
    const own = stop.getBoundingClientRect();
    return {
      worn: { x: worn.x, y: worn.y, width: worn.width, height: worn.height },
      own: { x: own.x, y: own.y, width: own.width, height: own.height },
      // A quiet button and a disclosure are seen by their words, which are not a matter of 3 to 1.
      isEdged: stop.matches(".mfa-input, .mfa-button:not(.mfa-button-quiet), [type=checkbox], [type=radio]"),
    };
  }, place);
  if (boxes === null) return ["it is gone"];
  const clip = {
    x: Math.floor(boxes.worn.x - AROUND),
    y: Math.floor(boxes.worn.y - AROUND),
    width: Math.ceil(boxes.worn.width + 2 * AROUND),
    height: Math.ceil(boxes.worn.height + 2 * AROUND),
  };
  // The browser's own caret is left alone: hiding it takes a style that the page's policy refuses.
  const withFocus = await page.screenshot({ clip, caret: "initial" });
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  const without = await page.screenshot({ clip, caret: "initial" });
  const changed = changedPixels(PNG.sync.read(withFocus), PNG.sync.read(without));
  // A tenth less, for round corners.
  const wanted = Math.round(2 * 2 * (boxes.worn.width + boxes.worn.height) * 0.9);
  const faults = changed >= wanted ? [] : [`${String(changed)} pixels change instead of ${String(wanted)}`];
  if (boxes.isEdged) {
    const edge = edgePixels(PNG.sync.read(without), { ...boxes.own, x: boxes.own.x - clip.x, y: boxes.own.y - clip.y });
    // A line of one pixel is as long as what it goes around; a circle, the shortest one, has three quarters of it.
    const least = Math.round(2 * (boxes.own.width + boxes.own.height) * 0.7);
    if (edge < least) faults.push(`${String(edge)} pixels of its edge are seen instead of ${String(least)}`);
  }
  return faults;
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Counts the pixels in the outer three of an element that differ by 3 to 1 from what is around it. */
function edgePixels(picture: PNG, { x, y, width, height }: Box): number {
  const [left, top, right, bottom] = [x, y, x + width, y + height].map(Math.round);
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return 0;
  const ground = ((top - 2) * picture.width + left + 4) * 4;
  // A box to tick is all edge.
  const depth = width > 24 ? 3 : width;
  let seen = 0;
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const isInside = column >= left + depth && column < right - depth && row >= top + depth && row < bottom - depth;
      if (
        !isInside &&
        contrast(luminance(picture, (row * picture.width + column) * 4), luminance(picture, ground)) >= 3
      )
        seen += 1;
    }
  }
  return seen;
}

/** Counts the pixels that differ by 3 to 1, in a frame that leaves out what stands inside the element. */
function changedPixels(one: PNG, other: PNG): number {
  const inner = AROUND + 3;
  let changed = 0;
  for (let y = 0; y < one.height; y += 1) {
    for (let x = 0; x < one.width; x += 1) {
      const isInside = x >= inner && x < one.width - inner && y >= inner && y < one.height - inner;
      if (!isInside && contrastAt(one, other, (y * one.width + x) * 4) >= 3) changed += 1;
    }
  }
  return changed;
}

function contrastAt(one: PNG, other: PNG, at: number): number {
  return contrast(luminance(one, at), luminance(other, at));
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance({ data }: PNG, at: number): number {
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((part) => {
    const value = (data[at + part] ?? 0) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
