import { toAsciiDigits } from "./code.ts";

/*
 * Reads what a person typed or pasted as a phone number, without any numbering plan: which digits, and whether they
 * begin with a calling code. It knows no country; the one thing it is told is how the person's region dials abroad.
 */

/** Describes what stands in a phone field: digits that begin with a calling code, digits of one country, or neither. */
export type PhoneText =
  | {
      readonly kind: "international";
      /** From the calling code on. */
      readonly digits: string;
      /** What was dialled before them: `+`, `00` or the region's own prefix such as 011, perhaps doubled. */
      readonly prefix: string;
      /** The same digits without the `(0)` that some write after a calling code; null where there is none. */
      readonly withoutTrunkZero: string | null;
    }
  | { readonly kind: "national"; readonly digits: string }
  | { readonly kind: "empty" }
  | { readonly kind: "extension" }
  /** Letters, masks such as `XXXX1234`, a second number, control characters. */
  | { readonly kind: "unreadable" };

/** Zero-width characters and the direction marks that address books put around a copied number. RLO (U+202E) is not among them: it shows digits in another order than they are. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202d\u2060\u2066-\u2069\ufeff]/g;

/** What people put between digits. No star, bullet or letter: those are masks, and a masked number is not a number. */
const SEPARATORS = /[ \t\u00a0\u2000-\u200a\u202f\u3000()（）[\]./．／\-‐-―−ー－]/g;

/** An extension: a marker right after a digit, then at most seven digits (RFC 3966 `;ext=` and the usual spellings). */
const EXTENSION = /\d[\s.)]*(?:;ext=|ext(?:ensio)?n?|x|#|,+|;+)[\s.:]*\d{1,7}#?$/i;

/** What stands before a number that was copied: a word with a dot or colon in any language, `tel:`, a sign. A mask of x is no word. */
const LABEL =
  /^(?:(?:☎|📞|📱)\ufe0f?|(?:tel|phone|fon)\s|(?!x+[.:])[\p{L}\p{M}]{1,12}(?:[ \u00a0\u202f]?[.:：])+)\s*(?=[+(（[\d])/iu;

/** Quotation marks around a number, and what follows it in a sentence; spreadsheets put one apostrophe before it. */
const AROUND = /^["'“”„«‘]+\s{0,3}|\s{0,3}["'“”»’,;]+$/g;

/** Twice the longest written number there is; beyond it nothing is read. */
const LONGEST = 64;

/** Returns the text as a machine dials it: ASCII digits and `+`, without separators and marks; whatever else was typed stays. */
export function toDialled(text: string): string {
  return withAsciiSigns(text).replace(SEPARATORS, "");
}

function withAsciiSigns(text: string): string {
  return toAsciiDigits(text.replace(INVISIBLE, "")).replace(/[＋﹢]/g, "+");
}

/**
 * Reads a phone field. `internationalPrefix` is the pattern with which the person's region dials abroad (011 in the
 * United States); `+`, its full-width form and `00` are understood everywhere.
 */
export function readPhoneText(text: string, internationalPrefix?: string): PhoneText {
  const written = withAsciiSigns(text).trim();
  if (written === "") return { kind: "empty" };
  const plain = written.replace(AROUND, "").replace(LABEL, "");
  if (EXTENSION.test(plain.slice(-LONGEST))) return { kind: "extension" };
  const bare = plain.replace(SEPARATORS, "");
  if (!/^\+*\d*$/.test(bare)) return { kind: "unreadable" };

  const prefix = dialledPrefix(bare, internationalPrefix);
  if (prefix === null) return bare === "" ? { kind: "unreadable" } : { kind: "national", digits: bare };
  const zeroless = /\d[\s\u00a0]*[(（]0[)）]/.test(plain)
    ? plain.replace(/[(（]0[)）]/, "").replace(SEPARATORS, "")
    : null;
  return {
    kind: "international",
    prefix,
    digits: bare.slice(prefix.length),
    withoutTrunkZero: zeroless?.slice(prefix.length) ?? null,
  };
}

function dialledPrefix(bare: string, internationalPrefix: string | undefined): string | null {
  const plus = /^\++(?:00)?/.exec(bare);
  if (plus !== null) return plus[0];
  const own = internationalPrefix === undefined ? null : new RegExp(`^(?:${internationalPrefix})`).exec(bare);
  // No calling code begins with 0, so a 0 after the prefix says that it was not one.
  if (own !== null && own[0] !== "" && bare[own[0].length] !== "0") return own[0];
  return bare.startsWith("00") && bare[2] !== "0" ? "00" : null;
}
