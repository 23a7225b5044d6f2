/** Gives that many unpredictable bytes; the only source of chance in the simulator. */
export type RandomBytes = (count: number) => Uint8Array;

/** Letters and digits as they appear in Auth0's authenticator ids (`dev_` followed by sixteen of them). */
export const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** The base32 alphabet of RFC 4648, in which TOTP secrets are written. */
export const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Recorded recovery codes are upper case and avoid 0, O and I, which people misread. */
export const RECOVERY = "ABCDEFGHJKLMNPQRSTUVWXYZ123456789";

const DIGITS = "0123456789";

/**
 * Draws a text of the given length, every character of the alphabet equally likely.
 * Bytes that would favour the first characters are thrown away.
 */
export function drawText(random: RandomBytes, alphabet: string, length: number): string {
  const fairBelow = 256 - (256 % alphabet.length);
  let text = "";
  // A source that never gives a fair byte is a broken test double; it must not hang the tenant.
  for (let round = 0; text.length < length; round += 1) {
    for (const byte of random(length)) {
      if (text.length < length && (byte < fairBelow || round > 50)) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

/** Draws six digits, leading zeros kept, all million values equally likely. */
export function drawCode(random: RandomBytes): string {
  return drawText(random, DIGITS, 6);
}

/** Draws an opaque identifier of 32 characters, about 190 bits. */
export function drawId(random: RandomBytes): string {
  return drawText(random, ALPHANUMERIC, 32);
}

/** Writes bytes the way tokens carry them, base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
