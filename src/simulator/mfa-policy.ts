import type { Settings } from "./settings.ts";

/**
 * Tells whether everybody is asked for a second factor at every sign-in: by the policy or, where that is left to Actions,
 * by an Action. Which Action a tenant has cannot be read, so the imitated one always asks.
 */
export function asksEverybody({ customizeMfaInAction, policy }: Settings): boolean {
  return customizeMfaInAction || policy === "always";
}

/** Tells whether the tenant's own page has something to enroll: mail and recovery codes only go beside another factor. */
export function offersEnrollment({ factors }: Settings): boolean {
  return factors.phone || factors.otp || factors.push;
}
