import type { Answer } from "./answer.ts";
import type { Authenticator } from "./authenticator.ts";
import { bearerCredential, invalidMfaToken } from "./credential.ts";
import { maskEmail, maskPhone } from "./masks.ts";
import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import type { Tenant } from "./tenant.ts";

/** Names a kind of authenticator the way the Early Access customizable MFA does. */
const REQUIREMENT_TYPES = {
  sms: "phone",
  voice: "phone",
  email: "email",
  push: "push-notification",
  totp: "otp",
} as const;

/** One row of the list, as recorded. */
type Row = Readonly<Record<string, string | boolean>>;

/** Answers `GET /mfa/authenticators`, unconfirmed entries included. */
export async function listAuthenticators(tenant: Tenant, request: Request): Promise<Answer> {
  const { person } = await bearerCredential(tenant, request, "read:authenticators");
  return { status: 200, body: rowsOf(tenant, person) };
}

/** Answers `DELETE /mfa/authenticators/{id}`: only an MFA JWT may, and what belongs together goes together. */
export async function deleteAuthenticator(tenant: Tenant, request: Request, id: string): Promise<Answer> {
  const credential = await bearerCredential(tenant, request, "remove:authenticators");
  if (credential.via === "mfaToken") throw invalidMfaToken();
  removeAuthenticator(tenant, credential.person, id);
  return { status: 204 };
}

/** Lists a person's rows in wire form; a verified primary address is there by itself and active. */
export function rowsOf({ settings }: Pick<Tenant, "settings">, person: Person): Row[] {
  const typed = (type: string): Row => (settings.customizableMfa ? { type } : {});
  const rows: Row[] = person.authenticators.map((entry) => ({
    id: entry.id,
    authenticator_type: entry.kind === "totp" ? "otp" : "oob",
    active: entry.active,
    ...channelOf(entry),
    ...nameOf(entry),
    ...typed(REQUIREMENT_TYPES[entry.kind]),
  }));
  const { recoveryCode } = person;
  if (recoveryCode !== null) {
    const { id, active } = recoveryCode;
    rows.push({ id, authenticator_type: "recovery-code", active, ...typed("recovery-code") });
  }
  if (person.emailVerified && settings.factors.email) {
    const name = maskEmail(person.email);
    const id = person.automaticEmailId;
    rows.push({ id, authenticator_type: "oob", active: true, oob_channel: "email", name, ...typed("email") });
  }
  return rows;
}

/** Removes an entry with its twins; the last active one takes the recovery code along, as far as the settings say. */
export function removeAuthenticator(tenant: Tenant, person: Person, id: string): void {
  const { settings, ledger } = tenant;
  if (id === person.automaticEmailId && person.emailVerified) {
    throw new Refusal(settings.statuses.undeletable, "access_denied", "A verified email address cannot be removed.");
  }
  if (id === person.recoveryCode?.id) {
    person.recoveryCode = null;
    ledger.write({ type: "delete", person: person.subject, channel: "recovery-code", authenticatorId: id });
    return;
  }
  const entry = person.authenticators.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Refusal(404, "not_found", "Authenticator not found");
  const twins = person.authenticators.filter(({ group }) => group === entry.group);
  person.authenticators = person.authenticators.filter((candidate) => !twins.includes(candidate));
  const also = twins.filter((twin) => twin !== entry).map((twin) => twin.id);
  const { kind: channel, contact } = entry;
  ledger.write({ type: "delete", person: person.subject, channel, contact, authenticatorId: id, also });
  // An orphan that goes changes nothing for a person who never had, or still has, an active factor.
  if (!entry.active || person.authenticators.some((left) => left.active)) return;
  if (settings.newRecoveryCodeAfterLastDelete) person.associatedBefore = false;
  if (settings.recoveryCodeAfterLastDelete === "deleted") person.recoveryCode = null;
  if (settings.recoveryCodeAfterLastDelete === "inactive" && person.recoveryCode !== null)
    person.recoveryCode.active = false;
}

/** Lists what a sign-in may be proven by or must enroll first, as `mfa_requirements` has it. */
export function mfaRequirements(
  { settings }: Tenant,
  person: Person,
): Readonly<Record<string, readonly { type: string }[]>> {
  const automatic = person.emailVerified && settings.factors.email;
  const kinds = person.authenticators.filter((entry) => entry.active).map((entry) => REQUIREMENT_TYPES[entry.kind]);
  const usable = new Set<string>([...kinds, ...(automatic ? ["email"] : [])]);
  if (usable.size > 0) {
    if (person.recoveryCode?.active === true) usable.add("recovery-code");
    return { challenge: [...usable].map((type) => ({ type })) };
  }
  const { otp, phone, push } = settings.factors;
  const offered = [...(otp ? ["otp"] : []), ...(phone ? ["phone"] : []), ...(push ? ["push-notification"] : [])];
  return { enroll: offered.map((type) => ({ type })) };
}

/** Gives the entries a challenge may go to, the safest first; the automatic address is one of them. */
export function challengeable({ settings }: Tenant, person: Person): Authenticator[] {
  const order = ["push", "totp", "sms", "voice", "email"];
  const active = person.authenticators.filter((entry) => entry.active);
  if (person.emailVerified && settings.factors.email) {
    const id = person.automaticEmailId;
    active.push({ id, kind: "email", group: id, startedBy: "", active: true, contact: person.email, secret: "" });
  }
  return active.sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));
}

function channelOf({ kind }: Authenticator): Row {
  return kind === "totp" ? {} : { oob_channel: kind === "push" ? "auth0" : kind };
}

function nameOf({ kind, contact }: Authenticator): Row {
  if (kind === "totp" || contact === "") return {};
  if (kind === "push") return { name: contact };
  return { name: kind === "email" ? maskEmail(contact) : maskPhone(contact) };
}
