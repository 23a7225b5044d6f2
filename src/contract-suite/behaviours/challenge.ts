import { documented, recorded, reported, sdk, undocumented } from "../behaviour.ts";
import { answered, equal, hold, oneOf, refused, SEALED, text, textOf } from "../expectation.ts";
import { associate, ASSOCIATE, challenge, confirm, idOf, mfaJwt, mfaToken, PHONE } from "../rehearsal.ts";

const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const MALFORMED = [400, 401, 403];
const PROMPT = { challenge_type: "oob", oob_code: SEALED, binding_method: "prompt" };

/** What `POST /mfa/challenge` answers. */
export const CHALLENGE = [
  recorded(
    'POST /mfa/challenge of an authenticator app: 200 {"challenge_type":"otp"} and nothing else',
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
      const json = { ...t.client, mfa_token: token, challenge_type: "otp" };
      answered(await t.send("POST /mfa/challenge", { json }), { challenge_type: "otp" });
    },
  ),
  documented(
    "POST /mfa/challenge of a phone by text: 200 with a sealed oob_code and binding_method prompt",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const json = {
        ...t.client,
        mfa_token: token,
        challenge_type: "oob",
        authenticator_id: await idOf(t, token, "sms"),
      };
      answered(await t.send("POST /mfa/challenge", { json }), PROMPT);
    },
  ),
  documented("POST /mfa/challenge of a phone by call answers the same", ["newPerson", "codes"], async (t) => {
    const token = await mfaToken(t, await t.person({ phone: PHONE }));
    answered(
      await challenge(t, token, { challenge_type: "oob", authenticator_id: await idOf(t, token, "voice") }),
      PROMPT,
    );
    equal(await t.readCode(PHONE), text(/^\d{6}$/), "the code");
  }),
  documented(
    "POST /mfa/challenge of a verified address answers the same and sends the code there",
    ["newPerson", "codes"],
    async (t) => {
      const login = await t.person({ emailVerified: true });
      const token = await mfaToken(t, login);
      const answer = await challenge(t, token, {
        challenge_type: "oob",
        authenticator_id: await idOf(t, token, "email"),
      });
      answered(answer, PROMPT);
      const code = await t.readCode(login.username);
      equal((await confirm(t, token, textOf(answer.body, "oob_code"), code)).status, 200, "the status of the exchange");
    },
  ),
  recorded("POST /mfa/challenge of push: 200 with an oob_code and no binding_method", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ pushDevice: "Handset" }));
    const answer = await challenge(t, token, { challenge_type: "oob" });
    answered(answer, { challenge_type: "oob", oob_code: SEALED });
  }),
  documented("without challenge_type and authenticator_id the tenant chooses", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ phone: PHONE }));
    answered(await t.send("POST /mfa/challenge", { json: { ...t.client, mfa_token: token } }), PROMPT);
  }),
  documented("challenge_type may name several types, with a space between", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ phone: PHONE, totpSecret: SECRET }));
    const { status, body } = await challenge(t, token, { challenge_type: "oob otp" });
    equal([status, textOf(body, "challenge_type")], [200, oneOf("oob", "otp")], "status and challenge_type");
  }),
  documented("oob_channel chooses among the channels of a phone", ["newPerson", "codes"], async (t) => {
    const token = await mfaToken(t, await t.person({ phone: PHONE, pushDevice: "Handset" }));
    answered(await challenge(t, token, { challenge_type: "oob", oob_channel: "sms" }), PROMPT);
    equal(await t.readCode(PHONE), text(/^\d{6}$/), "the code");
  }),
  documented(
    "resending is another challenge with the same mfa_token: its new oob_code works",
    ["newPerson", "codes"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const first = textOf((await challenge(t, token, { challenge_type: "oob" })).body, "oob_code");
      const second = textOf((await challenge(t, token, { challenge_type: "oob" })).body, "oob_code");
      hold(first !== second, "the oob_code must be a new one");
      await t.readCode(PHONE);
      equal((await confirm(t, token, second, await t.readCode(PHONE))).status, 200, "the status");
    },
  ),
  undocumented("after a resend the earlier code is refused, by a switch not", ["codes"], async (t) => {
    for (const survives of [false, true]) {
      await t.change({ oldOobCodeSurvives: { challenge: survives } });
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const first = textOf((await challenge(t, token, { challenge_type: "oob" })).body, "oob_code");
      await challenge(t, token, { challenge_type: "oob" });
      const code = await t.readCode(PHONE);
      await t.readCode(PHONE);
      equal((await confirm(t, token, first, code)).status, survives ? 200 : 403, "the status");
    }
  }),
] as const;

/** How `POST /mfa/challenge` refuses. */
export const CHALLENGE_REFUSALS = [
  reported("challenge with an MFA JWT is invalid_grant 'Malformed mfa_token'", ["newPerson"], async (t) => {
    const answer = await challenge(t, await mfaJwt(t, await t.person()), { challenge_type: "oob" });
    refused(answer, MALFORMED, "invalid_grant", "Malformed mfa_token");
  }),
  reported(
    "asking an app's owner for oob is 401 unsupported_challenge_type '… with the supported challenge type (oob)'",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
      const words = "User does not have any enrolled authenticator with the supported challenge type (oob)";
      refused(await challenge(t, token, { challenge_type: "oob" }), 401, "unsupported_challenge_type", words);
    },
  ),
  sdk(
    "challenge with an old mfa_token is 401 or 403 expired_token 'mfa_token is expired'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ seconds: { mfaToken: 0 } });
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      refused(
        await challenge(t, token, { challenge_type: "oob" }),
        [401, 403],
        "expired_token",
        "mfa_token is expired",
      );
    },
  ),
  sdk(
    "challenge with a text that is no token is 400 to 403 invalid_grant 'Malformed mfa_token'",
    ["client"],
    async (t) => {
      const answer = await challenge(t, "nonsense", { challenge_type: "oob" });
      refused(answer, MALFORMED, "invalid_grant", "Malformed mfa_token");
    },
  ),
  documented("an authenticator that was not confirmed cannot be challenged", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await associate(t, token, ASSOCIATE.sms);
    const answer = await challenge(t, token, { challenge_type: "oob", authenticator_id: await idOf(t, token, "sms") });
    hold(answer.status >= 400 && answer.status < 500, `the status must be a refusal, got ${answer.status}`);
  }),
  reported(
    "too many texts by challenge are invalid_request 'Too many SMS sent by the user. Wait for some minutes before retrying.'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ limits: { phoneMessages: { burst: 1, refillSeconds: 3600 } } });
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      await challenge(t, token, { challenge_type: "oob" });
      const words = "Too many SMS sent by the user. Wait for some minutes before retrying.";
      refused(await challenge(t, token, { challenge_type: "oob" }), [400, 429], "invalid_request", words);
    },
  ),
  documented("more than five pushes a minute are 429 too_many_requests", ["newPerson", "switches"], async (t) => {
    const token = await mfaToken(t, await t.person({ pushDevice: "Handset" }));
    for (let count = 0; count < 5; count += 1) {
      equal((await challenge(t, token, { challenge_type: "oob" })).status, 200, `the status of number ${count + 1}`);
    }
    refused(await challenge(t, token, { challenge_type: "oob" }), 429, "too_many_requests");
  }),
  reported(
    "challenge by an application without the MFA grants is 403 unauthorized_client",
    ["newPerson", "switches"],
    async (t) => {
      await t.addClient({ id: "without-mfa", grantTypes: ["password"] });
      const form = { grant_type: "password", client_id: "without-mfa", ...(await t.person({ phone: PHONE })) };
      await t.change({ policy: "always" });
      const token = textOf((await t.send("POST /oauth/token", { form })).body, "mfa_token");
      const json = { client_id: "without-mfa", mfa_token: token, challenge_type: "oob" };
      refused(await t.send("POST /mfa/challenge", { json }), 403, "unauthorized_client");
    },
  ),
  documented("too many requests to /mfa/challenge are 429 too_many_requests", ["newPerson", "switches"], async (t) => {
    const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
    await t.change({ limits: { api: { burst: 1, refillSeconds: 600 } } });
    await challenge(t, token, { challenge_type: "otp" });
    refused(await challenge(t, token, { challenge_type: "otp" }), 429, "too_many_requests");
  }),
  undocumented(
    "an unknown authenticator_id is access_denied 'Could not find the requested authenticator'",
    [],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const answer = await challenge(t, token, { challenge_type: "oob", authenticator_id: "sms|dev_nobodyknowsthis1" });
      refused(answer, 403, "access_denied", "Could not find the requested authenticator");
    },
  ),
  undocumented(
    "challenge of somebody unenrolled is 401 unsupported_challenge_type, by a switch 403 association_required",
    [],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      refused(await challenge(t, token, { challenge_type: "oob" }), 401, "unsupported_challenge_type");
      await t.change({ notEnrolledAtChallenge: "associationRequired" });
      refused(await challenge(t, token, { challenge_type: "oob" }), 403, "association_required");
    },
  ),
  undocumented(
    "challenge without mfa_token is 400 invalid_request 'Missing required parameter: mfa_token'",
    [],
    async (t) => {
      const answer = await t.send("POST /mfa/challenge", { json: { ...t.client, challenge_type: "oob" } });
      refused(answer, 400, "invalid_request", "Missing required parameter: mfa_token");
    },
  ),
] as const;
