import { confirmEnrollment, issueRecoveryCode } from "./enrolling.ts";
import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import type { OobRecord } from "./sealed.ts";
import { secondsUntil } from "./sending.ts";
import type { Tenant } from "./tenant.ts";
import { isTotpCode, sameText } from "./totp.ts";

/** Refuses a try while too many codes have failed. Returns false where the tenant pretends that the code is wrong instead. */
function mayTry(tenant: Tenant, person: Person, bucket: "badCodes" | "badRecoveryCodes"): boolean {
  const { settings, limits } = tenant;
  const reading = limits.look(`${bucket} ${person.subject}`, settings.limits[bucket]);
  if (reading.ok && !person.locked) return true;
  if (settings.lockedOut === "stillInvalid") return false;
  const description = "Too many failed codes. Wait for some minutes before retrying.";
  throw new Refusal(settings.statuses.tooManyCodes, "invalid_request", description, {
    retryAfterSeconds: reading.ok ? settings.limits[bucket].refillSeconds : secondsUntil(tenant, reading),
  });
}

function countFailure(tenant: Tenant, person: Person, bucket: "badCodes" | "badRecoveryCodes"): void {
  tenant.limits.take(`${bucket} ${person.subject}`, tenant.settings.limits[bucket]);
  tenant.ledger.write({ type: "codeRefused", person: person.subject });
}

/**
 * Checks the answer to a message or push; the right one confirms an enrollment or passes a challenge, once.
 * @throws {Refusal} for a wrong, used, replaced or late code, a push that waits or was denied, and while locked.
 */
export function verifyOob(tenant: Tenant, person: Person, record: OobRecord, code: string): void {
  if (tenant.now() >= record.expiresAt) {
    throw new Refusal(tenant.settings.statuses.expired, "expired_token", "oob_code is expired");
  }
  if (record.push === "none") {
    const allowed = mayTry(tenant, person, "badCodes");
    if (record.status !== "live" && tenant.settings.deadOobCode === "expired") {
      throw new Refusal(tenant.settings.statuses.expired, "expired_token", "oob_code is expired");
    }
    if (!allowed || record.status !== "live" || !sameText(record.code, code)) {
      if (allowed) countFailure(tenant, person, "badCodes");
      throw new Refusal(403, "invalid_grant", "Invalid binding_code.");
    }
  } else {
    assertPushApproved(tenant, record);
  }
  record.status = "used";
  passed(tenant, person, record);
}

/**
 * Checks the digits of an authenticator app: a confirmed one, unless `only` what this credential enrolls counts, or one
 * that it is enrolling. Tells whether an enrollment was confirmed by it.
 */
export function verifyOtp(
  tenant: Tenant,
  person: Person,
  code: string,
  enrolling: { startedBy: string; only: boolean },
): boolean {
  const known = person.authenticators.filter(({ kind }) => kind === "totp");
  const usable = known.filter((entry) => {
    return (entry.active && !enrolling.only) || (!entry.active && entry.startedBy === enrolling.startedBy);
  });
  if (usable.length === 0) {
    const description = "User is not enrolled. You can use /mfa/associate endpoint to enroll the first authenticator.";
    throw new Refusal(401, "unsupported_challenge_type", description);
  }
  const allowed = mayTry(tenant, person, "badCodes");
  // The newest first: a person who started twice scanned the last picture.
  const match = usable.toReversed().find((entry) => isTotpCode(entry.secret, code, tenant.now()));
  if (!allowed || match === undefined) {
    if (allowed) countFailure(tenant, person, "badCodes");
    throw new Refusal(403, "invalid_grant", "Invalid otp_code.");
  }
  const enrolls = !match.active;
  passed(tenant, person, { enrolling: enrolls, group: match.group, authenticatorId: match.id });
  return enrolls;
}

/** Checks a recovery code, which works once, and gives the one that replaces it. */
export function verifyRecoveryCode(tenant: Tenant, person: Person, code: string): string {
  const held = person.recoveryCode;
  if (held === null || !held.active) {
    throw new Refusal(403, "unsupported_challenge_type", "User does not have a recovery-code.");
  }
  const allowed = mayTry(tenant, person, "badRecoveryCodes");
  if (!allowed || !sameText(held.code, code)) {
    if (allowed) countFailure(tenant, person, "badRecoveryCodes");
    throw new Refusal(403, "invalid_grant", "MFA Authorization rejected.");
  }
  tenant.ledger.write({ type: "recoveryCodeUsed", person: person.subject, authenticatorId: held.id });
  const next = issueRecoveryCode(tenant, person, true);
  if (next === null) person.recoveryCode = null;
  return next ?? "";
}

function passed(
  tenant: Tenant,
  person: Person,
  { enrolling, group, authenticatorId }: { enrolling: boolean; group: string; authenticatorId: string },
): void {
  if (enrolling) confirmEnrollment(tenant, person, group);
  else tenant.ledger.write({ type: "verify", person: person.subject, authenticatorId });
}

function assertPushApproved(tenant: Tenant, record: OobRecord): void {
  const { settings } = tenant;
  const sooner = tenant.now() - record.polledAt < settings.pollSeconds * 1000;
  record.polledAt = tenant.now();
  if (record.push === "denied") {
    throw settings.pushRejected === "recorded"
      ? new Refusal(400, "access_denied", "MFA Authorization rejected.")
      : new Refusal(403, "invalid_grant", "MFA Authorization rejected.");
  }
  if (record.push === "waiting") {
    if (sooner) throw new Refusal(settings.statuses.slowDown, "slow_down", "Polling too fast");
    const description = "Authorization pending: please repeat the request in a few seconds.";
    throw new Refusal(400, "authorization_pending", description);
  }
  if (record.status !== "live") throw new Refusal(settings.statuses.expired, "expired_token", "oob_code is expired");
}
