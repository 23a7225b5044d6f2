import { readFileSync } from "node:fs";
import type { Page } from "playwright/test";
import { catalogue as arabic } from "../src/ui/messages/locales/ar.ts";
import type { Catalogue } from "../src/ui/messages/messages.ts";
import { AS_DRESSED, bringLooks, DRESSES, type Edge, edgesOn, ringsOn } from "./access/edges.ts";
import { AS_IT_IS, LARGE_TEXT, movements, SPACING, unfit } from "./access/fit.ts";
import { lookedAt } from "./access/looked-at.ts";
import { focusKinds, unseen } from "./access/pictures.ts";
import { prepareWalks, walk } from "./access/walk.ts";
import { buildSamplePage, type SamplePage } from "./every-screen/build.ts";
import { SAMPLES } from "./every-screen/samples.ts";
import { openSamples, showSample } from "./every-screen/showing.ts";
import { expect, test } from "./fixtures.ts";

/*
 * Every screen as people meet it who use no mouse, who set their own colours, distances or size of text, or who see
 * little of a page at once. What axe sees is in every-screen.e2e.ts.
 */

/** A hundred screens in each test, some of them in six ways. */
test.setTimeout(240_000);

/** Of what is no text, to what is beside it (WCAG 2.2, 1.4.11). */
const LEAST_CONTRAST = 3;

const MEDIA = [
  ["light", { colorScheme: "light", forcedColors: "none" }],
  ["dark", { colorScheme: "dark", forcedColors: "none" }],
  ["forced colours", { colorScheme: "light", forcedColors: "active" }],
] as const;

const LOOKS_SHEET = readFileSync(new URL("../src/demo/dock/looks.css", import.meta.url), "utf8");

const ROOMY = { width: 1280, height: 850 };

/** What is left of 1280 by 1024 pixels at 400 % (WCAG 2.2, 1.4.10). */
const ZOOMED = { width: 320, height: 256 };

/** One build serves every test of a worker. */
let building: Promise<SamplePage> | null = null;

/** Opens the page of samples, ready for walks. */
async function open(page: Page, search = ""): Promise<void> {
  building ??= buildSamplePage();
  await openSamples(page, await building, search);
  await prepareWalks(page);
}

/** Looks at every screen with `look`, and returns each fault with the name of its screen. */
async function onEveryScreen(
  page: Page,
  look: () => Promise<readonly string[]>,
  catalogue?: Catalogue,
): Promise<string[]> {
  const found: string[] = [];
  for (const name of SAMPLES.keys()) {
    await showSample(page, name, catalogue);
    for (const fault of await look()) found.push(`${name}: ${fault}`);
  }
  return found;
}

/** Where every screen is gone through by keyboard. */
const WALKS = [
  {
    title: "every screen is gone through by keyboard, there and back",
    view: ROOMY,
    locale: "en",
    catalogue: undefined,
  },
  {
    title: "every screen is gone through by keyboard from right to left",
    view: ROOMY,
    locale: "ar",
    catalogue: arabic,
  },
  {
    title: "every screen is gone through by keyboard at 400 %, and no bar hides what has the focus",
    view: ZOOMED,
    locale: "en",
    catalogue: undefined,
  },
];

for (const { title, view, locale, catalogue } of WALKS) {
  test(title, async ({ page }) => {
    await page.setViewportSize(view);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page, `?locale=${locale}`);
    let stops = 0;
    const look = async (): Promise<string[]> => {
      const misfits = await unfit(page, [AS_IT_IS]);
      const walked = await walk(page);
      stops += walked.stops;
      return [...misfits, ...walked.faults];
    };
    expect(await onEveryScreen(page, look, catalogue)).toEqual([]);
    lookedAt(title, {
      screens: SAMPLES.keys(),
      ways: [`${String(view.width)} by ${String(view.height)} pixels`, locale, "Tab", "Shift+Tab"],
      counted: [`${String(stops)} stops`],
    });
  });
}

const ARROWS = "the choice of a channel and the list of countries are gone through by arrows";

test(ARROWS, async ({ page }) => {
  await page.setViewportSize(ZOOMED);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  const [channels, countries] = ["choosingChannel: nothing is enrolled", "enteringContact: the list of countries"];
  await showSample(page, channels);
  const radios = page.getByRole("radio");
  await radios.first().focus();
  for (const place of [1, 2, 0]) {
    await page.keyboard.press("ArrowDown");
    await expect(radios.nth(place)).toBeChecked();
    await expect(radios.nth(place)).toBeFocused();
  }
  await showSample(page, countries);
  const list = page.getByRole("listbox");
  const options = await list.getByRole("option").count();
  expect(options).toBeGreaterThan(200);
  // As many pages of six as there are countries at most.
  for (let turn = 0; turn < 45; turn += 1) await page.keyboard.press("PageUp");
  for (const place of [1, 2, 3, 4, 5, 6, 7]) {
    await page.keyboard.press("ArrowDown");
    const active = list.getByRole("option").nth(place);
    await expect(active).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("combobox")).toHaveAttribute(
      "aria-activedescendant",
      (await active.getAttribute("id")) ?? "",
    );
    const cut = await active.evaluate((option) => {
      const [own, around] = [option.getBoundingClientRect(), option.parentElement?.getBoundingClientRect()];
      return around === undefined || own.top < around.top || own.bottom > around.bottom;
    });
    expect(cut).toBe(false);
  }
  lookedAt(ARROWS, { screens: [channels, countries], ways: ["320 by 256 pixels", "arrows"] });
});

const FITS = "every screen fits with more distance in its text, and with text twice as large, and nothing moves";

test(FITS, async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  const found = await onEveryScreen(page, async () => [
    ...(await unfit(page, [SPACING, LARGE_TEXT])),
    ...(await movements(page)),
  ]);
  expect(found).toEqual([]);
  lookedAt(FITS, {
    screens: SAMPLES.keys(),
    ways: ["320 pixels", SPACING.name, LARGE_TEXT.name, "reduced motion"],
  });
});

const FORCED = "every screen keeps its edges and shows the focus in forced colours";

test(FORCED, async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
  await open(page);
  let edges = 0;
  const found = await onEveryScreen(page, async () => {
    const seen = await edgesOn(page, AS_DRESSED);
    await page.keyboard.press("Tab");
    seen.push(...(await ringsOn(page, AS_DRESSED)));
    edges += seen.length;
    const faint = seen.filter(({ contrast }) => contrast < LEAST_CONTRAST);
    return [...(await unfit(page, [AS_IT_IS])), ...faint.map(sentenceOf)];
  });
  expect(found).toEqual([]);
  lookedAt(FORCED, {
    screens: SAMPLES.keys(),
    ways: ["forced colours", "320 pixels"],
    counted: [`${String(edges)} edges`],
  });
});

const CONTRASTS = "fields, buttons, icons and the focus stand out in every look, in light and in dark";

test(CONTRASTS, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await bringLooks(page, LOOKS_SHEET);
  const known = new Set<string>();
  const lowest = new Map<string, Edge>();
  await onEveryScreen(page, async () => {
    const edges = await edgesOn(page, DRESSES);
    // What takes the focus in the same way needs to be focused once.
    const kinds = await focusKinds(page);
    if (kinds.some(({ look }) => !known.has(look))) {
      for (const { look } of kinds) known.add(look);
      // After a key the browser shows the focus wherever it goes.
      await page.keyboard.press("Tab");
      edges.push(...(await ringsOn(page, DRESSES)));
    }
    for (const edge of edges) {
      const before = lowest.get(edge.pair);
      if (before === undefined || edge.contrast < before.contrast) lowest.set(edge.pair, edge);
    }
    return [];
  });
  expect([...lowest.values()].filter(({ contrast }) => contrast < LEAST_CONTRAST).map(sentenceOf)).toEqual([]);
  lookedAt(CONTRASTS, {
    screens: SAMPLES.keys(),
    ways: DRESSES.map(({ look, theme }) => `${look} ${theme}`),
    counted: [...lowest.values()].map(({ pair, contrast }) => `${pair}: at least ${contrast.toFixed(1)}`),
  });
});

const PICTURES = "the focus is seen on the screen, in light, in dark and in forced colours";

test(PICTURES, async ({ page }) => {
  await open(page);
  const known = new Set<string>();
  const found = await onEveryScreen(page, async () => {
    const kinds = (await focusKinds(page)).filter(({ look }) => !known.has(look));
    if (kinds.length > 0) await page.keyboard.press("Tab");
    const faults: string[] = [];
    for (const [name, media] of kinds.length > 0 ? MEDIA : []) {
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      for (const { place, look } of kinds) {
        known.add(look);
        for (const fault of await unseen(page, place)) faults.push(`${name}: ${look}: ${fault}`);
      }
    }
    return faults;
  });
  expect(found).toEqual([]);
  lookedAt(PICTURES, {
    screens: SAMPLES.keys(),
    ways: MEDIA.map(([name]) => name),
    counted: [`${String(known.size)} kinds of stops in pictures with and without the focus`],
  });
});

function sentenceOf({ pair, dress, contrast, element }: Edge): string {
  return `${pair}: ${contrast.toFixed(2)} to 1 in ${dress}: ${element}`;
}
