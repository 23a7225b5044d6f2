import type { Answer } from "./answer.ts";
import type { AuthenticatorKind } from "./authenticator.ts";
import { bearerCredential } from "./credential.ts";
import { isEnrolled, startEnrollment } from "./enrolling.ts";
import type { Person } from "./people.ts";
import { drawId } from "./random.ts";
import { missingParameter, Refusal } from "./refusal.ts";
import { optionalText, type Parameters, readJson, requireText } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";

const CHANNELS: Readonly<Record<string, AuthenticatorKind>> = {
  sms: "sms",
  voice: "voice",
  email: "email",
  auth0: "push",
};

/** Answers `POST /mfa/associate`: starts an enrollment for the bearer of an `mfa_token` or of an MFA JWT with `enroll`. */
export async function associate(tenant: Tenant, request: Request): Promise<Answer> {
  const credential = await bearerCredential(tenant, request, "enroll");
  const { person } = credential;
  if (credential.via === "mfaToken" && isEnrolled(person)) {
    throw new Refusal(403, "access_denied", "User is already enrolled.");
  }
  const parameters = await readJson(request);
  const kind = readKind(parameters);
  const contact = readContact(parameters, kind, person);
  const { entry, oob, recoveryCode } = await startEnrollment(tenant, {
    person,
    kind,
    contact,
    startedBy: credential.id,
  });
  const recovery = recoveryCode === null ? {} : { recovery_codes: [recoveryCode] };
  if (oob === null) {
    const { secret } = entry;
    return {
      status: 200,
      body: { authenticator_type: "otp", secret, barcode_uri: totpUri(tenant, person, secret), ...recovery },
    };
  }
  const common = {
    authenticator_type: "oob",
    oob_channel: kind === "push" ? "auth0" : kind,
    oob_code: tenant.sealed.seal(oob),
  };
  const own = kind === "push" ? { barcode_uri: guardianUri(tenant, person) } : { binding_method: "prompt" };
  return { status: 200, body: { ...common, ...own, ...recovery } };
}

function readKind(parameters: Parameters): AuthenticatorKind {
  const type = readOne(parameters, "authenticator_types");
  if (type === "otp") return "totp";
  if (type !== "oob") throw new Refusal(400, "invalid_request", "Unsupported authenticator type");
  const kind = CHANNELS[readOne(parameters, "oob_channels")];
  if (kind === undefined) throw new Refusal(400, "invalid_request", "Unsupported oob channel");
  return kind;
}

/** Reads an array of exactly one text; a bare text, as an old sample has it, is refused. */
function readOne(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw missingParameter(name);
  const all: readonly unknown[] = Array.isArray(value) ? value : [];
  const [only, ...more] = all;
  if (typeof only !== "string" || more.length > 0) {
    throw new Refusal(400, "invalid_request", `${name} must be an array with one element`);
  }
  return only;
}

function readContact(parameters: Parameters, kind: AuthenticatorKind, person: Person): string {
  if (kind === "sms" || kind === "voice") return requireText(parameters, "phone_number");
  return kind === "email" ? (optionalText(parameters, "email") ?? person.email) : "";
}

function totpUri({ settings }: Tenant, person: Person, secret: string): string {
  const name = encodeURIComponent(settings.brand);
  const label = `${name}:${encodeURIComponent(person.email)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${name}&algorithm=SHA1&digits=6&period=30`;
}

function guardianUri({ settings, random, issuer, minted }: Tenant, person: Person): string {
  const label = `${encodeURIComponent(settings.brand)}:${encodeURIComponent(person.email)}`;
  const base = encodeURIComponent(`https://guardian.${new URL(issuer).hostname}`);
  return `otpauth://totp/${label}?enrollment_tx_id=${minted.keep("enrollment_tx_id", minted.markOf(person.subject) + drawId(random))}&base_url=${base}`;
}
