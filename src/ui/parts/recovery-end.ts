import { CODE_LENGTH, parseRecoveryCode } from "../../contract/code.ts";

/** Four: one group of the code, which nobody guesses and everybody who has it finds at its end. */
const END = 4;

/** Names what is wrong with what was typed in the place of a code's end. */
export type EndComplaint = "empty" | "six_digits" | "wrong";

/** The letters that people write for a digit, and the other way round. */
const LOOKALIKES: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };

/**
 * Judges whether somebody typed the end of one of the codes: its last four characters, more of them, or all. Letters and
 * digits that look alike count as the same, because what was saved may have been written by hand. Null where it is right.
 */
export function judgeRecoveryEnd(typed: string, codes: readonly string[]): EndComplaint | null {
  const end = fold(typed);
  if (end === "") return "empty";
  if (end.length >= END && codes.some((code) => fold(code).endsWith(end))) return null;
  return end.length === CODE_LENGTH && /^\d+$/.test(parseRecoveryCode(typed)) ? "six_digits" : "wrong";
}

function fold(text: string): string {
  return parseRecoveryCode(text).replace(/[OIL]/g, (letter) => LOOKALIKES[letter] ?? letter);
}
