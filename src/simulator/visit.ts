import { isEnrolled } from "./enrolling.ts";
import { asksEverybody } from "./mfa-policy.ts";
import type { Person } from "./people.ts";
import { drawId } from "./random.ts";
import type { OobRecord } from "./sealed.ts";
import type { SsoSession, Tenant } from "./tenant.ts";

/** What an application asked for at `/authorize`, checked. */
export interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scope: string;
  readonly audience: string | null;
  readonly nonce: string | null;
  readonly codeChallenge: string | null;
  readonly loginHint: string;
}

/** One person's way through the tenant's own pages, from `/authorize` until they are sent back. */
export interface Visit {
  readonly id: string;
  readonly expiresAt: number;
  readonly request: AuthorizeRequest;
  session: SsoSession | null;
  /** A second factor was proven, or enrolled, on this visit. */
  mfaPassed: boolean;
  /** The message whose code the page waits for. */
  oob: OobRecord | null;
  /** Came with the start of an enrollment on this visit; shown when that is confirmed. */
  heldRecoveryCode: string | null;
  /** Shown once before the person goes on. */
  recoveryCode: string | null;
}

/** The page a visit is at. */
export type Step = "login" | "mfa" | "enroll" | "recovery-code" | "done";

/** Time a person has for all pages together. */
const VISIT_SECONDS = 3600;

/** Starts a visit for a checked request, signed in already where the browser has a session that counts. */
export function startVisit(tenant: Tenant, request: AuthorizeRequest, session: SsoSession | null): Visit {
  const id = drawId(tenant.random);
  const expiresAt = tenant.now() + VISIT_SECONDS * 1000;
  return { id, expiresAt, request, session, mfaPassed: false, oob: null, heldRecoveryCode: null, recoveryCode: null };
}

/** Gives the person of a visit who is signed in. */
export function visitor(tenant: Tenant, visit: Visit): Person | undefined {
  return visit.session === null ? undefined : tenant.people.get(visit.session.subject);
}

/**
 * Decides what is still to do. The MFA audience asks an enrolled person every time; a policy of "always" asks once per
 * session, and has those with nothing, or only an address, enroll a phone first.
 */
export function nextStep(tenant: Tenant, visit: Visit): Step {
  const person = visitor(tenant, visit);
  if (person === undefined) return "login";
  if (visit.recoveryCode !== null) return "recovery-code";
  if (visit.mfaPassed) return "done";
  const always = asksEverybody(tenant.settings);
  if (!isEnrolled(person)) return always ? "enroll" : "done";
  if (visit.request.audience === tenant.mfaAudience) return "mfa";
  return always && visit.session?.mfaPassed !== true ? "mfa" : "done";
}
