/** What the tenant did, in one word. */
export type LedgerType =
  | "signIn"
  | "signInRefused"
  | "mfaRequired"
  | "associate"
  | "send"
  | "sendFailed"
  | "challenge"
  | "codeRefused"
  | "confirm"
  | "verify"
  | "delete"
  | "recoveryCodeIssued"
  | "recoveryCodeUsed";

/** One thing that really happened. `at` is epoch milliseconds, `person` the subject. */
export interface LedgerEntry {
  readonly at: number;
  readonly type: LedgerType;
  readonly person: string;
  readonly channel?: string;
  readonly contact?: string;
  readonly authenticatorId?: string;
  /** Ids that went or became active together with `authenticatorId`. */
  readonly also?: readonly string[];
  /** The code itself, only with `recoveryCodeIssued`, so that a test can tell which one is live. */
  readonly recoveryCode?: string;
  /** False when the message was accepted but never arrives. */
  readonly delivered?: boolean;
}

/** The tenant's own record of its effects, for tests to compare with what a screen claimed. */
export interface Ledger {
  write(entry: Omit<LedgerEntry, "at">): void;
  /** Gives the entries in the order in which they happened, all or those of one type. */
  list(type?: LedgerType): readonly LedgerEntry[];
  clear(): void;
}

/** Creates an append-only ledger. An entry is written in the same turn as the effect it records. */
export function createLedger(now: () => number): Ledger {
  let entries: LedgerEntry[] = [];
  return {
    write: (entry) => {
      entries.push({ at: now(), ...entry });
    },
    list: (type) => (type === undefined ? [...entries] : entries.filter((entry) => entry.type === type)),
    clear: () => {
      entries = [];
    },
  };
}
