import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright/test";
import { type Clip, layOut, type Shot, type SheetLook, takeShot } from "./contact-sheet.ts";
import { buildSamplePage } from "./every-screen/build.ts";
import { SAMPLES } from "./every-screen/samples.ts";
import { openSamples, showSample } from "./every-screen/showing.ts";
import { test } from "./fixtures.ts";
import { contacts, people } from "./people.ts";
import { readCatalogue } from "./tour/catalogue.ts";

/*
 * Contact sheets: every state of the panel and the wizard, made of the samples that `every-screen.e2e.ts` looks at, and a row
 * each of right-to-left languages and of the demo's three looks. The sheets of a phone go into the README; those of other
 * widths are for looking, in test-results/contact-sheet.
 */

/** A hundred screens, each taken twice. */
test.setTimeout(600_000);

const kept = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));
const looked = fileURLToPath(new URL("../test-results/contact-sheet/", import.meta.url));

/** The widths to look at. A screen of the README's width has no room for more columns of pictures that can still be read. */
const WIDTHS = [
  { width: 320, columns: 14, scale: 0.6 },
  { width: 390, columns: 12, scale: 0.6 },
  { width: 768, columns: 9, scale: 0.5 },
  { width: 1280, columns: 8, scale: 0.5 },
] as const;
const README_WIDTH = 390;

/** A caret blinks, and no two pictures would be the same. */
const NO_CARET = "input { caret-color: transparent }";

const THEMES = ["light", "dark"] as const;

test.use({ reducedMotion: "reduce" });

for (const { width, columns, scale } of WIDTHS) {
  test(`every state at ${width} pixels`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 1000 });
    await openSamples(page, await buildSamplePage());
    await page.addStyleTag({ content: NO_CARET });
    const shots: Record<SheetLook["theme"], Shot[]> = { light: [], dark: [] };
    for (const name of SAMPLES.keys()) {
      await showSample(page, name);
      // What was pressed is no longer pointed at.
      await page.mouse.move(0, 0);
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        shots[theme].push(await shotOf(page, name, scale));
      }
    }
    for (const theme of THEMES) {
      const file = width === README_WIDTH ? `${kept}all-${theme}.png` : `${looked}${width}-${theme}.png`;
      write(file, await layOut(context, shots[theme], { columns, theme }));
    }
  });
}

/** What shows best what a direction of writing changes. */
const RIGHT_TO_LEFT = [
  ["ar", "choosingChannel: nothing is enrolled"],
  ["ar", "enteringContact: a landline"],
  ["ar", "enteringCode: a code that was wrong"],
  ["he", "savingRecoveryCode: the recovery code"],
  ["he", "closed: the panel with methods"],
] as const;

test("right to left", async ({ page, context }) => {
  await page.setViewportSize({ width: README_WIDTH, height: 1000 });
  const files = await buildSamplePage();
  const shots: Shot[] = [];
  for (const [locale, name] of RIGHT_TO_LEFT) {
    await page.unrouteAll();
    await openSamples(page, files, `?locale=${locale}`);
    await page.addStyleTag({ content: NO_CARET });
    await showSample(page, name, await readCatalogue(locale));
    shots.push(await shotOf(page, `${locale}, ${name}`, 0.8));
  }
  write(`${kept}right-to-left.png`, await layOut(context, shots, { theme: "light" }));
});

test("the three looks", async ({ page, context, demo, quick }) => {
  const size = { width: README_WIDTH, height: 720 };
  await page.setViewportSize(size);
  const shots: Shot[] = [];
  for (const theme of THEMES) {
    for (const look of ["bank", "quiet", "start-up"]) {
      await page.emulateMedia({ colorScheme: theme });
      await fetch(`${demo.page}/demo/reset`, { method: "POST" });
      await page.goto(`${demo.page}/?look=${look}`);
      await quick.signInHere(people.robin);
      await quick.addMethod();
      await quick.chooseChannel("sms");
      await quick.root.getByLabel("Phone number").pressSequentially(contacts.sms);
      // The demo's own bar is no part of the host.
      await page.addStyleTag({ content: `.demo-dock { visibility: hidden } ${NO_CARET}` });
      await page.mouse.move(0, 0);
      const png = await takeShot(page, { x: 0, y: 0, ...size }, 0.7);
      shots.push({ name: `?look=${look}, ${theme}`, png, width: size.width * 0.7 });
    }
  }
  write(`${kept}looks.png`, await layOut(context, shots, { theme: "light" }));
});

function write(file: string, png: Buffer): void {
  mkdirSync(looked, { recursive: true });
  writeFileSync(file, png);
  console.log(`${file}: ${Math.round(png.length / 1000)} kB`);
}

/** Takes the card around the panel, and what opens over its edge. */
async function shotOf(page: Page, name: string, scale: number): Promise<Shot> {
  const clip = await page.locator(".card-guest").evaluate((card): Clip => {
    const { x, y, width, height } = card.getBoundingClientRect();
    const [top, left] = [y + globalThis.scrollY, x + globalThis.scrollX];
    const lists = [...card.querySelectorAll(".mfa-options")].map(
      (list) => list.getBoundingClientRect().bottom - y + 12,
    );
    return { x: left, y: top, width, height: Math.max(height, ...lists) };
  });
  return { name, png: await takeShot(page, clip, scale), width: clip.width * scale };
}
