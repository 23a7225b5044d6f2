import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { test as base, type Page } from "playwright/test";
import { built, start } from "../servers.ts";
import { readCatalogue } from "./catalogue.ts";
import { addOverlay } from "./overlay.ts";
import { playShow, recordShow } from "./show.ts";
import { tellStory } from "./story.ts";

/* What `npm run tour` runs: the tour recorded into a picture, or played live. */

const isLive = process.env["TOUR_LIVE"] === "1";
const lang = process.env["TOUR_LANG"] ?? "en";
const file = process.env["TOUR_FILE"] ?? "docs/tour.gif";

/** A quiet morning. In a recording it stays this instant, on the server and in the page. */
const NOW = Date.parse("2026-11-05T09:41:00Z");

const test = base.extend<{ address: string }>({
  // Playwright demands a destructured first argument.
  address: async ({}, use) => {
    const steady = { NODE_OPTIONS: `--import ${new URL("steady.mjs", import.meta.url).href}`, TOUR_NOW: String(NOW) };
    // The demo's own ports, or the next free ones: a mail that is seen names the page's.
    const env = { PORT: "4300", TENANT_PORT: "4310", ...(isLive ? {} : steady) };
    const server = await start(built("demo"), env, /Page\s+(http:\S+)\/\s[\s\S]*Yours/);
    await use(server.found);
    await server.stop();
  },
});

test("the tour", async ({ page, address }) => {
  await addOverlay(page, { hidesCaret: !isLive });
  const story = { page, address, lang, catalogue: await readCatalogue(lang) };
  if (isLive) return playTo(page, () => tellStory({ ...story, show: playShow() }));
  await page.clock.setFixedTime(NOW);
  const show = await recordShow(page);
  await tellStory({ ...story, show });
  const gif = show.picture.toGif();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gif);
  const { frames, ms } = show.picture.length();
  console.log(`${file}: ${frames} frames, ${Math.round(ms / 1000)} s, ${(gif.length / 1e6).toFixed(2)} MB`);
});

/** Plays until the window is closed, be it in the middle of the story. */
async function playTo(page: Page, tell: () => Promise<void>): Promise<void> {
  const closed = page.waitForEvent("close", { timeout: 0 });
  await tell().catch((error: unknown) => {
    if (!page.isClosed()) throw error;
  });
  await closed;
}
