import gifenc from "gifenc";
import { PNG } from "pngjs";
import { choosePalette, colourAt, type Palette } from "./palette.ts";

/*
 * A moving picture out of screenshots: an animated GIF, which every page shows without a player. Each frame holds only the
 * pixels that have changed, and colours that fill areas are kept exactly as they are.
 */

/** A moving picture in the making. */
export interface MovingPicture {
  /** Adds what the screen looked like for so many milliseconds. Scenes of other colours have names of their own. */
  add(png: Buffer, ms: number, scene: string): void;
  /** How many frames there are, and how long all of them take. */
  length(): { frames: number; ms: number };
  /** Returns the picture as a GIF that begins again when it has ended. */
  toGif(): Uint8Array;
}

/** What changed on the screen: where, counted in pixels from the top left, and to which colours (0xRRGGBB). */
interface Frame {
  readonly places: Uint32Array;
  readonly colours: Uint32Array;
  readonly scene: string;
  ms: number;
}

/** The last of the 256 colours of a GIF's palette stands for "as before". */
const AS_BEFORE = 255;
/** Leaves a frame in place when the next one is drawn over it. */
const KEEP = 1;

/** Starts a moving picture. */
export function createMovingPicture(): MovingPicture {
  const frames: Frame[] = [];
  let size: { width: number; height: number } | null = null;
  let before = new Uint32Array();

  return {
    add(png, ms, scene) {
      const { width, height, data } = PNG.sync.read(png);
      if (size === null) before = new Uint32Array(width * height).fill(0xffffffff);
      else if (size.width !== width || size.height !== height) throw new Error("The screen has changed its size.");
      size = { width, height };
      const changed = changesIn(data, before);
      const last = frames.at(-1);
      if (changed.places.length === 0 && last !== undefined) last.ms += ms;
      else frames.push({ ...changed, scene, ms });
    },
    length: () => ({ frames: frames.length, ms: frames.reduce((sum, { ms }) => sum + ms, 0) }),
    toGif() {
      if (size === null) throw new Error("There is no frame.");
      return writeGif(frames, size);
    },
  };
}

/** Finds what differs from the frame before, and makes that one what the screen is now. */
function changesIn(rgba: Uint8Array, before: Uint32Array): Pick<Frame, "places" | "colours"> {
  const places: number[] = [];
  const colours: number[] = [];
  for (let place = 0; place < before.length; place += 1) {
    const colour = colourAt(rgba, place);
    if (before[place] === colour) continue;
    before[place] = colour;
    places.push(place);
    colours.push(colour);
  }
  return { places: Uint32Array.from(places), colours: Uint32Array.from(colours) };
}

function writeGif(frames: readonly Frame[], { width, height }: { width: number; height: number }): Uint8Array {
  const gif = gifenc.GIFEncoder();
  const first = frames[0]?.scene;
  const scenes = new Map<string, Palette>();
  for (const { places, colours, scene, ms } of frames) {
    const palette =
      scenes.get(scene) ??
      choosePalette(
        frames.filter((frame) => frame.scene === scene).map((frame) => frame.colours),
        AS_BEFORE,
      );
    const isNew = !scenes.has(scene);
    scenes.set(scene, palette);
    const index = new Uint8Array(width * height).fill(AS_BEFORE);
    for (const [at, place] of places.entries()) index[place] = palette.nearest(colours[at] ?? 0);
    gif.writeFrame(index, width, height, {
      // The first scene's palette is that of the whole file; others come with each of their frames.
      ...(isNew || scene !== first ? { palette: [...palette.colours, [0, 0, 0]] } : {}),
      delay: ms,
      transparent: true,
      transparentIndex: AS_BEFORE,
      dispose: KEEP,
    });
  }
  gif.finish();
  return gif.bytes();
}
