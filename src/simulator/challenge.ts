import type { Answer } from "./answer.ts";
import type { Authenticator } from "./authenticator.ts";
import { challengeable } from "./authenticators.ts";
import { assertGrant, authenticateClient, MFA_GRANTS } from "./clients.ts";
import { malformedMfaToken, resolveCredential } from "./credential.ts";
import { assertFactorOn, startOob, supersede } from "./enrolling.ts";
import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import { optionalText, type Parameters, readJson, requireText } from "./request-body.ts";
import type { OobRecord } from "./sealed.ts";
import { deliver, reserveSend } from "./sending.ts";
import type { Tenant } from "./tenant.ts";

/** Answers `POST /mfa/challenge`: sends a code to an authenticator that is active already. It takes the sealed token only. */
export async function challenge(tenant: Tenant, request: Request): Promise<Answer> {
  const parameters = await readJson(request);
  const client = authenticateClient(tenant, request, parameters);
  const token = requireText(parameters, "mfa_token");
  const record = tenant.sealed.open(token);
  // An MFA JWT is a token all right, yet this endpoint calls it malformed.
  if (record === undefined) throw malformedMfaToken(tenant);
  const credential = await resolveCredential(tenant, token);
  if (credential.clientId !== client.id)
    throw new Refusal(400, "invalid_request", "mfa_token not issued to this client");
  const { person } = credential;
  const entry = choose(tenant, person, parameters);
  if (entry.kind === "totp") {
    assertGrant(client, MFA_GRANTS.otp);
    return { status: 200, body: { challenge_type: "otp" } };
  }
  assertGrant(client, MFA_GRANTS.oob);
  const oob = await startChallenge(tenant, person, entry, credential.id);
  const binding = entry.kind === "push" ? {} : { binding_method: "prompt" };
  return { status: 200, body: { challenge_type: "oob", oob_code: tenant.sealed.seal(oob), ...binding } };
}

/** Sends a code or a push to an active authenticator. Earlier codes of the same sign-in stop working, unless the settings say otherwise. */
export async function startChallenge(
  tenant: Tenant,
  person: Person,
  entry: Authenticator,
  startedBy: string,
): Promise<OobRecord> {
  if (entry.kind === "totp") throw new Error("an authenticator app is not sent anything");
  assertFactorOn(tenant, entry.kind);
  const { kind: channel, contact, id: authenticatorId } = entry;
  reserveSend(tenant, { person, channel, contact });
  if (!tenant.settings.oldOobCodeSurvives.challenge) supersede(tenant, { person, startedBy, enrolling: false });
  const oob = startOob(tenant, { person, entry, startedBy, enrolling: false });
  tenant.ledger.write({ type: "challenge", person: person.subject, channel, contact, authenticatorId });
  await deliver(tenant, { person, channel, contact, authenticatorId, code: oob.code });
  return oob;
}

function choose(tenant: Tenant, person: Person, parameters: Parameters): Authenticator {
  const types = (optionalText(parameters, "challenge_type") ?? "oob otp").split(" ").filter((type) => type !== "");
  const id = optionalText(parameters, "authenticator_id");
  const channel = optionalText(parameters, "oob_channel");
  const entries = challengeable(tenant, person);
  if (entries.length === 0) throw notEnrolled(tenant);
  const named = id === undefined ? entries : entries.filter((entry) => entry.id === id);
  if (named.length === 0) {
    const { unknownAuthenticator } = tenant.settings.statuses;
    throw new Refusal(unknownAuthenticator, "access_denied", "Could not find the requested authenticator");
  }
  const fits = named.filter((entry) => types.includes(entry.kind === "totp" ? "otp" : "oob"));
  const reached =
    id === undefined && channel !== undefined ? fits.filter((entry) => wireChannel(entry) === channel) : fits;
  const [chosen] = reached;
  if (chosen !== undefined) return chosen;
  const description = `User does not have any enrolled authenticator with the supported challenge type (${types.join(" ")})`;
  throw new Refusal(401, "unsupported_challenge_type", description);
}

function wireChannel({ kind }: Authenticator): string {
  return kind === "push" ? "auth0" : kind;
}

function notEnrolled({ settings }: Tenant): Refusal {
  const description = "User is not enrolled. You can use /mfa/associate endpoint to enroll the first authenticator.";
  return settings.notEnrolledAtChallenge === "associationRequired"
    ? new Refusal(403, "association_required", description)
    : new Refusal(401, "unsupported_challenge_type", description);
}
