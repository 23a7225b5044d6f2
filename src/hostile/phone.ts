import fc from "fast-check";
import { maskPhone } from "../contract/phone.ts";
import { DEFAULT_PHONE_POLICY } from "../contract/phone-policy.ts";
import { judgePhone } from "../bff/phone-plan.ts";
import { PHONE } from "../journeys/errands.ts";
import { type Category, hostile, once } from "./category.ts";
import { KIMS_PHONE, scenes } from "./scenes.ts";
import { spelledContact } from "./spelling.ts";
import { withMember } from "./wire.ts";

/*
 * Phone numbers as people, address books and attackers write them. What names one number without doubt reaches it; all else is
 * refused before the tenant hears of it.
 */

const { start, startSecond } = scenes;

const refused = (name: string, values: fc.Arbitrary<string>): Category =>
  hostile(name, { scenes: [start] }, values, (contact, wire) => withMember(wire, "contact", contact));

const understood = (name: string, values: fc.Arbitrary<string>, meant = PHONE): Category =>
  spelledContact(
    name,
    start,
    values.map((typed) => ({ typed, meant })),
    (typed) => judgePhone(typed, "sms", DEFAULT_PHONE_POLICY),
  );

const DIGITS = Array.from("0123456789");
const digits = (minLength: number, maxLength = minLength) =>
  fc.array(fc.constantFrom(...DIGITS), { minLength, maxLength }).map((all) => all.join(""));
const after = (prefixes: readonly string[], minLength: number, maxLength = minLength) =>
  fc.tuple(fc.constantFrom(...prefixes), digits(minLength, maxLength)).map((parts) => parts.join(""));
/** The number with something between two of its digits. */
const split = (between: fc.Arbitrary<string>, number = PHONE) =>
  fc
    .tuple(fc.integer({ min: 2, max: number.length - 1 }), between)
    .map(([at, what]) => number.slice(0, at) + what + number.slice(at));
/** The digits of another script, by its zero. */
const inScript = (zero: number) =>
  fc
    .subarray(
      Array.from(PHONE)
        .map((_, at) => at)
        .slice(1),
      { minLength: 1 },
    )
    .map((chosen) =>
      Array.from(PHONE)
        .map((sign, at) => (chosen.includes(at) ? String.fromCodePoint(zero + Number(sign)) : sign))
        .join(""),
    );
const around = (before: string, behind = "") => fc.constantFrom("", " ").map((gap) => before + gap + PHONE + behind);

const SHAPES = [
  refused("empty", fc.constant("")),
  refused(
    "blanks",
    fc.array(fc.constantFrom(" ", "\t", "\u00a0"), { minLength: 1, maxLength: 20 }).map((all) => all.join("")),
  ),
  refused("a plus alone", fc.constantFrom("+", " +", "+ ", "++", "＋")),
  refused("letters", fc.stringMatching(/^[a-wyz]{7,20}$/)),
  refused(
    "a vanity number",
    fc.constantFrom("FLOWERS", "VOTENOW", "CALLME1").map((word) => `+1 202 ${word}`),
  ),
  refused(
    "up to six digits",
    fc.tuple(fc.constantFrom("+1", "+44", ""), digits(1, 4)).map((parts) => parts.join("")),
  ),
  refused(
    "16 to 64 digits",
    digits(16, 64).map((long) => `+1${long.slice(1)}`),
  ),
  refused(
    "ten thousand characters",
    fc.constantFrom("1", "+", "(", "\u200b").map((sign) => `+1${sign.repeat(10_000)}`),
  ),
  refused(
    "two numbers",
    fc.constantFrom(" ", ",", ";", " / ", "\n", " or ").map((gap) => `${PHONE}${gap}+12025550148`),
  ),
  refused(
    "an extension",
    fc
      .tuple(fc.constantFrom(" x", " ext. ", ";ext=", ",", "#"), digits(1, 4))
      .map(([mark, more]) => PHONE + mark + more),
  ),
  understood(
    "a tel: address",
    fc.constantFrom("tel:", "TEL:", "tel: ").map((scheme) => scheme + PHONE),
  ),
  refused(
    "a sip: address",
    fc.constantFrom("sip:", "sips:").map((scheme) => `${scheme}${PHONE}@example.com`),
  ),
];

const PREFIXES = [
  understood(
    "00 before the calling code",
    split(fc.constantFrom("", " ", "-")).map((number) => number.replace("+", "00")),
  ),
  refused(
    "011, which no calling code tells apart",
    split(fc.constantFrom("", " ", "-")).map((number) => number.replace("+", "011")),
  ),
  refused(
    "no plus",
    split(fc.constantFrom("", " ", "-")).map((number) => number.replace("+", "")),
  ),
  understood(
    "a double plus",
    fc.constantFrom("+", "++").map((more) => more + PHONE),
  ),
  understood(
    "a full-width plus",
    split(fc.constantFrom("", " ")).map((number) => number.replace("+", "＋")),
  ),
  understood(
    "the 0 of a country in brackets",
    fc.constantFrom("(0)", " (0) ", " (0)").map((zero) => `+44${zero}7400 123456`),
    "+447400123456",
  ),
];

const COUNTRIES = [
  refused("an unassigned calling code", after(["+999", "+210", "+384", "+696", "+851"], 7, 9)),
  refused("a satellite", after(["+870", "+881"], 7, 10)),
  refused("a network of no country", after(["+882", "+883"], 7, 10)),
  refused("personal numbers of the world", after(["+878"], 8, 12)),
  refused("premium rate of the world", after(["+979"], 9)),
  refused("shared cost of the world", after(["+808"], 8)),
  refused("freephone of the world", after(["+800"], 8)),
  refused(
    "an island that looks like the United States",
    after(["+1876555", "+1242357", "+1246234", "+1809555", "+1649231", "+1758284"], 4),
  ),
];

const KINDS = [
  refused("premium rate", after(["+1900234", "+1900655", "+44909879"], 4)),
  refused("toll free", after(["+1800555", "+1888555", "+44800123"], 4)),
  refused("a pager", after(["+4476401"], 5)),
  refused("a voicemail", after(["+4917799", "+4916013"], 7)),
  refused(
    "a short code",
    fc.tuple(fc.constantFrom("", "+1", "+44"), digits(5)).map((parts) => parts.join("")),
  ),
  refused("an emergency number", fc.constantFrom("112", "911", "999", "110", "+112", "+1911", "+44999", "+49110")),
];

const SCRIPTS = [
  understood("Arabic-Indic digits", inScript(0x660)),
  understood("Devanagari digits", inScript(0x966)),
  understood("full-width digits", inScript(0xff10)),
  understood("zero-width characters", split(fc.constantFrom("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"))),
  refused("an override of the writing direction", split(fc.constantFrom("\u202e", "\u202e1\u202c"))),
  understood("no-break spaces", split(fc.constantFrom("\u00a0", "\u202f", "\u2007"))),
  understood("dashes of all lengths", split(fc.constantFrom("-", "‐", "‑", "–", "—", "−"))),
];

const INJECTIONS = [
  refused(
    "a line break and more",
    fc.constantFrom("\r\n", "\n", "\r", "\u2028").chain((end) => around("", `${end}Bcc: evil@example.org`)),
  ),
  refused("a NUL", split(fc.constant("\u0000"))),
  refused("a template", fc.constantFrom(`{{${PHONE}}}`, `\${${PHONE}}`, `<%=${PHONE}%>`, `#{${PHONE}}`, "{{7*7}}")),
  hostile(
    "an operator object",
    { scenes: [start] },
    fc.constantFrom("$ne", "$gt", "$regex", "$where"),
    (operator, wire) => withMember(wire, "contact", { [operator]: "" }),
  ),
  refused(
    "HTML",
    fc.constantFrom(`<b>${PHONE}</b>`, `<script>alert(1)</script>`, `${PHONE}<img src=x onerror=alert(1)>`),
  ),
  refused("a formula", fc.constantFrom(`=${PHONE}`, `@${PHONE}`, `=HYPERLINK("https://evil.example",1)`, `=1${PHONE}`)),
];

const OF_THEIRS = [
  hostile(
    "their own number, written otherwise",
    { scenes: [startSecond] },
    split(fc.constantFrom(" ", "-", "\u00a0", "\u200b")),
    (contact, wire) => withMember(wire, "contact", contact),
  ),
  understood("another person's number", split(fc.constantFrom("", " "), KIMS_PHONE), KIMS_PHONE),
  hostile("the masked number that was shown", { scenes: [start] }, once, (_, wire) =>
    withMember(wire, "contact", maskPhone(PHONE)),
  ),
];

/** Lists the categories of phone numbers. */
export const phone: readonly Category[] = [
  ...SHAPES,
  ...PREFIXES,
  ...COUNTRIES,
  ...KINDS,
  ...SCRIPTS,
  ...INJECTIONS,
  ...OF_THEIRS,
];
