import { describe, expect, it } from "vitest";
import { scanForSecrets, type Secret, type Sighting, SINKS, type Sink } from "./scan-for-secrets.ts";

const token: Secret = { kind: "mfa_token", value: "Fe26.2*9Qz_-x/1a=" };
const code: Secret = { kind: "code", value: "482913" };
const number: Secret = { kind: "contact", value: "+12025550142" };

const seen = (text: string, sink: Sink = "storage"): Sighting => ({ sink, where: "somewhere", text });
const scan = (secret: Secret, ...sightings: Sighting[]) =>
  scanForSecrets({ secrets: [secret], sightings, belongs: () => false });

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a secret", () => {
  it.each(SINKS)("is found in the sink: %s", (sink) => {
    const leaks = scan(token, seen(`before ${token.value} after`, sink));
    expect(leaks).toEqual([{ kind: "mfa_token", form: "plain", sink, where: "somewhere" }]);
  });

  it.each([
    ["reversed", [...token.value].toReversed().join("")],
    ["hexadecimal", Buffer.from(token.value).toString("hex").toUpperCase()],
    ["percent-encoded", encodeURIComponent(token.value)],
    ["percent-encoded, every letter", token.value.replaceAll(/./g, (letter) => `%${base16(letter)}`)],
    ["base64", base64(token.value)],
    ["base64, one byte in", base64(`{${token.value}}`)],
    ["base64, two bytes in", base64(`{"${token.value}"}`)],
    ["base64url", Buffer.from(token.value).toString("base64url")],
    ["with its first letters alone percent-encoded", `%46%65%32${token.value.slice(3)}`],
    ["escaped as JSON may escape it", token.value.replaceAll(/\W/g, (letter) => `\\u00${base16(letter)}`)],
    ["split in two", `${token.value.slice(0, 9)}","and later":"${token.value.slice(9)}`],
  ])("is found %s", (_form, text) => {
    expect(scan(token, seen(`x${text}y`))).toHaveLength(1);
  });

  it("with quotes and backslashes is found as JSON writes them", () => {
    const quoted: Secret = { kind: "password", value: 'a"b\\c long secret' };
    expect(scan(quoted, seen(JSON.stringify({ is: quoted.value })))).toMatchObject([{ form: "escaped" }]);
  });

  it("is not found in what is like it", () => {
    expect(scan(token, seen("Fe26.2*9Qz_-x/1b="), seen(""), seen(base64("Fe26.2*something else")))).toEqual([]);
  });

  it("is not repeated by the leak that tells of it", () => {
    expect(JSON.stringify(scan(token, seen(token.value)))).not.toContain(token.value);
  });
});

/** One of each kind that the tenant mints or a person types, of its own length and letters. */
const ONE_OF_EACH: Readonly<Record<string, string>> = {
  mfa_token: `Fe26.2*SERVER_1767225600*${"0a1b".repeat(16)}*CANARYAB_${"x-Y9".repeat(400)}`,
  oob_code: `Fe26.2*SERVER_1767225600*${"ff01".repeat(16)}*CANARYAB_${"Zq_7".repeat(80)}`,
  access_token: `eyJhbGciOiJSUzI1NiJ9.${base64('{"jti":"CANARYAB"}')}.${"s1G-".repeat(40)}`,
  id_token: `eyJhbGciOiJSUzI1NiJ9.${base64('{"sub":"auth0|CANARYAB"}')}.${"t_2H".repeat(40)}`,
  refresh_token: `v1.CANARYAB${"rT5y".repeat(16)}`,
  client_secret: "CANARYAB-client-secret",
  secret_key: "q0Zf3l9mXw+8b/TnY2c4Vd6e5K1hJgRsUoPiA7uE0sM=",
  code: "482913",
  recovery_code: "CANARYAB7M2P9Q4R8S3T6V5W",
  authorization_code: "CANARYABk3J9xQ2mV7bN5cL1zD8f",
  our_session: "mZ4c0p7Hq1TtW9vB3yXkN6sDfGjLrEaU2iOo5PbVnMw",
  totp_secret: "CANARYAB7M2PQ4RS3T6V5WXYZABCD23E",
  phone: "+12025550142",
  email: "canaryab.second@example.net",
  password: "Canary-AB-1",
};

describe.each(Object.entries(ONE_OF_EACH))("a planted secret of the kind %s", (kind, value) => {
  const middle = Math.ceil(value.length / 2);
  const dressed: readonly (readonly [form: string, text: string])[] = [
    ["plain", value],
    ["reversed", [...value].toReversed().join("")],
    ["hexadecimal", Buffer.from(value).toString("hex")],
    ["percent-encoded", [...value].map((letter) => `%${base16(letter)}`).join("")],
    ["JSON-escaped", [...value].map((letter) => `\\u00${base16(letter)}`).join("")],
    ["base64", base64(`"${value}"`)],
    ["base64url", Buffer.from(`:"${value}"`).toString("base64url")],
    ...(kind === "code" ? [] : [["in two", `${value.slice(0, middle)}#${value.slice(middle)}`] as const]),
  ];

  it("is found in every place and every form", () => {
    for (const sink of SINKS) {
      for (const [form, text] of dressed) {
        expect(scan({ kind, value }, seen(`"${text}" and more`, sink)), `${form} in ${sink}`).toMatchObject([
          { kind, sink },
        ]);
      }
    }
  });
});

describe("a code", () => {
  it.each(["482913", "482 913", "482-913", "4, 8, 2, 9, 1, 3", "Your code is 482913.\n", '{"code":"482913"}'])(
    "is found in %j",
    (text) => {
      expect(scan(code, seen(text))).toHaveLength(1);
    },
  );

  it.each(["1482913", "4829131", "1763482913000", "0.482913", "482914"])("is not seen in the number %s", (text) => {
    expect(scan(code, seen(text))).toEqual([]);
  });
});

it.each(["+12025550142", "+1 202-555-0142", "+1 (202) 555-0142", "%2B12025550142"])(
  "a number is found as people write it: %s",
  (text) => {
    expect(scan(number, seen(text))).toHaveLength(1);
  },
);

it("a secret that is at home is no leak, and the same one next door is", () => {
  const home = { ...seen('{"code":"482913"}', "request body"), where: "POST /enrollment/confirm" };
  const leaks = scanForSecrets({
    secrets: [code],
    sightings: [home, { ...home, where: "POST /enrollment" }],
    belongs: (_secret, { where }) => where === "POST /enrollment/confirm",
  });
  expect(leaks.map(({ where }) => where)).toEqual(["POST /enrollment"]);
});

function base16(letter: string): string {
  return letter.charCodeAt(0).toString(16).padStart(2, "0");
}
