import { describe, expect, test } from "vitest";

import { createBench, ENROLL } from "./bench.ts";
import { maskEmail, maskPhone } from "./masks.ts";

/** Stands for any text of that form. */
const like = (form: RegExp): unknown => expect.stringMatching(form);

describe("GET /mfa/authenticators", () => {
  test("lists a verified address by itself, active, with the recorded mask", async () => {
    const bench = createBench();
    expect(await bench.list(await bench.mfaJwt("sasha@example.com"))).toEqual([
      {
        id: like(/^email\|dev_[A-Za-z0-9]{16}$/),
        authenticator_type: "oob",
        active: true,
        oob_channel: "email",
        name: "sash****@exam*******",
      },
    ]);
  });

  test("gives an empty array for somebody new", async () => {
    const bench = createBench();
    expect(await bench.list(await bench.mfaJwt("robin@example.com"))).toEqual([]);
  });

  test("names the type of each only under the customizable MFA", async () => {
    const bench = createBench();
    const token = await bench.mfaJwt("kim@example.com");
    expect((await bench.list(token)).some((row) => "type" in row)).toBe(false);
    bench.tenant.settings.customizableMfa = true;
    expect((await bench.list(token)).map((row) => row["type"])).toEqual(["phone", "phone", "recovery-code"]);
  });

  test("masks as recorded", () => {
    expect(maskPhone("+155512349167")).toBe("XXXXXXXXX9167");
    expect(maskEmail("anna@example.org")).toBe("****@exam*******");
  });
});

describe("DELETE /mfa/authenticators/{id}", () => {
  async function withKim() {
    const bench = createBench();
    const bearer = await bench.mfaJwt("kim@example.com");
    const ids = (await bench.list(bearer)).map((row) => String(row["id"]));
    const remove = (id = "", token = bearer) => {
      return bench.json("DELETE", `/mfa/authenticators/${encodeURIComponent(id)}`, { bearer: token });
    };
    return { bench, bearer, ids, remove };
  }

  test("takes text and call of one number together and answers 204 without a body", async () => {
    const { bench, bearer, ids, remove } = await withKim();
    const { status, body, headers } = await remove(ids[1]);
    expect(status).toBe(204);
    expect(body).toEqual({});
    expect(headers.has("content-type")).toBe(false);
    expect(await bench.list(bearer)).toMatchObject([{ authenticator_type: "recovery-code", active: false }]);
    expect(bench.tenant.ledger.list("delete")).toMatchObject([{ authenticatorId: ids[1], also: [ids[0]] }]);
    expect((await remove(ids[0])).status).toBe(404);
  });

  test("gives a fresh recovery code with the next enrollment after the last one went", async () => {
    const { bench, bearer, ids, remove } = await withKim();
    const before = bench.tenant.people.get("auth0|kim")?.recoveryCode?.code;
    await remove(ids[0]);
    const { body } = await bench.associate(bearer, ENROLL.sms);
    expect(body["recovery_codes"]).toEqual([expect.not.stringMatching(before ?? "")]);
  });

  test("changes nothing about the recovery code when an unconfirmed entry goes", async () => {
    const bench = createBench();
    const bearer = await bench.mfaJwt("robin@example.com");
    await bench.associate(bearer, ENROLL.sms);
    const [orphan] = await bench.list(bearer);
    await bench.json("DELETE", `/mfa/authenticators/${encodeURIComponent(String(orphan?.["id"]))}`, { bearer });
    expect((await bench.associate(bearer, ENROLL.sms)).body).not.toHaveProperty("recovery_codes");
  });

  test("refuses an mfa_token", async () => {
    const { bench, ids, remove } = await withKim();
    const { status, body } = await remove(ids[0], await bench.mfaToken("kim@example.com"));
    expect(status).toBe(401);
    expect(body["error"]).toBe("invalid_grant");
  });

  test("refuses the verified address", async () => {
    const bench = createBench();
    const bearer = await bench.mfaJwt("sasha@example.com");
    const [row] = await bench.list(bearer);
    const path = `/mfa/authenticators/${encodeURIComponent(String(row?.["id"]))}`;
    const { status, body } = await bench.json("DELETE", path, { bearer });
    expect(status).toBe(403);
    expect(body["error"]).toBe("access_denied");
  });

  test("does not know what belongs to somebody else", async () => {
    const { bench, ids } = await withKim();
    const bearer = await bench.mfaJwt("robin@example.com");
    const { status, body } = await bench.json("DELETE", `/mfa/authenticators/${encodeURIComponent(ids[0] ?? "")}`, {
      bearer,
    });
    expect(status).toBe(404);
    expect(body).toEqual({ error: "not_found", error_description: "Authenticator not found" });
  });
});
