import { PNG } from "pngjs";
import { expect, test } from "playwright/test";
import { createMovingPicture } from "./moving-picture.ts";

const SIZE = { width: 40, height: 30 };
const GREEN = [20, 101, 58];
const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];
const PURPLE = [138, 31, 176];

/** A screen of one colour with a square of another one in the corner. */
function screen(ground: number[], square: number[]): Buffer {
  const png = new PNG(SIZE);
  for (let place = 0; place < SIZE.width * SIZE.height; place += 1) {
    const isSquare = place % SIZE.width < 10 && place / SIZE.width < 10;
    png.data.set([...(isSquare ? square : ground), 255], place * 4);
  }
  return PNG.sync.write(png);
}

test("a browser shows each frame of a moving picture as it was taken, for as long as it was held", async ({ page }) => {
  const picture = createMovingPicture();
  picture.add(screen(WHITE, GREEN), 500, "light");
  picture.add(screen(WHITE, BLACK), 100, "light");
  picture.add(screen(WHITE, BLACK), 200, "light");
  picture.add(screen(BLACK, PURPLE), 400, "dark");
  expect(picture.length()).toEqual({ frames: 3, ms: 1200 });

  // Decoders are only there for pages that may be trusted, such as this machine's own. Nothing listens there.
  await page.route("http://localhost:1/**", (route) => route.fulfill({ body: "", contentType: "text/html" }));
  await page.goto("http://localhost:1/");
  const seen = await page.evaluate(
    async (bytes) => {
      const decoder = new ImageDecoder({ data: Uint8Array.from(bytes), type: "image/gif" });
      await decoder.tracks.ready;
      await decoder.completed;
      const frames: { ms: number; square: number[]; ground: number[] }[] = [];
      for (let frameIndex = 0; frameIndex < (decoder.tracks.selectedTrack?.frameCount ?? 0); frameIndex += 1) {
        const { image } = await decoder.decode({ frameIndex });
        const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
        const drawing = canvas.getContext("2d");
        drawing?.drawImage(image, 0, 0);
        const colourAt = (x: number, y: number) => [...(drawing?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3);
        frames.push({ ms: (image.duration ?? 0) / 1000, square: colourAt(5, 5), ground: colourAt(30, 20) });
      }
      return frames;
    },
    [...picture.toGif()],
  );
  expect(seen).toEqual([
    { ms: 500, square: GREEN, ground: WHITE },
    { ms: 300, square: BLACK, ground: WHITE },
    { ms: 400, square: PURPLE, ground: BLACK },
  ]);
});

test("a screen that changes its size is no frame", () => {
  const picture = createMovingPicture();
  picture.add(screen(WHITE, GREEN), 500, "light");
  const other = PNG.sync.write(new PNG({ width: 20, height: 20 }));
  expect(() => picture.add(other, 500, "light")).toThrow("The screen has changed its size.");
});
