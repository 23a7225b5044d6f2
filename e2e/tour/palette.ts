import gifenc from "gifenc";

/** A few colours for many. */
export interface Palette {
  /** Red, green and blue of each. There are always as many as were asked for. */
  readonly colours: readonly (readonly number[])[];
  /** Returns the place of the colour that comes nearest to 0xRRGGBB. */
  nearest(colour: number): number;
}

/** This part of the places is for colours kept exactly: those that fill areas. The rest, mostly edges of letters, share what is left. */
const EXACT = 5 / 8;

/** Chooses so many colours (0xRRGGBB) for some pictures: the most frequent as they are, and a few for all others. */
export function choosePalette(pictures: readonly Iterable<number>[], most: number): Palette {
  const counts = new Map<number, number>();
  for (const picture of pictures) {
    for (const colour of picture) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byFrequency = [...counts].sort(([a, often], [b, seldom]) => seldom - often || a - b).map(([colour]) => colour);
  const kept = byFrequency.length <= most ? most : Math.floor(most * EXACT);
  const exact = byFrequency.slice(0, kept).map(partsOf);
  const rest = byFrequency.slice(kept).map(partsOf);
  const others =
    rest.length === 0 ? [] : gifenc.quantize(Uint8Array.from(rest.flatMap((parts) => [...parts, 255])), most - kept);
  const chosen = [...exact, ...others];
  const known = new Map<number, number>();
  return {
    colours: [...chosen, ...Array.from({ length: most - chosen.length }, () => [0, 0, 0])],
    nearest(colour) {
      const place = known.get(colour) ?? nearestOf(chosen, partsOf(colour));
      known.set(colour, place);
      return place;
    },
  };
}

function nearestOf(candidates: readonly (readonly number[])[], wanted: readonly number[]): number {
  const distances = candidates.map((parts) =>
    parts.reduce((sum, part, at) => sum + (part - (wanted[at] ?? 0)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

/** Returns one pixel of a picture in red, green, blue and opacity as 0xRRGGBB. */
export function colourAt(rgba: Uint8Array, place: number): number {
  const at = place * 4;
  return ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);
}

function partsOf(colour: number): readonly number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}
