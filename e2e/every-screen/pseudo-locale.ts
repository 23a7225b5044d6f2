import { en } from "../../src/ui/messages/en.ts";
import { enLater } from "../../src/ui/messages/en-later.ts";
import type { Sentences } from "../../src/ui/messages/messages.ts";
import type { Plural } from "../../src/ui/messages/sentence.ts";

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const STRANGE = "áƀčđéƒğĥíĵķłɱñóƥʠřšťúʋŵẋýžÁßČĐÉƑĞĤÍĴĶŁṀÑÓƤɊŘŠŤÚṼŴẊÝŽ";

/** Writes every letter of English as another one that is still read; what is to be filled in stays. */
function estrange(sentence: string): string {
  return sentence.replace(/\{\w+\}|[a-z]/gi, (part) => STRANGE.charAt(PLAIN.indexOf(part)) || part);
}

/** Returns the whole catalogue in letters that no source file uses: a plain letter on the screen did not come from it. */
export function pseudoCatalogue(): Sentences {
  const entries = Object.entries({ ...en, ...enLater }).map(([key, sentence]): readonly [string, string | Plural] => {
    if (typeof sentence === "string") return [key, estrange(sentence)];
    return [key, { one: estrange(sentence.one), other: estrange(sentence.other) }];
  });
  return Object.fromEntries(entries);
}
