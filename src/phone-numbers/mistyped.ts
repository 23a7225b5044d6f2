import type { Example } from "./second-opinion.ts";

/** Beginnings that few plans have; which of them exist all the same is the second library's to say. */
const ODD_BEGINNINGS = ["00", "000", "11", "99", "999"];

/**
 * Returns what becomes of a number under wrong hands: a digit short at either end, a digit long, another beginning, and each
 * digit once mistyped. Some of it is a number again; the second library says which.
 */
export function mistyped({ callingCode, e164 }: Pick<Example, "callingCode" | "e164">): readonly string[] {
  const code = `+${callingCode}`;
  const national = e164.slice(code.length);
  return [
    e164.slice(0, -1),
    `${e164}1`,
    `${code}${national.slice(1)}`,
    ...ODD_BEGINNINGS.map((beginning) => code + beginning + national.slice(beginning.length)),
    // Three further on, which is on another row of every keypad.
    ...Array.from(
      national,
      (digit, at) => code + national.slice(0, at) + ((Number(digit) + 3) % 10) + national.slice(at + 1),
    ),
  ];
}
