import { createHmac, timingSafeEqual } from "node:crypto";

import { BASE32 } from "./random.ts";

/** Seconds of one step, as the recorded `otpauth` address says (`period=30`). */
const STEP_SECONDS = 30;

/** Computes the six digits an authenticator app shows at an instant in epoch milliseconds (RFC 6238, SHA1, 30 s). */
export function totpCode(secret: string, at: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(0, Math.floor(at / 1000 / STEP_SECONDS))));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (digest[digest.length - 1] ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Tells whether the digits belong to this step or the one before, which gives a person up to a minute. */
export function isTotpCode(secret: string, code: string, at: number): boolean {
  return [at, at - STEP_SECONDS * 1000].some((instant) => sameText(totpCode(secret, instant), code));
}

/** Compares two texts in a time that depends on their lengths only. */
export function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    held = (held << 5) | BASE32.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}
