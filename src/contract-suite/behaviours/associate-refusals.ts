import { documented, reported, sdk, undocumented } from "../behaviour.ts";
import { equal, refused, textOf } from "../expectation.ts";
import { associate, ASSOCIATE, mfaJwt, mfaToken, PHONE, signIn } from "../rehearsal.ts";

const INVALID = "The mfa_token provided is invalid. Try getting a new token.";
const OFF = "unsupported_challenge_type";
const MALFORMED = [400, 401, 403];

function verifierOff(name: string, button: string, tail = ""): string {
  return `${name} Verifier is disabled for your tenant. You can turn it on from dashboard turning on "${button}" on Guardian MFA section${tail}.`;
}

/** How `POST /mfa/associate` refuses who asks. */
export const ASSOCIATE_TOKEN_REFUSALS = [
  sdk(
    "associate with an mfa_token of somebody enrolled is 403 access_denied 'User is already enrolled.'",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      refused(await associate(t, token, ASSOCIATE.otp), 403, "access_denied", "User is already enrolled.");
    },
  ),
  sdk(
    "associate with a token of another kind is 401 invalid_grant 'The mfa_token provided is invalid. Try getting a new token.'",
    ["newPerson"],
    async (t) => {
      const { body } = await signIn(t, await t.person(), { scope: "openid" });
      refused(await associate(t, textOf(body, "id_token"), ASSOCIATE.otp), 401, "invalid_grant", INVALID);
    },
  ),
  sdk(
    "associate with an access token for another API is 401 invalid_grant in the same words",
    ["newPerson"],
    async (t) => {
      const { body } = await signIn(t, await t.person(), { audience: "https://api.example/", scope: "enroll" });
      refused(await associate(t, textOf(body, "access_token"), ASSOCIATE.otp), 401, "invalid_grant", INVALID);
    },
  ),
  sdk(
    "associate with an MFA JWT that is over is 401 invalid_grant in the same words",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ seconds: { mfaJwt: 0 } });
      refused(await associate(t, await mfaJwt(t, await t.person()), ASSOCIATE.otp), 401, "invalid_grant", INVALID);
    },
  ),
  sdk(
    "associate with an old mfa_token is 401 or 403 expired_token 'mfa_token is expired'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ seconds: { mfaToken: 0 } });
      const token = await mfaToken(t, await t.person());
      refused(await associate(t, token, ASSOCIATE.otp), [401, 403], "expired_token", "mfa_token is expired");
    },
  ),
  sdk("associate with a text that is no token is 400 to 403 invalid_grant 'Malformed mfa_token'", [], async (t) => {
    refused(await associate(t, "nonsense", ASSOCIATE.otp), MALFORMED, "invalid_grant", "Malformed mfa_token");
  }),
  undocumented("associate without an Authorization header is 401 invalid_grant", [], async (t) => {
    refused(await t.send("POST /mfa/associate", { json: ASSOCIATE.otp }), 401, "invalid_grant", INVALID);
  }),
  undocumented(
    "associate with an MFA JWT that lacks enroll is 403 insufficient_scope 'Insufficient scope, expected any of: enroll'",
    [],
    async (t) => {
      const jwt = await mfaJwt(t, await t.person(), { scope: "read:authenticators" });
      const words = "Insufficient scope, expected any of: enroll";
      refused(await associate(t, jwt, ASSOCIATE.otp), 403, "insufficient_scope", words);
    },
  ),
  documented("too many requests to /mfa/* are 429 too_many_requests", ["newPerson", "switches"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await t.change({ limits: { api: { burst: 1, refillSeconds: 600 } } });
    await associate(t, token, ASSOCIATE.otp);
    refused(await associate(t, token, ASSOCIATE.otp), 429, "too_many_requests");
  }),
] as const;

/** How `POST /mfa/associate` refuses what is asked. */
export const ASSOCIATE_REFUSALS = [
  sdk(
    'texts switched off: unsupported_challenge_type, the words name the switch "SMS"',
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ phoneMessageTypes: { sms: false } });
      const token = await mfaToken(t, await t.person());
      refused(await associate(t, token, ASSOCIATE.sms), [401, 403], OFF, verifierOff("SMS", "SMS"));
    },
  ),
  sdk(
    "authenticator apps switched off: unsupported_challenge_type, the words with upstream's 'notications'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ factors: { otp: false } });
      const token = await mfaToken(t, await t.person());
      const words = verifierOff("OTP", "Push notifications", " (Push notications include OTP)");
      refused(await associate(t, token, ASSOCIATE.otp), [401, 403], OFF, words);
    },
  ),
  sdk(
    "push switched off: unsupported_challenge_type, the words name it 'Auth0 Verifier'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ factors: { push: false } });
      const token = await mfaToken(t, await t.person());
      refused(await associate(t, token, ASSOCIATE.push), [401, 403], OFF, verifierOff("Auth0", "Push notifications"));
    },
  ),
  undocumented("calls or mail switched off: unsupported_challenge_type in the same sentence", [], async (t) => {
    await t.change({ phoneMessageTypes: { voice: false }, factors: { email: false } });
    const token = await mfaToken(t, await t.person());
    refused(await associate(t, token, ASSOCIATE.voice), [401, 403], OFF, verifierOff("Voice", "Voice"));
    refused(await associate(t, token, ASSOCIATE.email), [401, 403], OFF, verifierOff("Email", "Email"));
  }),
  sdk(
    "a number that is none is bad_gateway 'The phone number is invalid.', though nothing broke",
    ["mfaToken", "unenrolled", "traces"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const answer = await associate(t, token, { ...ASSOCIATE.sms, phone_number: "+1202" });
      refused(answer, [400, 502], "bad_gateway", "The phone number is invalid.");
    },
  ),
  documented(
    "a number must be E.164: without the plus sign it is refused in the same words",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const answer = await associate(t, token, { ...ASSOCIATE.voice, phone_number: "2025550143" });
      refused(answer, [400, 502], "bad_gateway", "The phone number is invalid.");
    },
  ),
  sdk("a parameter left out is 400 invalid_request and named", ["mfaToken", "unenrolled"], async (t) => {
    const token = await mfaToken(t, await t.person());
    const miss = async (json: unknown, name: string) => {
      refused(await associate(t, token, json), 400, "invalid_request", `Missing required parameter: ${name}`);
    };
    await miss({}, "authenticator_types");
    await miss({ authenticator_types: ["oob"] }, "oob_channels");
    await miss({ authenticator_types: ["oob"], oob_channels: ["sms"] }, "phone_number");
  }),
  sdk(
    "too many entries of a kind are too_many_entities 'You reached the limit of entities of the sms type for this user.'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ entityLimit: 1 });
      const token = await mfaToken(t, await t.person());
      await associate(t, token, ASSOCIATE.sms);
      await associate(t, token, ASSOCIATE.push);
      const words = (kind: string) => `You reached the limit of entities of the ${kind} type for this user.`;
      refused(await associate(t, token, ASSOCIATE.sms), 400, "too_many_entities", words("sms"));
      refused(await associate(t, token, ASSOCIATE.push), 400, "too_many_entities", words("push notification"));
      refused(await associate(t, token, ASSOCIATE.otp), 400, "too_many_entities", words("totp"));
    },
  ),
  reported(
    "fifty entries that were never confirmed lock a person out of enrolling",
    ["newPerson", "switches"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      for (let count = 0; count < 50; count += 1) {
        equal((await associate(t, token, ASSOCIATE.otp)).status, 200, `the status of number ${count + 1}`);
      }
      refused(await associate(t, token, ASSOCIATE.otp), 400, "too_many_entities");
    },
  ),
  reported(
    "too many texts are invalid_request 'Too many SMS sent by the user. Wait for some minutes before retrying.'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ limits: { phoneMessages: { burst: 1, refillSeconds: 3600 } } });
      const token = await mfaToken(t, await t.person());
      await associate(t, token, ASSOCIATE.sms);
      const words = "Too many SMS sent by the user. Wait for some minutes before retrying.";
      refused(await associate(t, token, ASSOCIATE.sms), [400, 429], "invalid_request", words);
    },
  ),
  documented("ten texts go out in a row, the eleventh does not", ["newPerson", "switches"], async (t) => {
    const token = await mfaToken(t, await t.person());
    for (let count = 0; count < 10; count += 1) {
      equal((await associate(t, token, ASSOCIATE.sms)).status, 200, `the status of number ${count + 1}`);
    }
    refused(await associate(t, token, ASSOCIATE.sms), [400, 429], "invalid_request");
  }),
  undocumented("two elements, or a text instead of an array, are 400 invalid_request", [], async (t) => {
    const token = await mfaToken(t, await t.person());
    const two = { ...ASSOCIATE.sms, oob_channels: ["sms", "voice"] };
    refused(await associate(t, token, two), 400, "invalid_request");
    refused(await associate(t, token, { authenticator_types: "otp" }), 400, "invalid_request");
  }),
  undocumented(
    "an unknown channel, an unknown type and an address that is none are 400 invalid_request",
    [],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      for (const wrong of [
        { oob_channels: ["pigeon"] },
        { authenticator_types: ["webauthn"] },
        { email: "not-an-address" },
      ]) {
        refused(await associate(t, token, { ...ASSOCIATE.email, ...wrong }), 400, "invalid_request");
      }
    },
  ),
  undocumented("a body that is no JSON object is 400 invalid_request", [], async (t) => {
    const bearer = await mfaToken(t, await t.person());
    const headers = { "content-type": "application/json" };
    refused(await t.send("POST /mfa/associate", { bearer, headers, raw: "[1" }), 400, "invalid_request");
  }),
] as const;
