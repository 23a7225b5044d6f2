import { AuthClient, isMfaRequiredError } from "@auth0/auth0-auth-js";

import { sdk } from "../behaviour.ts";
import { equal, hold, RECOVERY_CODE, SEALED, text } from "../expectation.ts";
import { MAIL, mfaJwt, otherCode, PHONE } from "../rehearsal.ts";
import type { Stage } from "../stage.ts";
import type { Login, Need } from "../target.ts";
import { totpCode } from "../totp.ts";

const RECOVERY = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const NEEDS: readonly Need[] = ["newPerson", "switches", "https"];

function createClient({ target, issuer, client }: Stage): AuthClient {
  return new AuthClient({
    domain: new URL(issuer).host,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    customFetch: (input, init) => target.fetch(new Request(input, init)),
  });
}

/** Signs in to the point where the client says that a second factor is asked for, and gives its token. */
async function signIn(t: Stage, client: AuthClient, login: Login): Promise<string> {
  await t.change({ policy: "always" });
  const reason = await refusal(client.getTokenByPassword({ ...login, scope: "openid profile" }));
  if (!isMfaRequiredError(reason)) throw new Error("the client must tell mfa_required by its own error");
  return reason.cause.mfa_token;
}

async function refusal(request: Promise<unknown>): Promise<Error> {
  const reason: unknown = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(reason instanceof Error)) throw new Error("a refusal was expected");
  return reason;
}

/** Enrolls by one channel and confirms with the code that was sent, after one wrong one. */
async function enrollByMessage(t: Stage, channel: "sms" | "voice" | "email"): Promise<void> {
  const client = createClient(t);
  const mfaToken = await signIn(t, client, await t.person());
  const contact = channel === "email" ? { email: MAIL } : { phoneNumber: PHONE };
  const enrolled = await client.mfa.enrollAuthenticator({
    authenticatorTypes: ["oob"],
    oobChannels: [channel],
    mfaToken,
    ...contact,
  });
  if (enrolled.authenticatorType !== "oob") throw new Error("the enrollment must be out of band");
  const { oobChannel, bindingMethod, oobCode = "", recoveryCodes } = enrolled;
  equal(
    [oobChannel, bindingMethod, oobCode, recoveryCodes],
    [channel, "prompt", SEALED, [RECOVERY_CODE]],
    "the enrollment",
  );
  const code = await t.readCode(channel === "email" ? MAIL : PHONE);
  const type = (bindingCode: string) => client.mfa.verify({ factorType: "oob", mfaToken, oobCode, bindingCode });
  equal((await refusal(type(otherCode(code)))).message, "Invalid binding_code.", "the error");
  hold((await type(code)).accessToken !== "", "there must be an access token");
  const active = (await client.mfa.listAuthenticators({ mfaToken })).filter((one) => one.active);
  hold(active.length >= 2, "the authenticator and the recovery code must be active");
}

/** What Auth0's own client for servers makes of the tenant. */
export const AUTH0_AUTH_JS = [
  sdk("auth0-auth-js finds mfa_required by isMfaRequiredError, with the mfa_token", NEEDS, async (t) => {
    equal(await signIn(t, createClient(t), await t.person()), SEALED, "mfa_token");
  }),
  sdk("auth0-auth-js enrolls by text and verifies", [...NEEDS, "codes"], (t) => enrollByMessage(t, "sms")),
  sdk("auth0-auth-js enrolls by call and verifies", [...NEEDS, "codes"], (t) => enrollByMessage(t, "voice")),
  sdk("auth0-auth-js enrolls by mail and verifies", [...NEEDS, "codes"], (t) => enrollByMessage(t, "email")),
  sdk("auth0-auth-js enrolls an authenticator app and verifies", NEEDS, async (t) => {
    const client = createClient(t);
    const mfaToken = await signIn(t, client, await t.person());
    const enrolled = await client.mfa.enrollAuthenticator({ authenticatorTypes: ["otp"], mfaToken });
    if (enrolled.authenticatorType !== "otp") throw new Error("the enrollment must be of an app");
    equal(enrolled.barcodeUri, text(/^otpauth:\/\/totp\//), "barcodeUri");
    const tokens = await client.mfa.verify({ factorType: "otp", mfaToken, otp: totpCode(enrolled.secret) });
    equal(tokens.claims?.iss, t.issuer, "iss");
  }),
  sdk("auth0-auth-js lists id, authenticatorType, active and name", NEEDS, async (t) => {
    const client = createClient(t);
    const mfaToken = await signIn(t, client, await t.person({ phone: PHONE, totpSecret: SECRET }));
    const listed = (await client.mfa.listAuthenticators({ mfaToken })).map(
      ({ id, authenticatorType, active, name }) => {
        return [id.split("|")[0], authenticatorType, active, name];
      },
    );
    equal(listed.slice(0, 1), [["sms", "oob", true, "XXXXXXXX0143"]], "the first row");
    equal(listed.at(-1), ["totp", "otp", true, undefined], "the last row");
  }),
  sdk("auth0-auth-js challenges a phone and verifies", [...NEEDS, "codes"], async (t) => {
    const client = createClient(t);
    const mfaToken = await signIn(t, client, await t.person({ phone: PHONE }));
    const [phone] = await client.mfa.listAuthenticators({ mfaToken });
    const asked = { challengeType: "oob", authenticatorId: phone?.id ?? "", mfaToken } as const;
    const { challengeType, oobCode = "", bindingMethod } = await client.mfa.challengeAuthenticator(asked);
    equal([challengeType, oobCode, bindingMethod], ["oob", SEALED, "prompt"], "the challenge");
    const bindingCode = await t.readCode(PHONE);
    const tokens = await client.mfa.verify({ factorType: "oob", mfaToken, oobCode, bindingCode });
    hold(tokens.expiresAt > Date.now() / 1000, "the token must live");
  }),
  sdk("auth0-auth-js challenges an authenticator app", NEEDS, async (t) => {
    const client = createClient(t);
    const mfaToken = await signIn(t, client, await t.person({ totpSecret: SECRET }));
    const { challengeType } = await client.mfa.challengeAuthenticator({ challengeType: "otp", mfaToken });
    equal(challengeType, "otp", "challengeType");
  }),
  sdk("auth0-auth-js verifies by recovery code and gets the next one", NEEDS, async (t) => {
    const client = createClient(t);
    const mfaToken = await signIn(t, client, await t.person({ phone: PHONE, recoveryCode: RECOVERY }));
    const verify = { factorType: "recovery-code", mfaToken, recoveryCode: RECOVERY } as const;
    const { recoveryCode = "" } = await client.mfa.verify(verify);
    equal(recoveryCode, RECOVERY_CODE, "recoveryCode");
    equal((await refusal(client.mfa.verify(verify))).message, "MFA Authorization rejected.", "the error");
  }),
  sdk("auth0-auth-js deletes by MFA JWT and is refused by mfa_token", [...NEEDS, "codes"], async (t) => {
    const client = createClient(t);
    const login = await t.person({ phone: PHONE });
    const jwt = await mfaJwt(t, login);
    const [phone] = await client.mfa.listAuthenticators({ mfaToken: jwt });
    const authenticatorId = phone?.id ?? "";
    const mfaToken = await signIn(t, client, login);
    const reason = await refusal(client.mfa.deleteAuthenticator({ authenticatorId, mfaToken }));
    equal(reason.message, "The mfa_token provided is invalid. Try getting a new token.", "the error");
    await client.mfa.deleteAuthenticator({ authenticatorId, mfaToken: jwt });
    equal(await client.mfa.listAuthenticators({ mfaToken: jwt }), [], "the list");
  }),
  sdk("auth0-auth-js tells a number that is none by the tenant's words", NEEDS, async (t) => {
    const client = createClient(t);
    const mfaToken = await signIn(t, client, await t.person());
    const enrolling = client.mfa.enrollAuthenticator({
      authenticatorTypes: ["oob"],
      oobChannels: ["sms"],
      phoneNumber: "+1202",
      mfaToken,
    });
    const reason = await refusal(enrolling);
    equal(reason.message, "The phone number is invalid.", "the error");
  }),
] as const;
