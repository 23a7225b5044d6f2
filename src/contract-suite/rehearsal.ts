import { textOf } from "./expectation.ts";
import type { Answer, Stage } from "./stage.ts";
import type { Login } from "./target.ts";

/** A number in a range that is reserved for fiction. */
export const PHONE = "+12025550143";
/** An address in a domain that is reserved for examples. */
export const MAIL = "backup@example.org";

/** Scopes of the MFA API, as they are asked for. */
export const MFA_SCOPE = "enroll read:authenticators remove:authenticators";

/** Names of the three grants by which a second factor is proven. */
export const GRANT = {
  otp: "http://auth0.com/oauth/grant-type/mfa-otp",
  oob: "http://auth0.com/oauth/grant-type/mfa-oob",
  recoveryCode: "http://auth0.com/oauth/grant-type/mfa-recovery-code",
} as const;

/** Bodies of an associate request. */
export const ASSOCIATE = {
  otp: { authenticator_types: ["otp"] },
  sms: { authenticator_types: ["oob"], oob_channels: ["sms"], phone_number: PHONE },
  voice: { authenticator_types: ["oob"], oob_channels: ["voice"], phone_number: PHONE },
  email: { authenticator_types: ["oob"], oob_channels: ["email"], email: MAIL },
  push: { authenticator_types: ["oob"], oob_channels: ["auth0"] },
} as const;

/** Asks for tokens with somebody's password, naming the connection where the tenant wants that. */
export function signIn(stage: Stage, login: Login, more: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { realm } = stage.target;
  const grant =
    realm === null
      ? { grant_type: "password" }
      : { grant_type: "http://auth0.com/oauth/grant-type/password-realm", realm };
  return stage.token({ ...grant, ...login, ...more });
}

/** Signs in to the point where a second factor is asked for, and gives the `mfa_token`. */
export async function mfaToken(
  stage: Stage,
  login: Login,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const ours = stage.target.offers.has("switches");
  if (ours) await stage.change({ policy: "always" });
  const { body } = await signIn(stage, login, { scope: "openid profile", ...more });
  if (ours) await stage.change({ policy: "never" });
  return textOf(body, "mfa_token");
}

/** Signs somebody in for the MFA API, who has no factor or a phone with this number, and gives the MFA JWT. */
export async function mfaJwt(stage: Stage, login: Login, { scope = MFA_SCOPE, phone = PHONE } = {}): Promise<string> {
  const { status, body } = await signIn(stage, login, { audience: stage.mfaAudience, scope: `openid ${scope}` });
  if (status === 200) return textOf(body, "access_token");
  const token = textOf(body, "mfa_token");
  const sent = await challenge(stage, token, { challenge_type: "oob" });
  const passed = await confirm(stage, token, textOf(sent.body, "oob_code"), await stage.readCode(phone));
  return textOf(passed.body, "access_token");
}

/** Sends `POST /mfa/associate`. */
export function associate(stage: Stage, bearer: string, json: unknown): Promise<Answer> {
  return stage.send("POST /mfa/associate", { bearer, json });
}

/** Sends `POST /mfa/challenge` with the application's credentials. */
export function challenge(stage: Stage, token: string, more: Readonly<Record<string, unknown>>): Promise<Answer> {
  return stage.send("POST /mfa/challenge", { json: { ...stage.client, mfa_token: token, ...more } });
}

/** Exchanges an `oob_code` with what a person typed; nothing typed means polling. */
export function confirm(stage: Stage, token: string, oobCode: string, code?: string): Promise<Answer> {
  const typed: Record<string, string> = code === undefined ? {} : { binding_code: code };
  return stage.token({ grant_type: GRANT.oob, mfa_token: token, oob_code: oobCode, ...typed });
}

/** Lists somebody's authenticators. */
export async function rows(stage: Stage, bearer: string): Promise<readonly Record<string, unknown>[]> {
  const { body } = await stage.send("GET /mfa/authenticators", { bearer });
  if (!Array.isArray(body)) throw new Error("the list of authenticators must be an array");
  return body.map((row: unknown) => Object.assign({}, row));
}

/** Gives the id of the first row whose id starts like this. */
export async function idOf(stage: Stage, bearer: string, prefix: string): Promise<string> {
  const row = (await rows(stage, bearer)).find(({ id }) => String(id).startsWith(`${prefix}|`));
  if (row === undefined) throw new Error(`there is no authenticator ${prefix}|…`);
  return String(row["id"]);
}

/** Enrolls a phone to the end and gives what came of it. */
export async function enrollPhone(
  stage: Stage,
  login: Login,
): Promise<{ token: string; recoveryCode: string; passed: Answer }> {
  const token = await mfaToken(stage, login);
  const { body } = await associate(stage, token, ASSOCIATE.sms);
  const passed = await confirm(stage, token, textOf(body, "oob_code"), await stage.readCode(PHONE));
  const codes: unknown = Object.assign({ recovery_codes: [] }, body).recovery_codes;
  return { token, passed, recoveryCode: String(codes) };
}

/** Gives six digits other than these. */
export function otherCode(code: string): string {
  return code === "000000" ? "111111" : "000000";
}

/** Gives what a signed token says, its signature unchecked. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ""] = token.split(".");
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  return Object.assign({}, claims);
}
