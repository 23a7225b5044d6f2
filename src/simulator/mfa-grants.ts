import { type Credential, invalidMfaToken, MFA_SCOPES, resolveCredential } from "./credential.ts";
import { issueRecoveryCode } from "./enrolling.ts";
import { mfaRequired } from "./mfa-required.ts";
import type { GrantRequest } from "./grant-request.ts";
import { missingParameter, Refusal } from "./refusal.ts";
import { optionalText, requireText } from "./request-body.ts";
import type { OobRecord } from "./sealed.ts";
import { tooManyRequests } from "./sending.ts";
import type { Tenant } from "./tenant.ts";
import { tokenAnswer } from "./token-answer.ts";
import { verifyOob, verifyOtp, verifyRecoveryCode } from "./verifying.ts";

/** Answers the `mfa-otp` grant: digits of an authenticator app, enrolled or being enrolled. */
export async function mfaOtpGrant(tenant: Tenant, request: GrantRequest): Promise<Record<string, unknown>> {
  const credential = await readCredential(tenant, request);
  const otp = requireText(request.parameters, "otp");
  const scope = { startedBy: credential.id, only: credential.via === "mfaJwt" };
  const enrolled = verifyOtp(tenant, credential.person, otp, scope);
  return finish(tenant, credential, enrolled ? rotated(tenant, credential) : {});
}

/** Answers the `mfa-oob` grant: a code that was sent, or a push that is polled for. */
export async function mfaOobGrant(tenant: Tenant, request: GrantRequest): Promise<Record<string, unknown>> {
  const credential = await readCredential(tenant, request);
  const token = requireText(request.parameters, "oob_code");
  const reading = tenant.limits.take(`oobExchange ${credential.id}`, tenant.settings.limits.oobExchange);
  if (!reading.ok) throw tooManyRequests(tenant, reading);
  const record = openOob(tenant, credential, token);
  const code = optionalText(request.parameters, "binding_code");
  if (record.push === "none" && code === undefined) throw missingParameter("binding_code");
  verifyOob(tenant, credential.person, record, code ?? "");
  return finish(tenant, credential, record.enrolling ? rotated(tenant, credential) : {});
}

/** Answers the `mfa-recovery-code` grant; the answer carries the code that replaces the used one. */
export async function mfaRecoveryCodeGrant(tenant: Tenant, request: GrantRequest): Promise<Record<string, unknown>> {
  const credential = await readCredential(tenant, request);
  const code = requireText(request.parameters, "recovery_code");
  // A JWT stands for an enrollment it started, and nobody enrolls a recovery code.
  if (credential.via === "mfaJwt") throw invalidMfaToken();
  return finish(tenant, credential, { recovery_code: verifyRecoveryCode(tenant, credential.person, code) });
}

async function readCredential(tenant: Tenant, { client, parameters }: GrantRequest): Promise<Credential> {
  const credential = await resolveCredential(tenant, requireText(parameters, "mfa_token"));
  if (credential.clientId !== client.id)
    throw new Refusal(400, "invalid_request", "mfa_token not issued to this client");
  return credential;
}

function openOob(tenant: Tenant, credential: Credential, token: string): OobRecord {
  const record = tenant.sealed.open(token);
  if (record?.kind !== "oob")
    throw new Refusal(tenant.settings.statuses.malformed, "invalid_grant", "Malformed oob_code");
  const bound = tenant.settings.oobCodeBinding === "person" || record.startedBy === credential.id;
  if (!bound || record.subject !== credential.person.subject) {
    throw new Refusal(400, "invalid_request", "The oob_code doesn't match the mfa_token");
  }
  return record;
}

function rotated(tenant: Tenant, { person }: Credential): Record<string, unknown> {
  if (!tenant.settings.rotateRecoveryCodeOnConfirm || person.recoveryCode === null) return {};
  const code = issueRecoveryCode(tenant, person, true);
  return code === null ? {} : { recovery_code: code };
}

/** Answers with the tokens of the sign-in that was waiting; an MFA JWT begets another MFA JWT and nothing else. */
async function finish(
  tenant: Tenant,
  credential: Credential,
  more: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { person, clientId } = credential;
  if (credential.via === "mfaJwt") {
    const scope = MFA_SCOPES.filter((one) => credential.scope.includes(one)).join(" ");
    const signIn = { person, clientId, audience: tenant.mfaAudience, scope, authAt: tenant.now() };
    return { ...(await tokenAnswer(tenant, signIn)), ...more };
  }
  const { record } = credential;
  record.used = true;
  const { audience, scope, authAt } = record;
  const signIn = { person, clientId, audience, scope, authAt };
  if (tenant.settings.chainedMfa && !record.chained) throw mfaRequired(tenant, { ...signIn, chained: true });
  tenant.ledger.write({ type: "signIn", person: person.subject });
  return { ...(await tokenAnswer(tenant, signIn)), ...more };
}
