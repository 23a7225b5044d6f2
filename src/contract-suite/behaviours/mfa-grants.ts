import { documented, recorded, reported, sdk, undocumented } from "../behaviour.ts";
import { answered, equal, hold, JWT, member, RECOVERY_CODE, refused, SOME_TEXT, textOf } from "../expectation.ts";
import {
  associate,
  ASSOCIATE,
  challenge,
  claimsOf,
  confirm,
  enrollPhone,
  GRANT,
  MFA_SCOPE,
  mfaJwt,
  mfaToken,
  PHONE,
  rows,
} from "../rehearsal.ts";
import { totpCode } from "../totp.ts";

const RECOVERY = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** The three grants that confirm an enrollment or pass a challenge, when the answer is yes. */
export const MFA_GRANTS = [
  recorded(
    "mfa-oob with the code that was sent answers 200 with the tokens of the sign-in that waited",
    ["newPerson", "codes"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: PHONE }));
      const { body } = await challenge(t, token, { challenge_type: "oob" });
      const answer = await confirm(t, token, textOf(body, "oob_code"), await t.readCode(PHONE));
      answered(answer, {
        access_token: SOME_TEXT,
        id_token: JWT,
        expires_in: 86_400,
        scope: "openid profile",
        token_type: "Bearer",
      });
    },
  ),
  sdk("the MFA grants take JSON as well as a form", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
    const json = { ...t.client, grant_type: GRANT.otp, mfa_token: token, otp: totpCode(SECRET) };
    equal((await t.send("POST /oauth/token", { json })).status, 200, "the status");
  }),
  documented("id_token and refresh_token come as the scope of the original login says", ["newPerson"], async (t) => {
    const login = await t.person({ totpSecret: SECRET });
    const ask = async (scope: string) => {
      const token = await mfaToken(t, login, { scope });
      return (await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: totpCode(SECRET) })).body;
    };
    const full = await ask("openid offline_access");
    equal([textOf(full, "id_token"), textOf(full, "refresh_token")], [JWT, SOME_TEXT], "the tokens");
    const bare = await ask("profile");
    equal([member(bare, "id_token"), member(bare, "refresh_token")], [undefined, undefined], "the tokens");
  }),
  documented("an id_token from an MFA grant carries no amr claim", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
    const { body } = await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: totpCode(SECRET) });
    hold(!Object.hasOwn(claimsOf(textOf(body, "id_token")), "amr"), "there must be no amr claim");
  }),
  documented(
    "a confirmed enrollment is active, and with it the call of the same number and the recovery code",
    ["newPerson", "codes"],
    async (t) => {
      const { token } = await enrollPhone(t, await t.person());
      const active = (await rows(t, token)).map(({ id, active }) => [String(id).split("|")[0], active]);
      equal(Object.fromEntries(active), { sms: true, voice: true, "recovery-code": true }, "who is active");
    },
  ),
  documented("mfa-otp with what the authenticator app shows confirms its enrollment", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    const { body } = await associate(t, token, ASSOCIATE.otp);
    const answer = await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: totpCode(textOf(body, "secret")) });
    equal(answer.status, 200, "the status");
    const app = (await rows(t, token)).find(({ authenticator_type }) => authenticator_type === "otp");
    equal(app?.["active"], true, "active");
  }),
  documented("mfa-otp passes a sign-in of an enrolled app without any challenge", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
    const answer = await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: totpCode(SECRET) });
    equal(answer.status, 200, "the status");
  }),
  reported("mfa-otp accepts the code of the step before", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
    const answer = await t.token({ grant_type: GRANT.otp, mfa_token: token, otp: totpCode(SECRET, -1) });
    equal(answer.status, 200, "the status");
  }),
  recorded(
    "mfa-recovery-code answers 200 with tokens and a new recovery_code of 24 characters",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: PHONE, recoveryCode: RECOVERY }), { scope: "profile" });
      const answer = await t.token({ grant_type: GRANT.recoveryCode, mfa_token: token, recovery_code: RECOVERY });
      const { body } = answer;
      answered(answer, {
        access_token: SOME_TEXT,
        recovery_code: RECOVERY_CODE,
        expires_in: 86_400,
        scope: textOf(body, "scope"),
        token_type: "Bearer",
      });
      hold(textOf(body, "recovery_code") !== RECOVERY, "the recovery code must be a new one");
    },
  ),
  documented("a used recovery code is dead, and the new one works", ["newPerson"], async (t) => {
    const login = await t.person({ phone: PHONE, recoveryCode: RECOVERY });
    const token = await mfaToken(t, login);
    const use = (code: string) => t.token({ grant_type: GRANT.recoveryCode, mfa_token: token, recovery_code: code });
    const next = textOf((await use(RECOVERY)).body, "recovery_code");
    refused(await use(RECOVERY), 403, "invalid_grant", "MFA Authorization rejected.");
    equal((await use(next)).status, 200, "the status with the new code");
  }),
  recorded(
    "confirming by code brings no recovery_code; only the recovery grant does",
    ["newPerson", "codes"],
    async (t) => {
      const { passed } = await enrollPhone(t, await t.person());
      equal(member(passed.body, "recovery_code"), undefined, "recovery_code");
    },
  ),
  sdk("a confirmation by MFA JWT puts the JWT itself in mfa_token", ["newPerson", "codes"], async (t) => {
    const jwt = await mfaJwt(t, await t.person());
    const { body } = await associate(t, jwt, ASSOCIATE.sms);
    const answer = await confirm(t, jwt, textOf(body, "oob_code"), await t.readCode(PHONE));
    equal(answer.status, 200, "the status");
  }),
  documented(
    "a confirmation by MFA JWT answers another MFA API token: 600 seconds and the three MFA scopes",
    ["newPerson"],
    async (t) => {
      const jwt = await mfaJwt(t, await t.person());
      const { body } = await associate(t, jwt, ASSOCIATE.otp);
      const answer = await t.token({ grant_type: GRANT.otp, mfa_token: jwt, otp: totpCode(textOf(body, "secret")) });
      answered(answer, { access_token: JWT, expires_in: 600, scope: MFA_SCOPE, token_type: "Bearer" });
      equal(claimsOf(textOf(answer.body, "access_token"))["aud"], t.mfaAudience, "aud");
    },
  ),
  undocumented("audience and scope at an MFA grant are ignored: the original login decides", [], async (t) => {
    const token = await mfaToken(t, await t.person({ totpSecret: SECRET }), { scope: "profile" });
    const otp = { grant_type: GRANT.otp, mfa_token: token, otp: totpCode(SECRET) };
    const { status, body } = await t.token({ ...otp, audience: "https://api.example/", scope: "openid" });
    equal([status, member(body, "id_token")], [200, undefined], "status and id_token");
  }),
  undocumented("by a switch, confirming an enrollment brings a new recovery_code", ["codes"], async (t) => {
    await t.change({ rotateRecoveryCodeOnConfirm: true });
    const { passed } = await enrollPhone(t, await t.person());
    equal(textOf(passed.body, "recovery_code"), RECOVERY_CODE, "recovery_code");
  }),
] as const;

/** Push notifications, which are polled for. */
export const PUSH = [
  recorded(
    "mfa-oob without binding_code polls a push: 400 authorization_pending 'Authorization pending: please repeat the request in a few seconds.'",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ pushDevice: "Handset" }));
      const { body } = await challenge(t, token, { challenge_type: "oob" });
      const words = "Authorization pending: please repeat the request in a few seconds.";
      refused(await confirm(t, token, textOf(body, "oob_code")), 400, "authorization_pending", words);
    },
  ),
  recorded(
    "a push that was denied is 400 access_denied 'MFA Authorization rejected.'",
    ["newPerson", "push"],
    async (t) => {
      const login = await t.person({ pushDevice: "Handset" });
      const token = await mfaToken(t, login);
      const { body } = await challenge(t, token, { challenge_type: "oob" });
      await t.answerPush(login, false);
      refused(await confirm(t, token, textOf(body, "oob_code")), 400, "access_denied", "MFA Authorization rejected.");
    },
  ),
  documented(
    "by the documents' word, a push that was denied is 403 invalid_grant 'MFA Authorization rejected.'",
    ["newPerson", "push", "switches"],
    async (t) => {
      await t.change({ pushRejected: "documented" });
      const login = await t.person({ pushDevice: "Handset" });
      const token = await mfaToken(t, login);
      const { body } = await challenge(t, token, { challenge_type: "oob" });
      await t.answerPush(login, false);
      refused(await confirm(t, token, textOf(body, "oob_code")), 403, "invalid_grant", "MFA Authorization rejected.");
    },
  ),
  documented(
    "a push that was approved answers 200 with tokens, no binding_code sent",
    ["newPerson", "push"],
    async (t) => {
      const login = await t.person({ pushDevice: "Handset" });
      const token = await mfaToken(t, login);
      const { body } = await challenge(t, token, { challenge_type: "oob" });
      await t.answerPush(login, true);
      equal((await confirm(t, token, textOf(body, "oob_code"))).status, 200, "the status");
    },
  ),
  recorded(
    "a push picture not scanned yet is 400 authorization_pending, and scanning it confirms the enrollment",
    ["newPerson", "push"],
    async (t) => {
      const login = await t.person();
      const token = await mfaToken(t, login);
      const oobCode = textOf((await associate(t, token, ASSOCIATE.push)).body, "oob_code");
      refused(await confirm(t, token, oobCode), 400, "authorization_pending");
      await t.answerPush(login, true);
      equal((await confirm(t, token, oobCode)).status, 200, "the status");
      const active = (await rows(t, token)).map((row) => row["active"]);
      hold(active.length >= 2 && active.every((one) => one === true), "push and its codes must be active");
    },
  ),
  undocumented("polling a push too fast is slow_down, by a switch that names the seconds", [], async (t) => {
    await t.change({ pollSeconds: 60 });
    const token = await mfaToken(t, await t.person({ pushDevice: "Handset" }));
    const { body } = await challenge(t, token, { challenge_type: "oob" });
    refused(await confirm(t, token, textOf(body, "oob_code")), 400, "authorization_pending");
    refused(await confirm(t, token, textOf(body, "oob_code")), [400, 429], "slow_down");
  }),
] as const;
