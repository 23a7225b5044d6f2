/** Provided by scripts/vite-phone-plans.ts. */
declare module "virtual:phone-plans" {
  import type { PhonePlan } from "./phone-plan.ts";

  /** Calling codes with their regions, the main one first: `44GBGGIMJE 49DE`. */
  export const callingCodes: string;
  /** Fetches the plan of a calling code. */
  export const planLoaders: Readonly<Record<string, () => Promise<{ readonly default: PhonePlan }>>>;
}
