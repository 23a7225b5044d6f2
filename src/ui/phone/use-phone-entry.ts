import { useEffect, useState } from "react";
import { createPhoneEntry, type PhoneEntry, startingRegion } from "./phone-entry.ts";

/** Describes a phone field as a screen holds it. */
export type PhoneEntryState = { readonly entry: PhoneEntry; readonly region: string | null };

/**
 * Holds one phone field's driver. It renders again only when the country changes; the browser's region is read after the
 * first render, so that a server renders the same.
 */
export function usePhoneEntry(text: string, regionHint: string | undefined): PhoneEntryState {
  const [region, setRegion] = useState(() => startingRegion(text, regionHint));
  const [entry] = useState(() => createPhoneEntry({ text, region, onRegion: setRegion }));
  useEffect(() => entry.start(navigator.languages), [entry]);
  return { entry, region };
}
