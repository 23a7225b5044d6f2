import type { AskRequest } from "./request.ts";

/** Describes the memory for the key of the one intent that may have to be sent again. */
export type IntentKeys = {
  /** Returns the key of the first attempt for an intent whose answer never came, and a new one for everything else. */
  readonly keyFor: (request: AskRequest) => string;
  /** Forgets the intent: it was answered or refused, so asking once more is another intent. */
  readonly settled: () => void;
};

/** Builds the memory of one root. Only the last intent is remembered, because the next action replaces it. */
export function createIntentKeys(newKey: () => string): IntentKeys {
  let last: { readonly fingerprint: string; readonly key: string } | null = null;
  return {
    keyFor: ({ fingerprint }) => {
      if (last?.fingerprint !== fingerprint) last = { fingerprint, key: newKey() };
      return last.key;
    },
    settled: () => {
      last = null;
    },
  };
}
