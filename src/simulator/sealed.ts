import type { Minted } from "./minted.ts";
import { drawText, type RandomBytes, toBase64Url } from "./random.ts";

/** The transaction behind an `mfa_token`: who must prove what for which sign-in. */
export interface MfaTokenRecord {
  readonly kind: "mfa";
  readonly id: string;
  readonly subject: string;
  readonly clientId: string;
  readonly audience: string | null;
  readonly scope: string;
  /** When the password was right, epoch milliseconds. */
  readonly authAt: number;
  readonly expiresAt: number;
  readonly chained: boolean;
  used: boolean;
}

/** The transaction behind an `oob_code`: one message or push, and what its answer proves. */
export interface OobRecord {
  readonly kind: "oob";
  readonly id: string;
  readonly subject: string;
  /** The credential or hosted sign-in this belongs to. */
  readonly startedBy: string;
  readonly authenticatorId: string;
  readonly group: string;
  readonly enrolling: boolean;
  /** What the person must type; empty for push. */
  readonly code: string;
  readonly expiresAt: number;
  status: "live" | "used" | "superseded";
  push: "none" | "waiting" | "approved" | "denied";
  /** When a waiting push was last asked about, epoch milliseconds. */
  polledAt: number;
}

type Sealable = MfaTokenRecord | OobRecord;

/** Hands out opaque tokens and knows what they stand for. */
export interface Sealed {
  seal(record: Sealable): string;
  open(token: string): Sealable | undefined;
  /** Every out-of-band transaction that is remembered. */
  oobRecords(): readonly OobRecord[];
  /** Remembers a transaction, also one that no token leaves for, such as one of the tenant's own pages. */
  keep(record: OobRecord): void;
  clear(): void;
}

/** Recorded sizes in characters: an `mfa_token` takes about two kilobytes, an `oob_code` about 0.57. */
const LENGTHS = { mfa: 2010, oob: 570 } as const;
/** A token is told as expired, rather than malformed, for an hour. */
const REMEMBERED_MS = 3_600_000;

/** Creates tokens that look and weigh like the iron seals (`Fe26.2*…`, eight parts) of a real tenant. */
export function createSealed(now: () => number, random: RandomBytes, minted: Minted): Sealed {
  const records = new Map<string, Sealable>();
  const transactions = new Set<OobRecord>();
  let serial = 0;

  function hex(length: number): string {
    return drawText(random, "0123456789abcdef", length);
  }

  function sweep(): void {
    const isOver = (record: Sealable): boolean => record.expiresAt + REMEMBERED_MS < now();
    for (const [token, record] of records) if (isOver(record)) records.delete(token);
    for (const record of transactions) if (isOver(record)) transactions.delete(record);
  }

  return {
    seal(record) {
      serial += 1;
      // The serial keeps tokens apart even under a test's constant source of chance.
      const salt = serial.toString(16).padStart(8, "0") + hex(56);
      const head = `Fe26.2*SERVER_${Math.floor(now() / 1000)}*${salt}*${toBase64Url(random(16))}`;
      const tail = `${record.expiresAt}*${hex(64)}*${toBase64Url(random(32))}`;
      const mark = minted.markOf(record.subject);
      const room = LENGTHS[record.kind] - head.length - mark.length - tail.length - 2;
      const token = `${head}*${mark}${toBase64Url(random(Math.floor((room * 3) / 4)))}*${tail}`;
      // Now and then rather than each time: a tenant under load remembers thousands.
      if (serial % 512 === 0) sweep();
      records.set(token, record);
      return minted.keep(record.kind === "mfa" ? "mfa_token" : "oob_code", token);
    },
    open: (token) => records.get(token),
    oobRecords: () => [...transactions],
    keep: (record) => {
      transactions.add(record);
    },
    clear: () => {
      records.clear();
      transactions.clear();
    },
  };
}
