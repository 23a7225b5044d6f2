import type { Page } from "playwright/test";
import { installProbes } from "./in-page.ts";

/** Where a walk begins and ends: two things that take the focus, as selectors. */
export interface Way {
  readonly from: string;
  readonly to: string;
}

/** What a walk found: how many stops there are, and each fault in a sentence. */
export interface Walked {
  readonly stops: number;
  readonly faults: readonly string[];
}

/** Stands before and after the panel, as something of the host's would: so the way in and the way out are seen too. */
const BESIDE: Way = { from: "#before-the-panel", to: "#after-the-panel" };

/** A focus is seen by a line of at least this width (WCAG 2.2, 2.4.13), with the contrast of 1.4.11. */
const RING_PIXELS = 2;
const CONTRAST = 3;

declare global {
  /** What each key has met since the walk began, by the place among the stops; −1 is the beginning, −2 anything else. */
  var met: { place: number; faults: string[]; box: DOMRect }[];
  var stops: Element[];
}

/** Prepares the page of samples for walks: what tests ask in the page, and a button before and after the panel. */
export async function prepareWalks(page: Page): Promise<void> {
  await page.evaluate(installProbes);
  await page.evaluate(() => {
    const place = document.getElementById("sign-in-methods");
    for (const id of ["before-the-panel", "after-the-panel"]) {
      const button = document.createElement("button");
      button.id = id;
      button.textContent = id;
      if (id.startsWith("before")) place?.before(button);
      else place?.after(button);
    }
  });
}

/**
 * Goes through a part of the page with Tab and back with Shift+Tab, and returns what a person by keyboard would miss:
 * something that is not reached, or twice, or in another order than it is read; that has no name, shows no focus, or is
 * not seen as a whole when it has it.
 */
export async function walk(page: Page, { from, to }: Way = BESIDE): Promise<Walked> {
  const stops = await page.evaluate(begin, { from, to, ringPixels: RING_PIXELS, leastContrast: CONTRAST });
  // One more than there are, so that a stop too many shows, and not as many as would go round the page.
  for (let press = 0; press < stops + 1; press += 1) await page.keyboard.press("Tab");
  const there = await page.evaluate(judge, { to, back: false });
  await page.locator(to).focus();
  for (let press = 0; press < stops + 1; press += 1) await page.keyboard.press("Shift+Tab");
  const andBack = await page.evaluate(judge, { to: from, back: true });
  return { stops, faults: [...there, ...andBack] };
}

function begin({ from, to, ringPixels, leastContrast }: Way & { ringPixels: number; leastContrast: number }): number {
  const first = document.querySelector<HTMLElement>(from);
  const last = document.querySelector<HTMLElement>(to);
  if (first === null || last === null) throw new Error(`The page has no ${from} or no ${to}.`);
  if (!("met" in globalThis)) {
    globalThis.met = [];
    // By then the key has moved the focus, and the focus has scrolled the page.
    window.addEventListener(
      "keyup",
      ({ key }) => {
        const element = document.activeElement;
        if (key !== "Tab" || element === null) return;
        const place = stops.indexOf(element);
        const faults: string[] = [];
        if (place >= 0) {
          const { width, contrast } = probes.ring(element);
          if (width < ringPixels || contrast < leastContrast) {
            faults.push(`its focus shows by ${width} pixels at ${contrast.toFixed(2)} to 1`);
          }
          if (probes.nameOf(element) === "") faults.push("it has no name");
          for (const thing of probes.over(element)) faults.push(`it is not seen as a whole: ${thing}`);
        }
        const box = element.getBoundingClientRect();
        box.x += scrollX;
        box.y += scrollY;
        met.push({ place, faults: faults.map((fault) => `${probes.describe(element)}: ${fault}`), box });
      },
      true,
    );
  }
  first.focus();
  globalThis.met = [];
  globalThis.stops = probes.stopsBetween(first, last);
  return stops.length;
}

function judge({ to, back }: { to: string; back: boolean }): string[] {
  const faults = met.flatMap((one) => one.faults);
  const way = back ? "back" : "on";
  const order = stops.map((_, place) => place);
  if (back) order.reverse();
  const places = met.slice(0, -1).map(({ place }) => place);
  if (places.join(" ") !== order.join(" ")) {
    const names = stops.map((stop, place) => `${place} ${probes.describe(stop)}`).join(", ");
    faults.push(`the keys go ${way} by ${places.join(" ")} instead of ${order.join(" ")}: ${names}`);
  }
  if (document.activeElement !== document.querySelector(to)) {
    faults.push(`the keys go ${way} to ${probes.describe(document.activeElement ?? document.body)} and not out`);
  }
  // Read as the document goes, from line to line and from the start of a line to its end.
  const panel = document.querySelector(".mfa-enroll");
  const isRightToLeft = panel !== null && getComputedStyle(panel).direction === "rtl";
  const seen = met.filter(({ place }) => panel?.contains(stops[place] ?? null) === true).map(({ box }) => box);
  if (back) seen.reverse();
  for (const [index, box] of seen.entries()) {
    const before = seen[index - 1];
    if (before === undefined) continue;
    const shared = Math.min(before.bottom, box.bottom) - Math.max(before.top, box.top);
    const isBeside = shared > Math.min(before.height, box.height) / 2;
    const isAfter = isRightToLeft ? box.right <= before.left + 1 : box.left >= before.right - 1;
    if (isBeside ? !isAfter : box.top < before.top) {
      faults.push(`the keys go ${way} against the order of reading, at stop ${index} of the panel`);
    }
  }
  met.length = 0;
  return faults;
}
