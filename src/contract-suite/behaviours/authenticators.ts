import { documented, recorded, sdk, undocumented } from "../behaviour.ts";
import { equal, hold, refused, RECOVERY_CODE, text, textOf } from "../expectation.ts";
import { associate, ASSOCIATE, GRANT, idOf, mfaJwt, mfaToken, PHONE, rows } from "../rehearsal.ts";
import type { Answer, Stage } from "../stage.ts";
import { totpCode } from "../totp.ts";

const RECOVERY = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const INVALID = "The mfa_token provided is invalid. Try getting a new token.";

function remove(t: Stage, bearer: string, id: string): Promise<Answer> {
  return t.send(`DELETE /mfa/authenticators/${encodeURIComponent(id)}`, { bearer });
}

const phoneRow = (kind: string, active: boolean) => ({
  id: text(new RegExp(`^${kind}\\|dev_[A-Za-z0-9]{16}$`)),
  authenticator_type: "oob",
  active,
  oob_channel: kind,
  name: "XXXXXXXX0143",
});

/** What `GET /mfa/authenticators` lists. */
export const LIST = [
  documented("GET /mfa/authenticators is 200 with an empty array where there is nothing", ["newPerson"], async (t) => {
    const answer = await t.send("GET /mfa/authenticators", { bearer: await mfaToken(t, await t.person()) });
    equal([answer.status, answer.body], [200, []], "status and body");
  }),
  recorded(
    "each row has id, authenticator_type and active; a phone has oob_channel in the singular and a masked name",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      await associate(t, token, ASSOCIATE.sms);
      const recovery = {
        id: text(/^recovery-code\|dev_[A-Za-z0-9]{16}$/),
        authenticator_type: "recovery-code",
        active: false,
      };
      equal(await rows(t, token), [phoneRow("sms", false), phoneRow("voice", false), recovery], "the rows");
    },
  ),
  recorded(
    "an authenticator app's id starts with totp while its type is otp, and it has neither channel nor name",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ totpSecret: SECRET }));
      equal(
        await rows(t, token),
        [{ id: text(/^totp\|dev_[A-Za-z0-9]{16}$/), authenticator_type: "otp", active: true }],
        "the rows",
      );
    },
  ),
  recorded("a push row has oob_channel auth0 and, unconfirmed, no name", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await associate(t, token, ASSOCIATE.push);
    const push = (await rows(t, token)).find(({ id }) => String(id).startsWith("push|"));
    equal(push, { id: text(/^push\|dev_/), authenticator_type: "oob", active: false, oob_channel: "auth0" }, "the row");
  }),
  documented("a confirmed push row is named like the device", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ pushDevice: "Handset" }));
    equal((await rows(t, token)).find(({ oob_channel }) => oob_channel === "auth0")?.["name"], "Handset", "name");
  }),
  recorded(
    "a phone's name is its last four digits behind an X for every other character, the plus sign too",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person({ phone: "+442079460143" }));
      equal(
        (await rows(t, token)).map(({ name }) => name),
        ["XXXXXXXXX0143", "XXXXXXXXX0143"],
        "name",
      );
    },
  ),
  recorded("a mail's name is four characters of each side of the @ between stars", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await associate(t, token, { ...ASSOCIATE.email, email: "margaret@example.org" });
    equal((await rows(t, token))[0]?.["name"], "marg****@exam*******", "name");
  }),
  recorded("a local part of four characters or fewer is hidden whole", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await associate(t, token, { ...ASSOCIATE.email, email: "anna@example.org" });
    equal((await rows(t, token))[0]?.["name"], "****@exam*******", "name");
  }),
  recorded("a verified address is listed by itself, active, though nobody enrolled it", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ email: "casey@example.com", emailVerified: true }));
    const row = { authenticator_type: "oob", active: true, oob_channel: "email", name: "case****@exam*******" };
    equal(await rows(t, token), [{ id: text(/^email\|dev_[A-Za-z0-9]{16}$/), ...row }], "the rows");
  }),
  documented("with the email factor off a verified address is not listed", ["newPerson", "switches"], async (t) => {
    await t.change({ factors: { email: false } });
    equal(await rows(t, await mfaToken(t, await t.person({ emailVerified: true }))), [], "the rows");
  }),
  documented(
    "customizable MFA adds type: phone, otp, email, push-notification, recovery-code",
    ["newPerson", "switches"],
    async (t) => {
      const login = await t.person({ phone: PHONE, totpSecret: SECRET, emailVerified: true, recoveryCode: RECOVERY });
      const token = await mfaToken(t, login);
      equal(
        (await rows(t, token)).some((row) => Object.hasOwn(row, "type")),
        false,
        "a type while it is off",
      );
      await t.change({ customizableMfa: true });
      const types = (await rows(t, token)).map(({ type }) => String(type));
      equal([...new Set(types)].toSorted(), ["email", "otp", "phone", "recovery-code"], "the types");
    },
  ),
  documented("an MFA JWT with read:authenticators lists as well", ["newPerson"], async (t) => {
    const jwt = await mfaJwt(t, await t.person(), { scope: "read:authenticators" });
    equal((await t.send("GET /mfa/authenticators", { bearer: jwt })).status, 200, "the status");
  }),
  sdk(
    "listing with an old mfa_token is 401 or 403 expired_token 'mfa_token is expired'",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ seconds: { mfaToken: 0 } });
      const answer = await t.send("GET /mfa/authenticators", { bearer: await mfaToken(t, await t.person()) });
      refused(answer, [401, 403], "expired_token", "mfa_token is expired");
    },
  ),
  sdk("listing with an oob_code in place of the mfa_token is 401 invalid_grant", ["newPerson"], async (t) => {
    const { body } = await associate(t, await mfaToken(t, await t.person()), ASSOCIATE.sms);
    const answer = await t.send("GET /mfa/authenticators", { bearer: textOf(body, "oob_code") });
    refused(answer, 401, "invalid_grant", INVALID);
  }),
  undocumented("listing with an MFA JWT that lacks read:authenticators is 403 insufficient_scope", [], async (t) => {
    const jwt = await mfaJwt(t, await t.person(), { scope: "enroll" });
    refused(await t.send("GET /mfa/authenticators", { bearer: jwt }), 403, "insufficient_scope");
  }),
] as const;

/** What `DELETE /mfa/authenticators/{id}` does. */
export const DELETE = [
  recorded(
    "DELETE /mfa/authenticators/{id}, its | written %7C, is 204 with an empty body",
    ["newPerson", "codes"],
    async (t) => {
      const jwt = await mfaJwt(t, await t.person({ phone: PHONE }));
      const answer = await remove(t, jwt, await idOf(t, jwt, "sms"));
      equal([answer.status, answer.text], [204, ""], "status and body");
    },
  ),
  documented(
    "deleting a text takes the call of the same number along, and the other way round",
    ["newPerson", "codes"],
    async (t) => {
      for (const first of ["sms", "voice"]) {
        const jwt = await mfaJwt(t, await t.person({ phone: PHONE }));
        await remove(t, jwt, await idOf(t, jwt, first));
        equal(await rows(t, jwt), [], "the rows");
      }
    },
  ),
  documented("deleting push takes its codes along, and the other way round", ["newPerson"], async (t) => {
    for (const first of ["push", "totp"]) {
      const jwt = await mfaJwt(t, await t.person());
      await associate(t, jwt, ASSOCIATE.push);
      await remove(t, jwt, await idOf(t, jwt, first));
      const left = (await rows(t, jwt)).map(({ authenticator_type }) => authenticator_type);
      equal(left, ["recovery-code"], "what is left");
    }
  }),
  documented("an mfa_token does not delete: 401 invalid_grant", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ phone: PHONE }));
    refused(await remove(t, token, await idOf(t, token, "sms")), 401, "invalid_grant", INVALID);
    equal((await rows(t, token)).length, 2, "the rows");
  }),
  documented("an unknown id is 404, also one that went a moment ago", ["newPerson"], async (t) => {
    const jwt = await mfaJwt(t, await t.person());
    await associate(t, jwt, ASSOCIATE.otp);
    const id = await idOf(t, jwt, "totp");
    equal((await remove(t, jwt, id)).status, 204, "the status at first");
    equal((await remove(t, jwt, id)).status, 404, "the status again");
    equal((await remove(t, jwt, "sms|dev_nobodyknowsthis1")).status, 404, "the status of a made-up id");
  }),
  undocumented("the entry of somebody else is 404 and stays", [], async (t) => {
    const owner = await mfaToken(t, await t.person({ totpSecret: SECRET }));
    const id = await idOf(t, owner, "totp");
    equal((await remove(t, await mfaJwt(t, await t.person()), id)).status, 404, "the status");
    equal((await rows(t, owner)).length, 1, "the rows of the owner");
  }),
  documented("a verified address cannot be deleted", ["newPerson"], async (t) => {
    const jwt = await mfaJwt(t, await t.person({ emailVerified: true }));
    const { status } = await remove(t, jwt, await idOf(t, jwt, "email"));
    hold(status >= 400 && status < 500, `the status must be a refusal, got ${status}`);
    equal((await rows(t, jwt)).length, 1, "the rows");
  }),
  undocumented("the refusal to delete a verified address is 403 access_denied", [], async (t) => {
    const jwt = await mfaJwt(t, await t.person({ emailVerified: true }));
    refused(await remove(t, jwt, await idOf(t, jwt, "email")), 403, "access_denied");
  }),
  undocumented("the 404 of an unknown id says not_found 'Authenticator not found'", [], async (t) => {
    const jwt = await mfaJwt(t, await t.person());
    refused(await remove(t, jwt, "sms|dev_nobodyknowsthis1"), 404, "not_found", "Authenticator not found");
  }),
  undocumented("deleting with an MFA JWT that lacks remove:authenticators is 403 insufficient_scope", [], async (t) => {
    const jwt = await mfaJwt(t, await t.person(), { scope: "enroll read:authenticators" });
    await associate(t, jwt, ASSOCIATE.otp);
    refused(await remove(t, jwt, await idOf(t, jwt, "totp")), 403, "insufficient_scope");
  }),
  undocumented("the entry of a recovery code can be deleted: 204", [], async (t) => {
    const jwt = await mfaJwt(t, await t.person());
    await associate(t, jwt, ASSOCIATE.otp);
    equal((await remove(t, jwt, await idOf(t, jwt, "recovery-code"))).status, 204, "the status");
  }),
  undocumented(
    "when the last authenticator goes, the recovery code stays listed as inactive, and the next enrollment brings a new one",
    ["codes"],
    async (t) => {
      const jwt = await mfaJwt(t, await t.person({ phone: PHONE, recoveryCode: RECOVERY }));
      await remove(t, jwt, await idOf(t, jwt, "sms"));
      equal(
        (await rows(t, jwt)).map(({ active }) => active),
        [false],
        "active",
      );
      const { body } = await associate(t, jwt, ASSOCIATE.otp);
      equal(Object.assign({ recovery_codes: [] }, body).recovery_codes, [RECOVERY_CODE], "recovery_codes");
    },
  ),
  documented(
    "a second authenticator, enrolled and confirmed by MFA JWT, is listed active beside the first",
    ["newPerson", "codes"],
    async (t) => {
      const jwt = await mfaJwt(t, await t.person({ phone: PHONE }));
      const { body } = await associate(t, jwt, ASSOCIATE.otp);
      await t.token({ grant_type: GRANT.otp, mfa_token: jwt, otp: totpCode(textOf(body, "secret")) });
      const kinds = (await rows(t, jwt))
        .filter(({ active }) => active === true)
        .map(({ id }) => String(id).split("|", 1).join());
      equal(kinds.toSorted(), ["sms", "totp", "voice"], "who is active");
    },
  ),
] as const;
