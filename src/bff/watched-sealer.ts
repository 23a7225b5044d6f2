import type { Report } from "./report.ts";
import type { Sealer } from "./sealing.ts";

/** Returns the sealer, and tells when something that was sealed does not open: a key is missing, or somebody has changed it. */
export function watchedSealer(sealer: Sealer, report: Report): Sealer {
  return {
    ...sealer,
    open(sealed, boundTo) {
      const text = sealer.open(sealed, boundTo);
      if (text === null) report({ event: "key_not_known" });
      return text;
    },
  };
}
