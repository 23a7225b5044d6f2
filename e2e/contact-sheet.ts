import type { BrowserContext, Page } from "playwright/test";
import { crc32, deflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { choosePalette, colourAt } from "./tour/palette.ts";

/*
 * Sheets of many small pictures with their names, laid out by a page of their own. They are written with 256 colours, which
 * is enough for screens of flat colours and makes a file of a third of the size.
 */

/** One small picture, as it is to stand on a sheet. */
export interface Shot {
  readonly name: string;
  readonly png: Buffer;
  /** In pixels of the sheet. */
  readonly width: number;
}

/** Says how a sheet looks. */
export interface SheetLook {
  /** So many columns, which are filled from the top; else all stand in one row. */
  readonly columns?: number;
  readonly theme: "light" | "dark";
}

const GAP = 18;
const COLOURS = 256;

/** Takes a picture of a part of the page, so many times as large as it is on the screen. */
export async function takeShot(page: Page, clip: Clip, scale: number): Promise<Buffer> {
  const browser = await page.context().newCDPSession(page);
  // Playwright's own pictures cannot be scaled, and letters that are drawn small are clearer than letters made small.
  const { data } = await browser.send("Page.captureScreenshot", {
    format: "png",
    captureBeyondViewport: true,
    clip: { ...clip, scale },
  });
  await browser.detach();
  return Buffer.from(data, "base64");
}

/** A part of a page, in its own pixels. */
export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Puts pictures on a sheet and returns it as a PNG. */
export async function layOut(context: BrowserContext, shots: readonly Shot[], look: SheetLook): Promise<Buffer> {
  const widest = Math.max(...shots.map(({ width }) => width));
  const across = look.columns === undefined ? shots.length : look.columns;
  const width = Math.ceil(across * (widest + GAP) + GAP);
  const page = await context.newPage();
  // A sheet is as high as what is on it, and no screen is this low.
  await page.setViewportSize({ width, height: 10 });
  await page.setContent(sheetOf(shots, look, across));
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  const png = await page.screenshot({ fullPage: true });
  await page.close();
  return withFewColours(png);
}

function sheetOf(shots: readonly Shot[], { columns, theme }: SheetLook, across: number): string {
  const [ground, text, line] =
    theme === "light" ? ["#eef0f2", "#1b1f24", "#d0d5da"] : ["#08090b", "#e9ecef", "#30363d"];
  const figures = shots.map(({ name, png, width }) => {
    const source = `data:image/png;base64,${png.toString("base64")}`;
    return `<figure><figcaption>${name}</figcaption><img src="${source}" width="${width}" alt=""></figure>`;
  });
  const layout =
    columns === undefined
      ? `display: grid; grid-template-columns: repeat(${across}, 1fr); grid-template-rows: auto 1fr`
      : `columns: ${columns}; column-gap: ${GAP}px`;
  return `<!doctype html><style>
    body { margin: ${GAP}px; gap: 0 ${GAP}px; background: ${ground}; color: ${text}; font: 600 11px/1.3 system-ui, sans-serif; ${layout} }
    figure { display: ${columns === undefined ? "grid; grid-row: span 2; grid-template-rows: subgrid" : "block"}; margin: 0; padding-block-end: ${GAP}px; break-inside: avoid; }
    figcaption { margin-block-end: 4px; overflow-wrap: anywhere; }
    img { display: block; border-radius: 8px; outline: 1px solid ${line}; }
  </style>${figures.join("")}`;
}

/** Writes a PNG again with a palette, which pngjs reads and does not write. */
function withFewColours(png: Buffer): Buffer {
  const { width, height, data } = PNG.sync.read(png);
  const pixels = Uint32Array.from({ length: width * height }, (_, place) => colourAt(data, place));
  const palette = choosePalette([pixels], COLOURS);
  // Each line begins with the name of its filter, which is none.
  const lines = Buffer.alloc((width + 1) * height);
  for (const [place, colour] of pixels.entries())
    lines[place + Math.floor(place / width) + 1] = palette.nearest(colour);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a pixel, which say a place in the palette.
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.colours.flat())),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
