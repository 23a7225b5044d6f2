/** Provided by scripts/vite-phone-plans.ts. */
declare module "virtual:phone-plans" {
  import type { MetadataJson } from "libphonenumber-js/core";

  /** Describes how the numbers of one shape are written: pattern, template, leading digits, national prefix rule, its optionality, template for abroad. */
  export type NumberFormat = [
    pattern: string,
    template: string,
    leadingDigits?: string[] | 0,
    nationalRule?: string | 0,
    ruleIsOptional?: 0 | 1,
    internationalTemplate?: string,
  ];

  /** Describes the plan of one region, in the order of libphonenumber-js's compressed metadata; 0 stands for "none". */
  export type RegionPlan = [
    callingCode: string,
    internationalPrefix: string | 0,
    pattern: string,
    lengths: number[],
    formats: NumberFormat[] | 0,
    nationalPrefix?: string | 0,
    nationalRule?: string | 0,
    ...rest: unknown[],
  ];

  /** Describes the plans of one calling code, with their inside typed. */
  export type PhonePlan = Omit<MetadataJson, "countries"> & { readonly countries: Record<string, RegionPlan> };

  /** Calling codes with their regions, the main one first: `44GBGGIMJE 49DE`. */
  export const callingCodes: string;
  /** Fetches the plan of a calling code of the list above. */
  export const loadPlan: (callingCode: string) => Promise<{ readonly default: PhonePlan }>;
}

/** Provided by scripts/vite-phone-plans.ts. */
declare module "virtual:own-names" {
  /** What regions call themselves in their own language, but for English: `DEDeutschland|PLPolska`. */
  export const ownNames: string;
}
