import { loadPlan, type PhonePlan } from "virtual:phone-plans";
import { leadingCallingCode } from "./regions.ts";

const plans = new Map<string, PhonePlan>();

/** Returns the plan of a calling code if it has arrived. */
export function planAtHand(callingCode: string | null): PhonePlan | null {
  return (callingCode !== null && plans.get(callingCode)) || null;
}

/** Fetches the plan of a calling code once; null for a code that no country has. A failed fetch may be tried again. */
export async function fetchPlan(callingCode: string | null): Promise<PhonePlan | null> {
  const known = planAtHand(callingCode);
  if (known !== null || callingCode === null || leadingCallingCode(callingCode) !== callingCode) return known;
  const { default: plan } = await loadPlan(callingCode);
  plans.set(callingCode, plan);
  return plan;
}
