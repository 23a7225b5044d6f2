import { useCallback, useEffect } from "react";
import { type ChannelPolicy, servesCountry } from "../../contract/phone-policy.ts";
import type { PhoneEntry } from "./phone-entry.ts";

/**
 * Shows an empty field with a country that is served: where host and browser named none of those, the first one of the
 * host's list, or the only one there is. A number that names its own country keeps it, and is refused with its name.
 * Returns what is to be called when the text changes: a field that was emptied is an empty one.
 */
export function useServedRegion(entry: PhoneEntry, region: string | null, served: ChannelPolicy): () => void {
  const settle = useCallback(() => {
    const [first] = served.countries === "all" ? [] : served.countries;
    if (first === undefined || entry.typed() !== "") return;
    if (region === null ? served.countries.length === 1 : !servesCountry(served, region)) entry.choose(first);
  }, [entry, region, served]);
  useEffect(settle, [settle]);
  return settle;
}
