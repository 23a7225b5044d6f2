import { expect, test } from "vitest";
import { drawCode, RECOVERY, type RandomBytes } from "./random.ts";

const CODES = 1_000_000;

/** The system's chance, fetched in large pieces because a million small ones take seconds. */
function inPieces(): RandomBytes {
  let piece = new Uint8Array();
  return (count) => {
    if (piece.length < count) piece = crypto.getRandomValues(new Uint8Array(65_536));
    const drawn = piece.subarray(0, count);
    piece = piece.subarray(count);
    return drawn;
  };
}

test("a million codes have six digits each, leading zeros kept, and every digit is as likely in every place", () => {
  const random = inPieces();
  const counts = new Float64Array(60);
  let leadingZeros = 0;
  for (let drawn = 0; drawn < CODES; drawn += 1) {
    const code = drawCode(random);
    if (!/^\d{6}$/.test(code)) throw new Error(`${code} is no code.`);
    if (code.startsWith("0")) leadingZeros += 1;
    for (let place = 0; place < 6; place += 1) {
      const cell = place * 10 + Number(code[place]);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  const expected = CODES / 10;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // Six places with nine degrees of freedom each: a fair source exceeds 111 once in 200,000 runs.
  expect(chiSquare).toBeLessThan(111);
  // A tenth of them; five standard deviations of 300 to either side.
  expect(Math.abs(leadingZeros - expected)).toBeLessThan(1_500);
});

test("a recovery code of 24 such characters holds more than 64 bits", () => {
  expect(24 * Math.log2(RECOVERY.length)).toBeGreaterThan(64);
});
