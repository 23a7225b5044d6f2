import { mfaRequirements } from "./authenticators.ts";
import { isEnrolled } from "./enrolling.ts";
import { asksEverybody } from "./mfa-policy.ts";
import type { Person } from "./people.ts";
import { drawId } from "./random.ts";
import { Refusal } from "./refusal.ts";
import type { MfaTokenRecord } from "./sealed.ts";
import type { Tenant } from "./tenant.ts";

/** The sign-in that must be completed by a second factor. */
export interface UnfinishedSignIn {
  readonly person: Person;
  readonly clientId: string;
  readonly audience: string | null;
  readonly scope: string;
  /** When the password was right, epoch milliseconds. */
  readonly authAt: number;
  readonly chained?: boolean;
}

/** Tells whether a sign-in for this audience needs a second factor. An address alone never makes it so for the MFA audience. */
export function needsMfa(tenant: Tenant, person: Person, audience: string | null): boolean {
  return asksEverybody(tenant.settings) || (audience === tenant.mfaAudience && isEnrolled(person));
}

/** Words the 403 that carries an `mfa_token`, or does not where the tenant is set up that way. */
export function mfaRequired(tenant: Tenant, signIn: UnfinishedSignIn): Refusal {
  const { person, clientId, audience, scope, authAt, chained = false } = signIn;
  const { settings, now, random, sealed, ledger } = tenant;
  const record: MfaTokenRecord = {
    kind: "mfa",
    id: drawId(random),
    subject: person.subject,
    clientId,
    audience,
    scope,
    authAt,
    expiresAt: now() + settings.seconds.mfaToken * 1000,
    chained,
    used: false,
  };
  ledger.write({ type: "mfaRequired", person: person.subject });
  const missing = settings.mfaTokenMissing || (settings.customizeMfaInAction && !settings.customizableMfa);
  const token = missing ? {} : { mfa_token: sealed.seal(record) };
  const requirements = settings.customizableMfa ? { mfa_requirements: mfaRequirements(tenant, person) } : {};
  const members = { ...token, ...requirements };
  return new Refusal(403, "mfa_required", "Multifactor authentication required", { members });
}
