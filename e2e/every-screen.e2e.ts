import type { Page } from "playwright/test";
import { en } from "../src/ui/messages/en.ts";
import { enLater } from "../src/ui/messages/en-later.ts";
import { SAMPLE_STATES } from "../src/wizard/sample-machine.ts";
import { lookedAt, printScreens } from "./access/looked-at.ts";
import { violationsOn } from "./axe.ts";
import { buildSamplePage } from "./every-screen/build.ts";
import { SAMPLES } from "./every-screen/samples.ts";
import { misfits, openSamples, showSample } from "./every-screen/showing.ts";
import { expect, test } from "./fixtures.ts";

/*
 * Every screen there is, in every way it can look, as axe sees it: the real components, sheets and page, told where the
 * person is. How one gets there is tested elsewhere.
 */

/** A hundred screens, each looked at twice. */
test.setTimeout(180_000);

const PANEL = ".mfa-enroll";

/** What we promise, so that a list that became empty by mistake does not pass. */
const LEAST_SCREENS = 45;

/** Sentences that no screen shows, and kinds of sentence that stand where another one of the kind was looked at. */
const ELSEWHERE =
  /^(?:said\.|online$|phone\.country\.count$|recovery\.(?:sheet\.|file$|site$)|(?:phone|email)\.reason\.|problem\.)/;

const IN_BOTH_THEMES = "every screen is accessible where there is room, in light and in dark";

test(IN_BOTH_THEMES, async ({ page }) => {
  await openSamples(page, await buildSamplePage());
  const found: string[] = [];
  for (const name of SAMPLES.keys()) {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await showSample(page, name);
    for (const line of await violationsOn(page, { within: PANEL })) found.push(`${name}, light: ${line}`);
    await page.emulateMedia({ colorScheme: "dark" });
    const inDark = await violationsOn(page, { within: PANEL, coloursAlone: true });
    for (const line of inDark) found.push(`${name}, dark: ${line}`);
  }
  printScreens(SAMPLES.keys());
  expect(found).toEqual([]);
  expect(SAMPLES.size).toBeGreaterThanOrEqual(LEAST_SCREENS);
  lookedAt(IN_BOTH_THEMES, {
    screens: SAMPLES.keys(),
    ways: ["light", "dark", "1280 by 850 pixels"],
    counted: ["axe: 0 violations"],
  });
});

const AT_320 = "every screen is accessible at 320 pixels, fits, and can be touched; none is left out";

test(AT_320, async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openSamples(page, await buildSamplePage());
  const found: string[] = [];
  let said = "";
  for (const name of SAMPLES.keys()) {
    await showSample(page, name);
    const lines = [...(await violationsOn(page, { within: PANEL })), ...(await misfits(page))];
    for (const line of lines) found.push(`${name}: ${line}`);
    said += await wordsOn(page);
  }
  expect(found).toEqual([]);
  expect(stepsOf(SAMPLES.values())).toEqual(stepsOf(SAMPLE_STATES.map((state) => ({ state }))));
  // A new screen brings new words, so one that is not among the samples shows here.
  const sentences = Object.entries({ ...en, ...enLater }).filter(([key]) => !ELSEWHERE.test(key));
  const unseen = sentences.filter(([, sentence]) => !patternsOf(sentence).some((pattern) => pattern.test(said)));
  expect(unseen.map(([key]) => key)).toEqual([]);
  lookedAt(AT_320, {
    screens: SAMPLES.keys(),
    ways: ["light", "320 by 700 pixels"],
    counted: ["axe: 0 violations", "targets under 44 pixels: 0"],
  });
});

function stepsOf(samples: Iterable<{ state: { step: string } }>): string[] {
  return [...new Set([...samples].map(({ state }) => state.step))].toSorted();
}

/** Returns everything the panel says to whoever reads or hears it. */
function wordsOn(page: Page): Promise<string> {
  return page.locator(PANEL).evaluate((panel) => {
    const named = [...panel.querySelectorAll("[aria-label], [placeholder]")];
    const names = named.flatMap((element) => [element.getAttribute("aria-label"), element.getAttribute("placeholder")]);
    return `${panel.textContent}\n${names.join("\n")}\n`;
  });
}

function patternsOf(sentence: string | Readonly<Record<string, string>>): RegExp[] {
  const forms = typeof sentence === "string" ? [sentence] : Object.values(sentence);
  return forms.map(
    (form) => new RegExp(form.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{.*?\}/g, "[^]{1,120}?")),
  );
}
