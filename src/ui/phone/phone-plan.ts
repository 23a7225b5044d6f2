import { planLoaders } from "virtual:phone-plans";
import type { PhoneMetadata } from "../../contract/phone.ts";

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
export type PhonePlan = Omit<PhoneMetadata, "countries"> & { readonly countries: Record<string, RegionPlan> };

const plans = new Map<string, PhonePlan>();

/** Returns the plan of a calling code if it has arrived. */
export function planAtHand(callingCode: string | null): PhonePlan | null {
  return (callingCode !== null && plans.get(callingCode)) || null;
}

/** Fetches the plan of a calling code once; null for a code that no country has. A failed fetch may be tried again. */
export async function fetchPlan(callingCode: string | null): Promise<PhonePlan | null> {
  const known = planAtHand(callingCode);
  if (known !== null || callingCode === null) return known;
  const plan = (await planLoaders[callingCode]?.())?.default ?? null;
  if (plan !== null) plans.set(callingCode, plan);
  return plan;
}
