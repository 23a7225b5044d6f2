import fc from "fast-check";
import { benign, type Category, hostile, once } from "./category.ts";
import { bodyLengths } from "./body-lengths.ts";
import { massAssignment } from "./mass-assignment.ts";
import { scenes, WRITES } from "./scenes.ts";
import { bodyOf, membersOf, withBody, withMember } from "./wire.ts";

/*
 * Bodies. There is one way to write what a route is sent; what another reader could take for something else is refused, also
 * where ours would have understood it.
 */

const writes = { scenes: WRITES };
const starting = { scenes: [scenes.start, scenes.startMail] };

const spelled = (
  name: string,
  values: fc.Arbitrary<(body: string) => string | Uint8Array>,
  options: Parameters<typeof hostile>[1] = writes,
): Category => hostile(name, options, values, (spell, wire) => withBody(wire, spell(bodyOf(wire))));
const always = (spell: (body: string) => string | Uint8Array) => fc.constant(spell);
const oneOf = (...spells: readonly ((body: string) => string | Uint8Array)[]) => fc.constantFrom(...spells);
const utf8 = new TextEncoder();
const bytes = (...parts: readonly (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? Array.from(utf8.encode(part)) : part)));
const rest = (body: string) => body.slice(1);

const SYNTAX = [
  spelled(
    "a body that breaks off",
    fc
      .double({ min: 0, max: 0.999, noNaN: true })
      .map((part) => (body: string) => body.slice(0, Math.floor(body.length * part))),
  ),
  spelled(
    "a comma too many",
    oneOf(
      (body) => body.replace("}", ",}"),
      (body) => `${body},`,
      (body) => `{,${rest(body)}`,
    ),
  ),
  spelled(
    "a comment",
    oneOf(
      (body) => `/* */${body}`,
      (body) => `${body}// x`,
      (body) => `{/**/${rest(body)}`,
    ),
  ),
  spelled(
    "a word of JavaScript",
    fc
      .constantFrom("NaN", "Infinity", "undefined", "-Infinity")
      .map((word) => (body: string) => `{"x":${word}${body === "{}" ? "" : ","}${rest(body)}`),
  ),
  spelled(
    "a byte order mark",
    always((body) => bytes([0xef, 0xbb, 0xbf], body)),
  ),
  spelled(
    "two documents",
    fc.constantFrom("", " ", "\n").map((gap) => (body: string) => body + gap + body),
  ),
  hostile("half of a character", starting, fc.constantFrom("\ud800", "\udfff", "\udc00\ud800"), (half, wire) =>
    withMember(wire, "contact", `+1202${half}5550147`),
  ),
  spelled(
    "bytes that are no UTF-8",
    fc
      .constantFrom<number[]>([0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80])
      .map((wrong) => (body: string) => bytes('{"x":"', wrong, `"${body === "{}" ? "" : ","}${rest(body)}`)),
  ),
  spelled(
    "single quotes",
    always((body) => (body === "{}" ? "{''}" : body.replaceAll('"', "'"))),
  ),
  spelled(
    "a bare value",
    fc.constantFrom('"sms"', "1", "true", "0", '""').map((value) => () => value),
  ),
];

const STRUCTURE = [
  spelled(
    "a list for an object",
    oneOf(
      (body) => `[${body}]`,
      () => "[]",
    ),
  ),
  hostile("a name twice", starting, fc.constantFrom("channel", "contact"), (name, wire) =>
    withBody(wire, `{"${name}":${JSON.stringify(membersOf(wire)[name])},${rest(bodyOf(wire))}`),
  ),
  spelled(
    "a depth of ten thousand",
    fc.constantFrom("[", '{"a":').map((open) => () => open.repeat(10_000)),
  ),
  spelled(
    "a hundred thousand names",
    once.map(() => () => `{${Array.from({ length: 100_000 }, (_, at) => `"k${at}":0`).join()}}`),
    { ...writes, rare: 20 },
  ),
  spelled(
    "a name of a megabyte",
    fc.constantFrom("a", "\u00e9").map((letter) => () => `{"${letter.repeat(1_000_000)}":1}`),
    { ...writes, rare: 20 },
  ),
  spelled(
    "null",
    always(() => "null"),
  ),
  spelled(
    "names that are numbers",
    fc.nat().map((name) => (body: string) => `{"${name}":1${body === "{}" ? "" : ","}${rest(body)}`),
  ),
  spelled(
    "no body",
    always(() => ""),
  ),
  hostile("a name that nobody knows", writes, fc.stringMatching(/^[a-z]{9,20}$/), (name, wire) =>
    withMember(wire, name, "1"),
  ),
  spelled(
    "one level too many",
    oneOf(
      (body) => `{"body":${body}}`,
      (body) => `{"data":[${body}]}`,
    ),
  ),
];

const wide = (body: string, width: 2 | 4, little: boolean) =>
  Uint8Array.from(
    Array.from(body).flatMap((sign) => {
      const units = Array.from({ length: width }, (_, at) => (at === 0 ? (sign.codePointAt(0) ?? 0) : 0));
      return little ? units : units.toReversed();
    }),
  );

const LONG = [
  spelled(
    "more than four KiB",
    fc.integer({ min: 4_097, max: 20_000 }).map((length) => (body: string) => `${body}${" ".repeat(length)}`),
  ),
];

const ENCODING = [
  spelled(
    "UTF-16",
    oneOf(
      (body) => wide(body, 2, true),
      (body) => wide(body, 2, false),
      (body) => bytes([0xff, 0xfe], [...wide(body, 2, true)]),
    ),
  ),
  spelled(
    "UTF-32",
    oneOf(
      (body) => wide(body, 4, true),
      (body) => wide(body, 4, false),
    ),
  ),
  spelled(
    "a brace in more bytes than it needs",
    oneOf(
      (body) => bytes([0xc1, 0xbb], rest(body)),
      (body) => bytes([0xe0, 0x81, 0xbb], rest(body)),
    ),
  ),
  benign(
    "escapes for letters",
    { scenes: [scenes.start], perWorld: 6 },
    fc.constantFrom("contact", "+12025550147", "sms"),
    (word, wire) =>
      wire.body === null
        ? wire
        : withBody(
            wire,
            bodyOf(wire).replace(
              word,
              Array.from(word)
                .map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)
                .join(""),
            ),
          ),
  ),
  hostile(
    "a name in another composition",
    starting,
    fc.constantFrom("conta\u0327ct", "chånnel".normalize("NFD"), "cha\u0301nnel"),
    (name, wire) => withMember(wire, name, "sms"),
  ),
  spelled(
    "control characters",
    fc
      .constantFrom("\u0000", "\u0001", "\u001f", "\u000b")
      .map((control) => (body: string) => (body === "{}" ? `{${control}}` : body.replace('":', `":${control}`))),
  ),
  spelled(
    "a line separator between",
    fc.constantFrom("\u2028", "\u2029", "\u00a0", "\ufeff").map((gap) => (body: string) => gap + body),
  ),
  hostile(
    "characters of private use",
    starting,
    fc.constantFrom("\ue000", "\uf8ff", "\u{f0000}", "\u{10fffd}"),
    (sign, wire) => withMember(wire, "contact", sign.repeat(9)),
  ),
];

/** Lists the categories of bodies. */
export const bodies: readonly Category[] = [
  ...SYNTAX,
  ...STRUCTURE,
  ...massAssignment,
  ...LONG,
  ...bodyLengths,
  ...ENCODING,
];
