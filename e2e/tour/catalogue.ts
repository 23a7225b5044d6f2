import { en } from "../../src/ui/messages/en.ts";
import { enLater } from "../../src/ui/messages/en-later.ts";
import type { Catalogue } from "../../src/ui/messages/messages.ts";

/** Reads what the panel says in a language, by the name of its file. */
export async function readCatalogue(locale: string): Promise<Catalogue> {
  if (locale === "en") return { ...en, ...enLater };
  const read: unknown = await import(`../../src/ui/messages/locales/${locale}.ts`);
  if (!hasCatalogue(read)) throw new Error(`There is no catalogue in ${locale}.ts.`);
  return read.catalogue;
}

/** Every file of that folder satisfies the type, which its name alone cannot tell. */
function hasCatalogue(read: unknown): read is { catalogue: Catalogue } {
  return typeof read === "object" && read !== null && "catalogue" in read;
}
