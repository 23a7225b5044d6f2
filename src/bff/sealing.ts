import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  hkdfSync,
  randomFillSync,
  timingSafeEqual,
} from "node:crypto";
import { createLatest } from "./latest.ts";

/** 12 bytes: the nonce length of AES-GCM (NIST SP 800-38D section 8.2.2), random for each sealing. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** 256 bits, as security guidance for session ids asks at least 128. */
const ID_BYTES = 32;
/** As many as 128 ids need: the drawing itself, not its length, is what costs. */
const DRAWN_AT_ONCE = 128 * ID_BYTES;
/** One request asks for the same hashes several times, and the next one for some of them again: a list's handles, a country. */
const HASHES_KEPT = 2_000;

/** Seals what leaves the process, and makes the ids and keyed hashes that go with it. */
export type Sealer = {
  /** Encrypts `text` (AES-256-GCM). `boundTo` is authenticated with it: a sealed text moved to another record does not open. */
  seal(text: string, boundTo: string): string;
  /** Returns the text, or null when it was changed, moved or sealed with a key that is not known. */
  open(sealed: string, boundTo: string): string | null;
  /** Returns a keyed hash of the parts as 43 base64url characters; different part lists never give the same input. */
  keyedHash(...parts: string[]): string;
};

/**
 * Creates a sealer from 32 bytes of key material. `other` opens too and never seals; `ids` keys the hashes, by default the key
 * itself. Sealing and hashing use keys of their own (HKDF, RFC 5869).
 */
export function createSealer(
  key: Uint8Array,
  { other = null, ids = key }: { other?: Uint8Array | null; ids?: Uint8Array } = {},
): Sealer {
  const sealingKey = derive(key, "seal");
  const openingKeys = other === null ? [sealingKey] : [sealingKey, derive(other, "seal")];
  const hashingKey = derive(ids, "hash");
  const hashes = createLatest<string>(HASHES_KEPT);
  return {
    seal(text, boundTo) {
      const nonce = drawBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", sealingKey, nonce).setAAD(Buffer.from(boundTo));
      return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString(
        "base64url",
      );
    },
    open(sealed, boundTo) {
      for (const openingKey of openingKeys) {
        const text = openWith(openingKey, sealed, boundTo);
        if (text !== null) return text;
      }
      return null;
    },
    keyedHash(...parts) {
      const text = JSON.stringify(parts);
      const known = hashes.get(text);
      if (known !== undefined) return known;
      const hashed = createHmac("sha256", hashingKey).update(text).digest("base64url");
      hashes.set(text, hashed);
      return hashed;
    },
  };
}

function derive(key: Uint8Array, use: string): Buffer {
  if (key.length !== 32) throw new Error("The sealing key must be 32 bytes.");
  return Buffer.from(hkdfSync("sha256", key, "", `mfa-enroll ${use}`, 32));
}

function openWith(key: Buffer, sealed: string, boundTo: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}

const drawn = Buffer.alloc(DRAWN_AT_ONCE);
let used = DRAWN_AT_ONCE;

/** Returns random bytes that nobody else is handed. */
function drawBytes(count: number): Buffer {
  if (used + count > DRAWN_AT_ONCE) {
    randomFillSync(drawn);
    used = 0;
  }
  const bytes = Buffer.from(drawn.subarray(used, used + count));
  // What was handed out does not stay behind in memory.
  drawn.fill(0, used, used + count);
  used += count;
  return bytes;
}

/** Returns 256 random bits as 43 base64url characters. */
export function newId(): string {
  return drawBytes(ID_BYTES).toString("base64url");
}

/** Returns 48 random bits as a whole number. */
export function newNumber(): number {
  return drawBytes(6).readUIntBE(0, 6);
}

/** Returns the SHA-256 of a text as 43 base64url characters: what stands in the store in place of a cookie. */
export function hashOf(text: string): string {
  return hash("sha256", text, "base64url");
}

/** Compares two texts in a time that does not depend on where they differ. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(hashOf(a));
  const right = Buffer.from(hashOf(b));
  return timingSafeEqual(left, right);
}
