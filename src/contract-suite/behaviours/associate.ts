import { documented, recorded, reported, sdk } from "../behaviour.ts";
import { answered, equal, hold, member, RECOVERY_CODE, SEALED, text, textOf } from "../expectation.ts";
import { associate, ASSOCIATE, MAIL, mfaJwt, mfaToken, PHONE, rows } from "../rehearsal.ts";

const CODES = { recovery_codes: [RECOVERY_CODE] };

/** What `POST /mfa/associate` answers for each kind of authenticator. */
export const ASSOCIATE_ANSWERS = [
  recorded(
    "POST /mfa/associate otp: 200 with secret (32 of base32), barcode_uri and recovery_codes, no id",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const answer = await t.send("POST /mfa/associate", { bearer: token, json: { authenticator_types: ["otp"] } });
      answered(answer, {
        authenticator_type: "otp",
        secret: text(/^[A-Z2-7]{32}$/),
        barcode_uri: text(/^otpauth:\/\/totp\//),
        ...CODES,
      });
    },
  ),
  recorded(
    "the barcode_uri of otp is otpauth://totp/<tenant>:<user, %40>?secret&issuer&algorithm=SHA1&digits=6&period=30",
    ["mfaToken", "unenrolled", "traces"],
    async (t) => {
      const login = await t.person();
      const { body } = await associate(t, await mfaToken(t, login), ASSOCIATE.otp);
      const [label = "", query = ""] = textOf(body, "barcode_uri").split("?");
      const name = label.slice("otpauth://totp/".length).split(":")[0] ?? "";
      equal(label, `otpauth://totp/${name}:${encodeURIComponent(login.username)}`, "the label");
      equal(query, `secret=${textOf(body, "secret")}&issuer=${name}&algorithm=SHA1&digits=6&period=30`, "the query");
    },
  ),
  recorded(
    "POST /mfa/associate sms: 200 with oob_channel sms in the singular, binding_method prompt, a sealed oob_code and recovery_codes",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const json = { authenticator_types: ["oob"], oob_channels: ["sms"], phone_number: PHONE };
      answered(await t.send("POST /mfa/associate", { bearer: token, json }), {
        authenticator_type: "oob",
        oob_channel: "sms",
        binding_method: "prompt",
        oob_code: SEALED,
        ...CODES,
      });
    },
  ),
  documented("POST /mfa/associate voice: 200 like sms, oob_channel voice", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    const json = { authenticator_types: ["oob"], oob_channels: ["voice"], phone_number: PHONE };
    answered(await t.send("POST /mfa/associate", { bearer: token, json }), {
      authenticator_type: "oob",
      oob_channel: "voice",
      binding_method: "prompt",
      oob_code: SEALED,
      ...CODES,
    });
  }),
  documented(
    "POST /mfa/associate email: 200 like sms, oob_channel email, with an oob_code to confirm by",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const json = { authenticator_types: ["oob"], oob_channels: ["email"], email: MAIL };
      answered(await t.send("POST /mfa/associate", { bearer: token, json }), {
        authenticator_type: "oob",
        oob_channel: "email",
        binding_method: "prompt",
        oob_code: SEALED,
        ...CODES,
      });
    },
  ),
  documented("email left out means the address of the person's profile", ["newPerson", "codes"], async (t) => {
    const login = await t.person();
    const json = { authenticator_types: ["oob"], oob_channels: ["email"] };
    const answer = await t.send("POST /mfa/associate", { bearer: await mfaToken(t, login), json });
    equal(answer.status, 200, "the status");
    equal(await t.readCode(login.username), text(/^\d{6}$/), "the code that was sent there");
  }),
  recorded(
    "POST /mfa/associate auth0 (push): 200 with a barcode_uri and no binding_method",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const json = { authenticator_types: ["oob"], oob_channels: ["auth0"] };
      answered(await t.send("POST /mfa/associate", { bearer: token, json }), {
        authenticator_type: "oob",
        oob_channel: "auth0",
        oob_code: SEALED,
        barcode_uri: text(/\?enrollment_tx_id=\w{32}&base_url=https%3A%2F%2F/),
        ...CODES,
      });
    },
  ),
  recorded(
    "an oob_code is an iron seal of a bit more than half a kilobyte",
    ["mfaToken", "unenrolled", "traces", "texts"],
    async (t) => {
      const { body } = await associate(t, await mfaToken(t, await t.person()), {
        ...ASSOCIATE.sms,
        phone_number: t.phone,
      });
      const { length } = textOf(body, "oob_code");
      hold(length > 500 && length < 650, `an oob_code of ${length} characters`);
    },
  ),
  recorded("/mfa/* answers with content-type application/json; charset=utf-8", ["mfaToken"], async (t) => {
    const bearer = await mfaToken(t, await t.person());
    const { headers } = await t.send("GET /mfa/authenticators", { bearer });
    equal(headers.get("content-type"), "application/json; charset=utf-8", "content-type");
  }),
  documented("a text, a call and a mail carry six digits", ["newPerson", "codes"], async (t) => {
    const token = await mfaToken(t, await t.person());
    for (const [channel, contact] of [
      ["sms", PHONE],
      ["voice", PHONE],
      ["email", MAIL],
    ] as const) {
      await associate(t, token, ASSOCIATE[channel]);
      equal(await t.readCode(contact), text(/^\d{6}$/), `the code of ${channel}`);
    }
  }),
  recorded(
    "client_id and client_secret in the body are not needed and do no harm",
    ["mfaToken", "unenrolled", "traces"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      equal((await associate(t, token, { ...t.client, ...ASSOCIATE.otp })).status, 200, "the status");
    },
  ),
  documented("an MFA JWT with the scope enroll adds a second authenticator", ["newPerson", "codes"], async (t) => {
    const jwt = await mfaJwt(t, await t.person({ phone: PHONE }));
    equal((await associate(t, jwt, ASSOCIATE.email)).status, 200, "the status");
  }),
] as const;

/** What an associate request leaves behind. */
export const ASSOCIATE_EFFECTS = [
  recorded(
    "recovery_codes come with the first associate request ever and with none after it, though nothing is confirmed",
    ["newPerson"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      equal(member((await associate(t, token, ASSOCIATE.sms)).body, "recovery_codes"), [RECOVERY_CODE], "at first");
      for (const kind of ["otp", "push", "sms"] as const) {
        equal(member((await associate(t, token, ASSOCIATE[kind])).body, "recovery_codes"), undefined, "later");
      }
    },
  ),
  documented(
    "where the recovery-code factor is off there are no recovery_codes",
    ["newPerson", "switches"],
    async (t) => {
      await t.change({ factors: { recoveryCode: false } });
      const { body } = await associate(t, await mfaToken(t, await t.person()), ASSOCIATE.otp);
      equal(member(body, "recovery_codes"), undefined, "recovery_codes");
    },
  ),
  recorded("the recovery code is listed as inactive until the first confirmation", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await associate(t, token, ASSOCIATE.otp);
    const row = (await rows(t, token)).find(({ authenticator_type }) => authenticator_type === "recovery-code");
    equal(
      row,
      { id: text(/^recovery-code\|dev_\w{16}$/), authenticator_type: "recovery-code", active: false },
      "the row",
    );
  }),
  reported("each associate request leaves another inactive entry", ["mfaToken", "unenrolled", "traces"], async (t) => {
    const token = await mfaToken(t, await t.person());
    const before = (await rows(t, token)).length;
    for (let count = 0; count < 3; count += 1) await associate(t, token, ASSOCIATE.otp);
    const after = (await rows(t, token)).filter(({ authenticator_type }) => authenticator_type === "otp");
    hold(after.length >= 3 && after.every(({ active }) => active === false), "three inactive apps must be listed");
    hold((await rows(t, token)).length >= before + 3, "three rows must have been added");
  }),
  documented("with texts and calls on, one number makes two entries whose ids end alike", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await associate(t, token, ASSOCIATE.sms);
    const ids = (await rows(t, token)).map(({ id }) => String(id)).filter((id) => !id.startsWith("recovery"));
    const [, end = ""] = (ids[0] ?? "").split("|");
    equal(ids.toSorted(), [`sms|${end}`, `voice|${end}`], "the ids");
  }),
  recorded("a push enrollment brings an entry of an authenticator app with it", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await associate(t, token, ASSOCIATE.push);
    const kinds = (await rows(t, token)).map(({ id }) => String(id).split("|", 1).join());
    equal(kinds.toSorted(), ["push", "recovery-code", "totp"], "the kinds");
  }),
  reported("the same number may be enrolled by two people", ["newPerson"], async (t) => {
    await t.person({ phone: PHONE });
    equal((await associate(t, await mfaToken(t, await t.person()), ASSOCIATE.sms)).status, 200, "the status");
  }),
  documented(
    "resending during an enrollment is another associate request with another oob_code",
    ["mfaToken", "unenrolled", "traces", "texts"],
    async (t) => {
      const token = await mfaToken(t, await t.person());
      const first = textOf((await associate(t, token, { ...ASSOCIATE.sms, phone_number: t.phone })).body, "oob_code");
      hold(
        textOf((await associate(t, token, { ...ASSOCIATE.sms, phone_number: t.phone })).body, "oob_code") !== first,
        "the oob_code must differ",
      );
    },
  ),
  documented("a verified address does not count as enrolled: an mfa_token still enrolls", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person({ emailVerified: true }));
    equal((await associate(t, token, ASSOCIATE.sms)).status, 200, "the status");
  }),
  sdk("an enrollment that was never confirmed does not count as enrolled either", ["newPerson"], async (t) => {
    const token = await mfaToken(t, await t.person());
    await associate(t, token, ASSOCIATE.sms);
    equal((await associate(t, token, ASSOCIATE.otp)).status, 200, "the status");
  }),
] as const;
