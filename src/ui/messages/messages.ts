import { createContext, useContext } from "react";
import type { en } from "./en.ts";
import type { enLater } from "./en-later.ts";
import { fill, type Plural, type Tongue, type ValuesOf } from "./sentence.ts";

type English = typeof en & typeof enLater;

/** Names a sentence of the catalogue. */
export type MessageKey = keyof English;

/** Describes a complete catalogue: a locale that lacks a key of the English one does not compile. */
export type Catalogue = { readonly [Key in MessageKey]: English[Key] extends string ? string : Plural };

type Entry<Key extends MessageKey> = English[Key];
type Arguments<Key extends MessageKey> = keyof ValuesOf<Entry<Key>> extends never ? [] : [values: ValuesOf<Entry<Key>>];

/** Describes how a screen speaks: sentences of the catalogue, and dates and times in the same locale. */
export type Messages = Tongue & {
  /** Returns the sentence with its values filled in; a missing value does not compile. */
  readonly t: <Key extends MessageKey>(key: Key, ...values: Arguments<Key>) => string;
  /** Returns the same voice with more sentences; those the host replaced stay replaced. */
  readonly with: (sentences: Partial<Catalogue>) => Messages;
  /** Returns the time of day of an instant, such as "14:02", in the person's time zone. */
  readonly time: (at: number) => string;
  /** Returns the date of an instant, such as "3 May 2026", in the person's time zone. */
  readonly date: (at: number) => string;
};

/** The languages that are written from right to left and may be asked for (ISO 639). */
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/**
 * Builds the voice of one root from sentences, a BCP 47 locale and what the host says otherwise. It reads no clock and no
 * browser setting, so a server renders the same words. A sentence that is not there yet is said by its key.
 */
export function createMessages(
  sentences: Partial<Catalogue>,
  locale: string,
  overrides: Partial<Catalogue> = {},
): Messages {
  const direction = RIGHT_TO_LEFT.has(locale.split("-")[0] ?? "") ? "rtl" : "ltr";
  const tongue: Tongue = { locale, direction };
  return {
    ...tongue,
    t: (key, ...[values]) => fill(overrides[key] ?? sentences[key] ?? key, values ?? {}, tongue),
    with: (more) => createMessages({ ...sentences, ...more }, locale, overrides),
    time: (at) => new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(at),
    date: (at) => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(at),
  };
}

const MessagesContext = createContext<Messages | null>(null);

/** Gives every part below it one voice. */
export const MessagesProvider = MessagesContext.Provider;

/** Returns the voice of the root a part is in; outside of one it throws, because a screen without words helps nobody. */
export function useMessages(): Messages {
  const messages = useContext(MessagesContext);
  if (messages === null) throw new Error("A part of the wizard was rendered outside of its MessagesProvider.");
  return messages;
}
