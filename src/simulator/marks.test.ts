import { expect, test } from "vitest";

import { createBench, ENROLL } from "./bench.ts";

const MARK = "CANARY23";
const SUBJECT = `auth0|${MARK}`;
const EMAIL = "marked@example.com";

/** The word as the payload of a JWT may hold it, by how many bytes stand before it. */
const inBase64 = [0, 1, 2].map((before) =>
  Buffer.concat([Buffer.alloc(before), Buffer.from(MARK)])
    .toString("base64url")
    .slice(before === 0 ? 0 : before + 1, -1),
);

function createMarkedBench() {
  return createBench({ people: [{ subject: SUBJECT, name: "Marked", email: EMAIL, mark: MARK }] });
}

test("everything that is minted for somebody with a mark holds it, but the six digits", async () => {
  const bench = createMarkedBench();
  const mfaToken = await bench.mfaToken(EMAIL);
  await bench.associate(mfaToken, ENROLL.otp);
  await bench.associate(mfaToken, ENROLL.push);
  const { body } = await bench.associate(mfaToken, ENROLL.sms);
  await bench.confirm(mfaToken, body["oob_code"]);
  await bench.mfaJwt(EMAIL);
  const minted = bench.tenant.minted();
  expect(new Set(minted.map(({ kind }) => kind))).toEqual(
    new Set([
      "mfa_token",
      "oob_code",
      "access_token",
      "id_token",
      "code",
      "recovery_code",
      "totp_secret",
      "enrollment_tx_id",
    ]),
  );
  for (const { kind, value } of minted.filter((secret) => secret.kind !== "code")) {
    expect(
      [MARK, ...inBase64].some((form) => value.includes(form)),
      kind,
    ).toBe(true);
  }
});

test("a mark changes neither the length nor the alphabet of a recovery code", async () => {
  const bench = createMarkedBench();
  const { body } = await bench.associate(await bench.mfaToken(EMAIL), ENROLL.sms);
  expect(String(body["recovery_codes"])).toMatch(/^CANARY23[A-HJ-NP-Z1-9]{16}$/);
});

test("the codes of marked people are few, so that each can be looked for everywhere", async () => {
  const codes = new Set<string>();
  for (let round = 0; round < 40; round += 1) {
    const bench = createMarkedBench();
    await bench.associate(await bench.mfaToken(EMAIL), ENROLL.sms);
    codes.add(bench.lastCode());
  }
  expect(codes.size).toBeLessThanOrEqual(16);
  expect([...codes].every((code) => /^\d{6}$/.test(code))).toBe(true);
});

test.each(["SHORT", "LOWERcase", "HAS0ZERO", "HASOLETTER", "ITHASANI", "MUCHTOOLONGAWWRDX"])(
  "a mark that a secret could not hold is refused: %s",
  (mark) => {
    expect(() => createBench({ people: [{ subject: SUBJECT, name: "Marked", email: EMAIL, mark }] })).toThrow(
      RangeError,
    );
  },
);
