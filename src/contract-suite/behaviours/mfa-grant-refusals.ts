import { documented, reported, sdk, undocumented } from "../behaviour.ts";
import { equal, hold, refused, textOf } from "../expectation.ts";
import { associate, ASSOCIATE, challenge, confirm, GRANT, mfaToken, otherCode, PHONE, signIn } from "../rehearsal.ts";
import { totpCode, wrongTotpCode } from "../totp.ts";

const RECOVERY = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const INVALID = "The mfa_token provided is invalid. Try getting a new token.";
const TOO_MANY = "Too many failed codes. Wait for some minutes before retrying.";
const MALFORMED = [400, 401, 403];

/** How the MFA grants refuse what a person typed. */
export const CODE_REFUSALS = [
  sdk("a wrong code of an authenticator app is 403 invalid_grant 'Invalid otp_code.'", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
    const answer = await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: wrongTotpCode(SECRET) });
    refused(answer, 403, "invalid_grant", "Invalid otp_code.");
  }),
  sdk("a wrong code of a message is 403 invalid_grant 'Invalid binding_code.'", ["newPerson", "codes"], async (t) => {
    const token = await mfaToken(t, await t.person({ phone: PHONE }));
    const { body } = await challenge(t, token, { challenge_type: "oob" });
    const wrong = otherCode(await t.readCode(PHONE));
    refused(await confirm(t, token, textOf(body, "oob_code"), wrong), 403, "invalid_grant", "Invalid binding_code.");
  }),
  documented("the code of a message works once", ["newPerson", "codes"], async (t) => {
    const token = await mfaToken(t, await t.person({ phone: PHONE }));
    const { body } = await challenge(t, token, { challenge_type: "oob" });
    const code = await t.readCode(PHONE);
    equal((await confirm(t, token, textOf(body, "oob_code"), code)).status, 200, "the status at first");
    hold((await confirm(t, token, textOf(body, "oob_code"), code)).status >= 400, "the second use must be refused");
  }),
  reported("a wrong recovery code is 403 invalid_grant 'MFA Authorization rejected.'", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ phone: PHONE, recoveryCode: RECOVERY }));
    const code = { grant_type: GRANT.recoveryCode, mfa_token: token, recovery_code: "AAAAAAAAAAAAAAAAAAAAAAAA" };
    refused(await t.token(code), 403, "invalid_grant", "MFA Authorization rejected.");
  }),
  sdk(
    "the recovery grant of somebody without a code is 403 unsupported_challenge_type 'User does not have a recovery-code.'",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const code = { grant_type: GRANT.recoveryCode, mfa_token: token, recovery_code: RECOVERY };
      refused(await t.token(code), 403, "unsupported_challenge_type", "User does not have a recovery-code.");
    },
  ),
  sdk(
    "mfa-otp of somebody without an app is 401 unsupported_challenge_type and points to /mfa/associate",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const words = "User is not enrolled. You can use /mfa/associate endpoint to enroll the first authenticator.";
      const answer = await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: "000000" });
      refused(answer, 401, "unsupported_challenge_type", words);
    },
  ),
  reported(
    "the eleventh bad code is invalid_request 'Too many failed codes. Wait for some minutes before retrying.', the right one too",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
      const type = (otp: string) => t.token({ grant_type: GRANT.otp, mfa_token: token, otp });
      for (let count = 0; count < 10; count += 1) {
        refused(await type(wrongTotpCode(SECRET)), 403, "invalid_grant", "Invalid otp_code.");
      }
      refused(await type(wrongTotpCode(SECRET)), [400, 429], "invalid_request", TOO_MANY);
      refused(await type(totpCode(SECRET)), [400, 429], "invalid_request", TOO_MANY);
    },
  ),
  reported(
    "some tenants, locked, go on calling the right code 'Invalid otp_code.'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ lockedOut: "stillInvalid" });
      const token = await mfaToken(t, await t.person({ totpSecret: SECRET, locked: true }));
      const answer = await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: totpCode(SECRET) });
      refused(answer, 403, "invalid_grant", "Invalid otp_code.");
    },
  ),
  documented(
    "more than so many oob exchanges a minute are 429 too_many_requests",
    ["newPerson", "codes", "switches"],
    async (t) => {
      await t.change({ limits: { oobExchange: { burst: 2, refillSeconds: 600 } } });
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const oobCode = textOf((await challenge(t, token, { challenge_type: "oob" })).body, "oob_code");
      const code = await t.readCode(PHONE);
      for (let count = 0; count < 2; count += 1) await confirm(t, token, oobCode, otherCode(code));
      refused(await confirm(t, token, oobCode, code), 429, "too_many_requests");
    },
  ),
] as const;

/** How the MFA grants refuse what a program sent. */
export const GRANT_REFUSALS = [
  sdk("an oob_code that is none is 400 to 403 invalid_grant 'Malformed oob_code'", ["mfaToken"], async (t) => {
    const token = await mfaToken(t, await t.person());
    refused(await confirm(t, token, "nonsense", "123456"), MALFORMED, "invalid_grant", "Malformed oob_code");
  }),
  sdk("an mfa_token that is none is 400 to 403 invalid_grant 'Malformed mfa_token'", ["client"], async (t) => {
    const answer = await t.token({ grant_type: GRANT.otp, mfa_token: "nonsense", otp: "123456" });
    refused(answer, MALFORMED, "invalid_grant", "Malformed mfa_token");
  }),
  sdk(
    "an mfa_token of the wrong kind, such as an id_token, is 401 invalid_grant 'The mfa_token provided is invalid. Try getting a new token.'",
    ["newPerson"],
    async (t) => {
      const { body } = await signIn(t, await t.person(), { scope: "openid" });
      const answer = await t.token({ grant_type: GRANT.otp, mfa_token: textOf(body, "id_token"), otp: "123456" });
      refused(answer, 401, "invalid_grant", INVALID);
    },
  ),
  sdk(
    "an old mfa_token at an MFA grant is 401 or 403 expired_token 'mfa_token is expired'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ seconds: { mfaToken: 0 } });
      const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
      const answer = await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: totpCode(SECRET) });
      refused(answer, [401, 403], "expired_token", "mfa_token is expired");
    },
  ),
  reported(
    "a code that came too late is 401 or 403 expired_token 'oob_code is expired' while the mfa_token lives",
    ["newPerson", "codes", "switches"],
    async (t) => {
      await t.change({ seconds: { oobCode: 0 } });
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const { body } = await challenge(t, token, { challenge_type: "oob" });
      const answer = await confirm(t, token, textOf(body, "oob_code"), await t.readCode(PHONE));
      refused(answer, [401, 403], "expired_token", "oob_code is expired");
    },
  ),
  reported(
    "mfa-oob for a message without binding_code is 400 invalid_request 'Missing required parameter: binding_code'",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const { body } = await challenge(t, token, { challenge_type: "oob" });
      const answer = await confirm(t, token, textOf(body, "oob_code"));
      refused(answer, 400, "invalid_request", "Missing required parameter: binding_code");
    },
  ),
  reported("the other parameters, left out, are 400 invalid_request in the same words", ["mfaToken"], async (t) => {
    const token = await mfaToken(t, await t.person());
    const miss = async (form: Readonly<Record<string, string>>, name: string) => {
      refused(await t.token(form), 400, "invalid_request", `Missing required parameter: ${name}`);
    };
    await miss({ grant_type: GRANT.otp, mfa_token: token }, "otp");
    await miss({ grant_type: GRANT.oob, mfa_token: token }, "oob_code");
    await miss({ grant_type: GRANT.recoveryCode, mfa_token: token }, "recovery_code");
    await miss({ grant_type: GRANT.otp, otp: "123456" }, "mfa_token");
  }),
  reported(
    'an oob_code of another sign-in is 400 invalid_request "The oob_code doesn\'t match the mfa_token"',
    ["newPerson", "codes"],
    async (t) => {
      const login = await t.person({ phone: PHONE });
      const [one, other] = [await mfaToken(t, login), await mfaToken(t, login)];
      const { body } = await challenge(t, one, { challenge_type: "oob" });
      const answer = await confirm(t, other, textOf(body, "oob_code"), await t.readCode(PHONE));
      refused(answer, 400, "invalid_request", "The oob_code doesn't match the mfa_token");
    },
  ),
  reported(
    "an MFA grant that is off is 403 unauthorized_client and names the grant by its whole address",
    ["newPerson", "switches"],
    async (t) => {
      await t.addClient({ id: "without-mfa", grantTypes: ["password"] });
      const form = { grant_type: GRANT.oob, client_id: "without-mfa", mfa_token: "a", oob_code: "b" };
      const words = "Grant type 'http://auth0.com/oauth/grant-type/mfa-oob' not allowed for the client.";
      refused(await t.send("POST /oauth/token", { form }), 403, "unauthorized_client", words);
    },
  ),
  undocumented(
    "the earlier oob_code of an enrollment still works after another start of it, by a switch not",
    ["codes"],
    async (t) => {
      for (const survives of [true, false]) {
        await t.change({ oldOobCodeSurvives: { associate: survives } });
        const token = await mfaToken(t, await t.person());
        const first = textOf((await associate(t, token, ASSOCIATE.sms)).body, "oob_code");
        await associate(t, token, ASSOCIATE.sms);
        const code = await t.readCode(PHONE);
        await t.readCode(PHONE);
        equal((await confirm(t, token, first, code)).status, survives ? 200 : 403, "the status");
      }
    },
  ),
  undocumented("by a switch, an oob_code used up is told as 'oob_code is expired'", ["codes"], async (t) => {
    await t.change({ deadOobCode: "expired" });
    const token = await mfaToken(t, await t.person({ phone: PHONE }));
    const oobCode = textOf((await challenge(t, token, { challenge_type: "oob" })).body, "oob_code");
    const code = await t.readCode(PHONE);
    await confirm(t, token, oobCode, code);
    refused(await confirm(t, token, oobCode, code), [401, 403], "expired_token", "oob_code is expired");
  }),
] as const;
