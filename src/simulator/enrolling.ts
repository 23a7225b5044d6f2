import {
  type Authenticator,
  type AuthenticatorKind,
  isStrong,
  makeAuthenticators,
  recoveryCodeId,
} from "./authenticator.ts";
import { drawCodeFor, drawMarked } from "./marks.ts";
import type { Person } from "./people.ts";
import { drawId, RECOVERY } from "./random.ts";
import { Refusal } from "./refusal.ts";
import type { OobRecord } from "./sealed.ts";
import { deliver, reserveSend, type SendChannel } from "./sending.ts";
import type { Tenant } from "./tenant.ts";

/** What a person asks to enroll. `contact` is the number or address, empty for apps. */
export interface EnrollmentRequest {
  readonly person: Person;
  readonly kind: AuthenticatorKind;
  readonly contact: string;
  /** The credential or hosted sign-in that alone may confirm. */
  readonly startedBy: string;
}

/** An enrollment that waits for its confirmation. */
export interface Enrollment {
  readonly entry: Authenticator;
  /** The message or push that proves it; null for an authenticator app. */
  readonly oob: OobRecord | null;
  /** Given with the first enrollment a person ever starts, confirmed or not, and never again. */
  readonly recoveryCode: string | null;
}

/** The words of upstream's refusals, its typing error included. */
const DISABLED: Readonly<Record<AuthenticatorKind, string>> = {
  sms: 'SMS Verifier is disabled for your tenant. You can turn it on from dashboard turning on "SMS" on Guardian MFA section.',
  voice:
    'Voice Verifier is disabled for your tenant. You can turn it on from dashboard turning on "Voice" on Guardian MFA section.',
  email:
    'Email Verifier is disabled for your tenant. You can turn it on from dashboard turning on "Email" on Guardian MFA section.',
  totp: 'OTP Verifier is disabled for your tenant. You can turn it on from dashboard turning on "Push notifications" on Guardian MFA section (Push notications include OTP).',
  push: 'Auth0 Verifier is disabled for your tenant. You can turn it on from dashboard turning on "Push notifications" on Guardian MFA section.',
};

const ENTITY_NAMES: Readonly<Record<AuthenticatorKind, string>> = {
  sms: "sms",
  voice: "sms",
  email: "email",
  totp: "totp",
  push: "push notification",
};

/** Refuses a kind of authenticator that is switched off for the tenant. */
export function assertFactorOn({ settings }: Tenant, kind: AuthenticatorKind): void {
  const { factors, phoneMessageTypes } = settings;
  const on = {
    sms: factors.phone && phoneMessageTypes.sms,
    voice: factors.phone && phoneMessageTypes.voice,
    email: factors.email,
    totp: factors.otp,
    push: factors.push,
  }[kind];
  if (!on) throw new Refusal(settings.statuses.verifierDisabled, "unsupported_challenge_type", DISABLED[kind]);
}

/** Starts an enrollment: an unconfirmed entry each time, its twins with it, and a message where there is one. */
export async function startEnrollment(tenant: Tenant, request: EnrollmentRequest): Promise<Enrollment> {
  const { person, kind, contact, startedBy } = request;
  const { settings, ledger, random } = tenant;
  assertFactorOn(tenant, kind);
  assertRoom(tenant, person, kind);
  const channel: SendChannel | null = kind === "totp" ? null : kind;
  // The Guardian app scans a picture to enroll, so nothing is pushed yet.
  if (channel !== null && channel !== "push") reserveSend(tenant, { person, channel, contact });

  const mark = tenant.minted.markOf(person.subject);
  const made = makeAuthenticators({ kinds: withTwins(tenant, kind), startedBy, contact, active: false, mark }, random);
  const [entry] = made;
  if (entry === undefined) throw new Error("an enrollment has at least one entry");
  person.authenticators.push(...made);
  for (const { secret } of made) if (secret !== "") tenant.minted.keep("totp_secret", secret);
  const also = made.slice(1).map((twin) => twin.id);
  ledger.write({ type: "associate", person: person.subject, channel: kind, contact, authenticatorId: entry.id, also });
  const recoveryCode = person.associatedBefore ? null : issueRecoveryCode(tenant, person, false);
  person.associatedBefore = true;
  if (channel === null) return { entry, oob: null, recoveryCode };

  if (!settings.oldOobCodeSurvives.associate) supersede(tenant, { person, startedBy, enrolling: true });
  const oob = startOob(tenant, { person, entry, startedBy, enrolling: true });
  if (channel !== "push")
    await deliver(tenant, { person, channel, contact, authenticatorId: entry.id, code: oob.code });
  return { entry, oob, recoveryCode };
}

/** Makes the entries of an enrollment active, and the recovery code with them. */
export function confirmEnrollment(tenant: Tenant, person: Person, group: string): void {
  const entries = person.authenticators.filter((entry) => entry.group === group);
  const [entry, ...twins] = entries;
  if (entry === undefined) throw new Refusal(tenant.settings.statuses.malformed, "invalid_grant", "Malformed oob_code");
  for (const each of entries) each.active = true;
  if (entry.kind === "push") entry.contact = "Guardian app";
  if (person.recoveryCode !== null) person.recoveryCode.active = true;
  const { subject } = person;
  const also = twins.map(({ id }) => id);
  tenant.ledger.write({
    type: "confirm",
    person: subject,
    channel: entry.kind,
    contact: entry.contact,
    authenticatorId: entry.id,
    also,
  });
}

/** Gives a person a new recovery code in place of any other; null where recovery codes are off. */
export function issueRecoveryCode(tenant: Tenant, person: Person, active: boolean): string | null {
  if (!tenant.settings.factors.recoveryCode || !person.recoveryCodes) return null;
  // 24 characters, as recorded.
  const code = tenant.minted.keep(
    "recovery_code",
    drawMarked(tenant.random, { mark: tenant.minted.markOf(person.subject), alphabet: RECOVERY, length: 24 }),
  );
  person.recoveryCode = { id: person.recoveryCode?.id ?? recoveryCodeId(tenant.random), code, active };
  tenant.ledger.write({ type: "recoveryCodeIssued", person: person.subject, recoveryCode: code });
  return code;
}

/** Starts an out-of-band transaction and remembers it. */
export function startOob(
  tenant: Tenant,
  {
    person,
    entry,
    startedBy,
    enrolling,
  }: { person: Person; entry: Authenticator; startedBy: string; enrolling: boolean },
): OobRecord {
  const isPush = entry.kind === "push";
  const record: OobRecord = {
    kind: "oob",
    id: drawId(tenant.random),
    subject: person.subject,
    startedBy,
    authenticatorId: entry.id,
    group: entry.group,
    enrolling,
    code: isPush ? "" : tenant.minted.keep("code", drawCodeFor(tenant.random, tenant.minted.markOf(person.subject))),
    expiresAt: tenant.now() + tenant.settings.seconds.oobCode * 1000,
    status: "live",
    push: isPush ? "waiting" : "none",
    polledAt: Number.NEGATIVE_INFINITY,
  };
  tenant.sealed.keep(record);
  return record;
}

/** Ends the earlier transactions that a new message replaces. */
export function supersede(
  tenant: Tenant,
  { person, startedBy, enrolling }: { person: Person; startedBy: string; enrolling: boolean },
): void {
  for (const old of tenant.sealed.oobRecords()) {
    const same = old.subject === person.subject && old.startedBy === startedBy && old.enrolling === enrolling;
    if (same && old.status === "live") old.status = "superseded";
  }
}

/** Tells whether a person has a confirmed authenticator other than an address. */
export function isEnrolled(person: Person): boolean {
  return person.authenticators.some(isStrong);
}

function withTwins({ settings }: Tenant, kind: AuthenticatorKind): AuthenticatorKind[] {
  const { sms, voice } = settings.phoneMessageTypes;
  if ((kind === "sms" || kind === "voice") && sms && voice) return kind === "sms" ? ["sms", "voice"] : ["voice", "sms"];
  return kind === "push" ? ["push", "totp"] : [kind];
}

function assertRoom({ settings }: Tenant, person: Person, kind: AuthenticatorKind): void {
  const name = ENTITY_NAMES[kind];
  const groups = new Set(
    person.authenticators.filter((entry) => ENTITY_NAMES[entry.kind] === name).map((entry) => entry.group),
  );
  if (groups.size >= settings.entityLimit) {
    const description = `You reached the limit of entities of the ${name} type for this user.`;
    throw new Refusal(settings.statuses.tooManyEntities, "too_many_entities", description);
  }
}
