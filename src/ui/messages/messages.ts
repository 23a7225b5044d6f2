import { createContext, useContext } from "react";
import type { en } from "./en.ts";
import type { enLater } from "./en-later.ts";
import { fill, type Plural, type Tongue, type ValuesOf } from "./sentence.ts";

type English = typeof en & typeof enLater;

/** Names a sentence of the catalogue. */
export type MessageKey = keyof English;

/** Describes a complete catalogue: a locale that lacks a key of the English one does not compile. */
export type Catalogue = { readonly [Key in MessageKey]: English[Key] extends string ? string : Plural };

/** Describes sentences by their keys, some of them or all. */
export type Sentences = { readonly [key: string]: string | Plural | undefined };

type Entry<Key extends MessageKey> = English[Key];
type Arguments<Key extends MessageKey> = keyof ValuesOf<Entry<Key>> extends never ? [] : [values: ValuesOf<Entry<Key>>];

/** Describes how a screen speaks: sentences of the catalogue, and dates and times in the same locale. */
export type Messages = Tongue & {
  /** Returns the sentence with its values filled in; a missing value does not compile. */
  readonly t: <Key extends MessageKey>(key: Key, ...values: Arguments<Key>) => string;
  /** Returns the same voice with more English sentences to translate; those the host replaced stay replaced. */
  readonly with: (english: Sentences) => Messages;
  /** Returns the time of day of an instant, such as "14:02", in the person's time zone. */
  readonly time: (at: number) => string;
  /** Returns the date of an instant, such as "3 May 2026", in the person's time zone. */
  readonly date: (at: number) => string;
};

/** Describes a language to speak in: how its values are written, and its sentences for the English ones. */
export type Translation = Tongue & { readonly translate: (english: Sentences) => Sentences };

/** English as it is written. */
export const ENGLISH: Translation = { locale: "en", direction: "ltr", translate: (english) => english };

/**
 * Builds the voice of one root from English sentences, the language to say them in and what the host says otherwise. It
 * reads no clock and no browser setting, so a server renders the same words. A sentence that is not there yet is said by
 * its key.
 */
export function createMessages(
  english: Sentences,
  translation: Translation = ENGLISH,
  overrides: Partial<Catalogue> = {},
): Messages {
  const { locale } = translation;
  const sentences = translation.translate(english);
  return {
    locale,
    direction: translation.direction,
    t: (key, ...[values]) => fill(overrides[key] ?? sentences[key] ?? key, values ?? {}, translation),
    with: (more) => createMessages({ ...english, ...more }, translation, overrides),
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
