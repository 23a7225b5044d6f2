import { assertMark } from "./marks.ts";

/** What kind of secret a text is. `code` is what a person types; `totp_secret` what an authenticator app holds. */
export type SecretKind =
  | "mfa_token"
  | "oob_code"
  | "access_token"
  | "id_token"
  | "refresh_token"
  | "authorization_code"
  | "session"
  | "code"
  | "recovery_code"
  | "totp_secret"
  | "enrollment_tx_id";

/** One secret, word for word, so that a scanner can look for it where it must not be. */
export interface MintedSecret {
  readonly kind: SecretKind;
  readonly value: string;
}

/** Remembers every secret the tenant hands out. */
export interface Minted {
  /** Remembers a secret and gives it back. */
  keep(kind: SecretKind, value: string): string;
  /** Lists the secrets in the order in which they were minted, each once. */
  list(): readonly MintedSecret[];
  /** From now on everything minted for this subject holds the word; see `marks.ts`. */
  mark(subject: string, word: string): void;
  /** Gives the word that somebody's secrets hold, empty for most. */
  markOf(subject: string): string;
}

/** Secrets kept at most, the newest: a tenant under load mints thousands a minute, two kilobytes each. */
const KEPT = 20_000;

/** Creates an empty memory. Nothing clears it: what was handed out before a reset is a secret still. */
export function createMinted(): Minted {
  const kinds = new Map<string, SecretKind>();
  const marks = new Map<string, string>();
  return {
    keep(kind, value) {
      if (!kinds.has(value) && kinds.size >= KEPT) {
        for (const oldest of kinds.keys()) {
          kinds.delete(oldest);
          break;
        }
      }
      kinds.set(value, kind);
      return value;
    },
    list: () => [...kinds].map(([value, kind]) => ({ kind, value })),
    mark(subject, word) {
      assertMark(word);
      marks.set(subject, word);
    },
    markOf: (subject) => marks.get(subject) ?? "",
  };
}
