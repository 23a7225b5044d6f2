import { describe, expect, it } from "vitest";
import { scanForSecrets, type Secret, type Sighting, type Sink } from "./scan-for-secrets.ts";

const token: Secret = { kind: "mfa_token", value: "Fe26.2*9Qz_-x/1a=" };
const code: Secret = { kind: "code", value: "482913" };
const number: Secret = { kind: "contact", value: "+12025550142" };

const seen = (text: string, sink: Sink = "storage"): Sighting => ({ sink, where: "somewhere", text });
const scan = (secret: Secret, ...sightings: Sighting[]) =>
  scanForSecrets({ secrets: [secret], sightings, belongs: () => false });

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a secret", () => {
  it.each<Sink>([
    "request address",
    "request header",
    "request body",
    "answer header",
    "answer body",
    "storage",
    "history",
    "screen",
    "console",
    "log",
  ])("is found in the sink: %s", (sink) => {
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
    ["escaped as JSON escapes it", JSON.stringify({ is: 'a"b\\c long secret' }).slice(7, -2)],
  ])("is found %s", (form, text) => {
    const secret = form.startsWith("escaped") ? { kind: "secret", value: 'a"b\\c long secret' } : token;
    expect(scan(secret, seen(`x${text}y`))).toHaveLength(1);
  });

  it("is not found in what is like it", () => {
    expect(scan(token, seen("Fe26.2*9Qz_-x/1b="), seen(""), seen(base64("Fe26.2*something else")))).toEqual([]);
  });

  it("is not repeated by the leak that tells of it", () => {
    expect(JSON.stringify(scan(token, seen(token.value)))).not.toContain(token.value);
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
