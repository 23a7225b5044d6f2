import type { Page } from "playwright/test";
import { buildSamplePage } from "./every-screen/build.ts";
import { catalogueOf } from "./every-screen/catalogue-of.ts";
import { pseudoCatalogue } from "./every-screen/pseudo-locale.ts";
import { SAMPLES } from "./every-screen/samples.ts";
import { openSamples, showSample } from "./every-screen/showing.ts";
import { expect, test } from "./fixtures.ts";

/*
 * Every screen in other languages: nothing is said in English that a catalogue could say, and numbers and codes keep
 * their order where the text runs from right to left.
 */

test.setTimeout(300_000);

const PANEL = ".mfa-enroll";

/** What a person, a host or the tenant wrote, which nobody translates. Everything else on a screen is a sentence. */
const DATA = [
  /[\w.•+-]*@[\w•*.-]+/g, // Addresses, whole and masked.
  /\b[A-Z]{4}\b/g, // Groups of a recovery code.
  /\bc0ffee\b/g, // The reference of a refusal.
  /\bzzz\b/g, // What somebody looks for among the countries.
  /\bLarkmoor Savings\b/g,
  /\bKim’s phone\b/g,
];

test("no word escapes translation: not from a sentence, a country, a date or what is only spoken", async ({ page }) => {
  // Japanese has no letters in its dates and names of countries, so what Intl writes cannot hide a word of ours.
  await openSamples(page, await buildSamplePage(), "?pseudo&locale=ja");
  const catalogue = pseudoCatalogue();
  const leaks: string[] = [];
  let letters = 0;
  for (const name of SAMPLES.keys()) {
    await showSample(page, name, catalogue);
    for (const text of await textsOn(page)) {
      letters += text.length;
      const left = DATA.reduce((rest, data) => rest.replaceAll(data, ""), text);
      if (/[a-z]{2,}/i.test(left)) leaks.push(`${name}: ${left}`);
    }
  }
  expect(letters).toBeGreaterThan(10_000);
  expect(leaks).toEqual([]);
});

test("numbers, addresses and codes keep their order where the text runs from right to left", async ({ page }) => {
  await openSamples(page, await buildSamplePage(), "?locale=ar");
  const catalogue = await catalogueOf("ar");
  const turned: string[] = [];
  const seen = new Set<string>();
  for (const name of SAMPLES.keys()) {
    await showSample(page, name, catalogue);
    for (const { what, direction, isolated } of await keptInOrder(page)) {
      seen.add(what);
      if (direction !== "ltr" && !isolated) turned.push(`${name}: ${what}`);
    }
  }
  await expect(page.locator(PANEL)).toHaveAttribute("dir", "rtl");
  expect(turned).toEqual([]);
  expect([...seen].toSorted()).toEqual(["code", "email", "number in a sentence", "recovery code", "tel"]);
});

/** Returns each text of the panel by itself, with what is only read out. */
function textsOn(page: Page): Promise<string[]> {
  return page.locator(PANEL).evaluate((panel) => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node.textContent ?? "");
    for (const element of panel.querySelectorAll("*")) {
      for (const name of ["aria-label", "aria-description", "aria-roledescription", "placeholder", "title", "alt"]) {
        texts.push(element.getAttribute(name) ?? "");
      }
    }
    return texts.filter((text) => text.trim() !== "");
  });
}

/** Returns what has an order of its own: fields of numbers, addresses and codes, the recovery code, and masks in sentences. */
function keptInOrder(page: Page): Promise<{ what: string; direction: string; isolated: boolean }[]> {
  return page.locator(PANEL).evaluate((panel) => {
    const inOrder = (what: string, selector: string) =>
      [...panel.querySelectorAll(selector)].map((element) => ({
        what,
        direction: getComputedStyle(element).direction,
        isolated: false,
      }));
    const masks: ReturnType<typeof inOrder> = [];
    const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? "";
      const parent = node.parentElement;
      if (!/\+\d+\s•/.test(text) || parent === null) continue;
      const { direction } = getComputedStyle(parent);
      masks.push({ what: "number in a sentence", direction, isolated: /\u2068\+\d+\s•[^\u2069]*\u2069/.test(text) });
    }
    return [
      ...inOrder("tel", "input[type=tel]"),
      ...inOrder("email", "input[type=email]"),
      ...inOrder("code", ".mfa-code"),
      ...inOrder("recovery code", ".mfa-recovery-code"),
      ...masks,
    ];
  });
}
