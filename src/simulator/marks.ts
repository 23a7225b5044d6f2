import { drawCode, drawText, type RandomBytes } from "./random.ts";

/*
 * A mark is a word that stands in everything a tenant mints for one person. Whoever looks for leaks then looks for one word
 * and finds any secret of that person, also one that was cut short, and knows whose it was.
 */

/** Letters and digits that every kind of secret may hold: what base32 and recorded recovery codes have in common. */
const MARK = /^[A-HJ-NP-Z2-7]{6,16}$/;

/**
 * Six digits have no room for a mark, so marked people get one of these: they occur nowhere else in the product, which
 * whoever scans finds out by scanning it, and sixteen are few enough that a chance meeting stays one.
 */
const MARKED_CODES = [
  ["414743", "076945", "614072", "826992", "630488", "168801", "398638", "329644"],
  ["873069", "084733", "204165", "548706", "938142", "853258", "629428", "713241"],
].flat();

/** Refuses a mark that not every secret could hold. @throws {RangeError} for anything but 6 to 16 of its letters and digits. */
export function assertMark(mark: string): void {
  if (!MARK.test(mark)) throw new RangeError("a mark is 6 to 16 capital letters but I and O, or digits from 2 to 7");
}

/** Draws a text that begins with a mark, which may be empty. `length` counts the mark. */
export function drawMarked(
  random: RandomBytes,
  { mark, alphabet, length }: { mark: string; alphabet: string; length: number },
): string {
  return mark + drawText(random, alphabet, length - mark.length);
}

/** Draws six digits; for somebody with a mark one of the few that occur nowhere else. */
export function drawCodeFor(random: RandomBytes, mark: string): string {
  if (mark === "") return drawCode(random);
  const [byte = 0] = random(1);
  return MARKED_CODES[byte % MARKED_CODES.length] ?? drawCode(random);
}
