/** Six: the length of every Auth0 code (text, call, email, authenticator app). */
export const CODE_LENGTH = 6;

/**
 * Zero digits of the scripts that people's keyboards and messages use: ASCII, Arabic-Indic, extended Arabic-Indic, N'Ko,
 * the scripts of India, Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian, full width. Unicode writes one to nine after each.
 */
const ZEROS = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
  0x17e0, 0x1810, 0xff10,
];

/** Returns the text with every decimal digit of a known script written as 0 to 9; other characters stay. */
export function toAsciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((start) => point >= start && point <= start + 9);
    return zero === undefined ? digit : String(point - zero);
  });
}

/** What a code looks like in a message, surest first. */
const SHAPES = [
  // The last line of an origin-bound message (WICG "Origin-bound one-time codes"): "@example.com #123456".
  /@\S+\s+#(\d{6})(?!\d)/,
  // Six digits in a row, of which neither end is part of an amount, a date or a telephone number.
  /(?<!\d|\d[.:/-]|[.,]|\+)(\d{6})(?!\d|[.,:/-]\d)/,
  // The same with spaces, dashes or dots between them, and no further digits a space away, as a telephone number has; what
  // stands on another line is something else.
  /(?<!\d|\d[^\S\r\n]|[.,+-])(\d(?:[\s.·‐-―-]*\d){5})(?!\d|[^\S\r\n]\d|[.,-]\d)/,
];

/**
 * Returns the code in what was typed or pasted: six digits in a row, perhaps with spaces, dashes or dots between them,
 * also from the middle of a whole message. Without such a run it returns the digits there are, so that typing goes on; but
 * none of a telephone number or a recovery code pasted by mistake: its first six would be sent and cost a try.
 */
export function parseCode(text: string): string {
  const plain = toAsciiDigits(text);
  const found = SHAPES.map((shape) => shape.exec(plain)?.[1]).find((run) => run !== undefined);
  const digits = (found ?? plain).replace(/\D/g, "");
  // One digit more is a slip of somebody who types.
  const isTooLong = digits.length > CODE_LENGTH + 1 || (digits.length >= CODE_LENGTH && /\p{L}/u.test(plain));
  const isOther = found === undefined && isTooLong;
  return isOther ? "" : digits.slice(0, CODE_LENGTH);
}

/** Returns a typed recovery code as the tenant wrote it: upper case, without blanks, dashes and invisible marks. */
export function parseRecoveryCode(text: string): string {
  return toAsciiDigits(text)
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]/gu, "");
}
