import { callingCodes } from "virtual:phone-plans";

/** Every region (ISO 3166) by its calling code; the main region of a shared code comes first. */
const regionsByCode = new Map(
  callingCodes.split(" ").map((entry): [string, readonly string[]] => {
    const code = /^\d+/.exec(entry)?.[0] ?? "";
    return [code, entry.slice(code.length).match(/../g) ?? []];
  }),
);

const codeByRegion = new Map([...regionsByCode].flatMap(([code, regions]) => regions.map((region) => [region, code])));

/** Lists the regions that phone numbers belong to. */
export const REGIONS: readonly string[] = [...codeByRegion.keys()];

/** Returns the calling code of a region without `+`, or null for what is not a region with a numbering plan. */
export function callingCodeOf(region: string | null): string | null {
  return (region !== null && codeByRegion.get(region)) || null;
}

/** Returns the calling code that the digits begin with, or null while they do not hold a whole one. */
export function leadingCallingCode(digits: string): string | null {
  return [1, 2, 3].map((length) => digits.slice(0, length)).find((code) => regionsByCode.has(code)) ?? null;
}

/** Returns the region to show for a calling code: the current one where it shares the code, else the code's main region. */
export function regionOfCode(code: string, current: string | null): string | null {
  const regions = regionsByCode.get(code) ?? [];
  return regions.find((region) => region === current) ?? regions[0] ?? null;
}
