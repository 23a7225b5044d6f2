/** Six: the length of every Auth0 code (text, call, email, authenticator app). */
export const CODE_LENGTH = 6;

/** Zero digits of the scripts people's keyboards and messages use: ASCII, Arabic-Indic, extended Arabic-Indic, Devanagari, Bengali, full width. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

/** Returns the text with every decimal digit of a known script written as 0 to 9; other characters stay. */
export function toAsciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((start) => point >= start && point <= start + 9);
    return zero === undefined ? digit : String(point - zero);
  });
}

/**
 * Returns the code in what was typed or pasted: six digits in a row, perhaps with spaces, dashes or dots between them,
 * also from the middle of a whole message. Without such a run it returns the digits there are, so that typing goes on.
 */
export function parseCode(text: string): string {
  const plain = toAsciiDigits(text);
  const run = /(?<![\d.,-])\d(?:[\s\u00a0.·–—-]*\d){5}(?![\d]|[.,-]\d)/u.exec(plain);
  return (run?.[0] ?? plain).replace(/\D/g, "").slice(0, CODE_LENGTH);
}

/** Returns a typed recovery code as the tenant wrote it: upper case, without spaces and dashes. */
export function parseRecoveryCode(text: string): string {
  return toAsciiDigits(text).toUpperCase().replace(/[\s\u00a0–—-]/g, "");
}
