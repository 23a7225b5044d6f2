import type { Sentences } from "../../src/ui/messages/messages.ts";

/** Reads a catalogue by the name of its file. */
export async function catalogueOf(locale: string): Promise<Sentences> {
  const read: unknown = await import(`../../src/ui/messages/locales/${locale}.ts`);
  if (!hasCatalogue(read)) throw new Error(`${locale}.ts holds no catalogue.`);
  return read.catalogue;
}

function hasCatalogue(read: unknown): read is { catalogue: Sentences } {
  return typeof read === "object" && read !== null && "catalogue" in read;
}
