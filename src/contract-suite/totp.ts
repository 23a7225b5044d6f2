import { createHmac } from "node:crypto";

/** Seconds of one step, as the recorded `otpauth` addresses say. */
const STEP_SECONDS = 30;

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Computes what an authenticator app shows now, or so many steps from now (RFC 6238, SHA1, six digits, 30 s). */
export function totpCode(secret: string, steps = 0): string {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/[01]{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_SECONDS) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) % 16;
  return String((digest.readUInt32BE(offset) % 2 ** 31) % 1_000_000).padStart(6, "0");
}

/** Gives six digits that an authenticator app shows neither now nor within two steps. */
export function wrongTotpCode(secret: string): string {
  const shown = [-2, -1, 0, 1, 2].map((steps) => totpCode(secret, steps));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !shown.includes(code)) ?? "";
}
