import fc from "fast-check";
import { parseEmail } from "../contract/email.ts";
import { MAILBOX } from "../journeys/errands.ts";
import { type Category, hostile } from "./category.ts";
import { scenes } from "./scenes.ts";
import { type Spelled, spelledContact } from "./spelling.ts";
import { withMember } from "./wire.ts";

/*
 * Email addresses. Who can read the code has the mailbox, whatever it is called; what is refused is what two programs could read
 * in two ways.
 */

const { startMail, startSecondMail } = scenes;

const refused = (name: string, values: fc.Arbitrary<string>): Category =>
  hostile(name, { scenes: [startMail] }, values, (contact, wire) => withMember(wire, "contact", contact));

const understood = (name: string, values: fc.Arbitrary<Spelled>): Category =>
  spelledContact(name, startMail, values, (typed) => {
    const verdict = parseEmail(typed);
    return verdict.ok ? verdict.email : null;
  });
const asIs = (values: fc.Arbitrary<string>) => values.map((typed) => ({ typed, meant: typed }));

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const address = word.map((name) => `${name}@example.net`);
/** An address with something inside its local part. */
const inside = (what: fc.Arbitrary<string>) =>
  fc.tuple(word, what, word).map(([before, sign, behind]) => `${before}${sign}${behind}@example.net`);

const SHAPES = [
  refused("empty", fc.constantFrom("", " ", "\u200b", "\t\n")),
  refused(
    "no @",
    word.map((name) => `${name}.example.net`),
  ),
  refused(
    "several @",
    fc
      .tuple(address, fc.constantFrom("@", "@@", "@evil.example@", "%40@"))
      .map(([one, more]) => `${one}${more}example.org`),
  ),
  refused(
    "a dot at an edge of the name",
    fc.tuple(word, fc.boolean()).map(([name, first]) => `${first ? `.${name}` : `${name}.`}@example.net`),
  ),
  refused(
    "two dots in a row",
    fc.oneof(
      inside(fc.constantFrom("..", "...")),
      word.map((name) => `${name}@example..net`),
    ),
  ),
  refused(
    "a name of more than 64 octets",
    fc.integer({ min: 65, max: 200 }).map((length) => `${"a".repeat(length)}@example.net`),
  ),
  refused(
    "an address of more than 254 octets",
    fc.integer({ min: 245, max: 400 }).map((length) => `a@${"b.".repeat(length / 2)}example.net`),
  ),
  refused(
    "a label of more than 63 octets",
    fc.integer({ min: 64, max: 120 }).map((length) => `a@${"b".repeat(length)}.net`),
  ),
  refused(
    "a domain without a dot",
    word.map((name) => `${name}@localhost`),
  ),
];

const ODD = [
  refused(
    "a quoted name",
    word.map((name) => `"${name} ${name}"@example.net`),
  ),
  refused(
    "a comment",
    word.map((name) => `${name}(${name})@example.net`),
  ),
  refused(
    "an IP address",
    fc
      .constantFrom("[127.0.0.1]", "127.0.0.1", "0x7f.1", "2130706433", "[IPv6:::1]", "169.254.169.254")
      .map((host) => `a@${host}`),
  ),
  refused("a folded line", inside(fc.constantFrom("\r\n ", "\n\t", "\r\n\t"))),
];

const ALIASES = [
  understood("a plus tag", asIs(fc.tuple(word, word).map(([name, tag]) => `${name}+${tag}@example.net`))),
  understood("dots in the name", asIs(fc.tuple(word, word).map(([name, more]) => `${name}.${more}@example.net`))),
  understood(
    "capitals",
    word.map((name) => ({ typed: `${name}@EXAMPLE.Net`, meant: `${name}@example.net` })),
  ),
];

const INTERNATIONAL = [
  understood("punycode", asIs(word.map((name) => `${name}@xn--mller-kva.example`))),
  understood(
    "a domain of another script",
    word.map((name) => ({ typed: `${name}@müller.example`, meant: `${name}@xn--mller-kva.example` })),
  ),
  // A domain that looks like another is another: the code goes where the letters say.
  understood(
    "a domain that looks like another",
    word.map((name) => ({ typed: `${name}@ехample.net`, meant: `${name}@xn--ample-ywe6i.net` })),
  ),
  understood(
    "a domain of two scripts",
    word.map((name) => ({ typed: `${name}@eхample.net`, meant: `${name}@xn--eample-bsf.net` })),
  ),
  refused("a name of another script", inside(fc.constantFrom("é", "ю", "日本", "ß"))),
];

const INVISIBLE = [
  refused("a zero-width character", inside(fc.constantFrom("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"))),
  refused("a mark of the writing direction", inside(fc.constantFrom("\u202e", "\u202d", "\u2066", "\u200f"))),
  refused("a no-break space", inside(fc.constantFrom("\u00a0", "\u202f", "\u3000"))),
  refused("a combining accent", inside(fc.constantFrom("\u0301", "\u0308", "\u20dd"))),
];

const INJECTIONS = [
  refused(
    "a line break and a blind copy",
    fc.constantFrom("\r\n", "\n", "\r").map((end) => `${MAILBOX}${end}Bcc: evil@example.org`),
  ),
  refused("a NUL", inside(fc.constant("\u0000"))),
  refused(
    "a list",
    fc.constantFrom(",", ";", " ", ", ").map((gap) => `${MAILBOX}${gap}evil@example.org`),
  ),
  understood(
    "an address with a name before it",
    fc.tuple(word, address).map(([name, one]) => ({ typed: `${name} <${one}>`, meant: one })),
  ),
  refused("HTML", fc.constantFrom(`<b>${MAILBOX}</b>`, `<script>@example.net`, `"><img src=x>@example.net`)),
  // Braces are letters of a mailbox (RFC 5322 section 3.2.3), and stay what they are.
  understood("a template", asIs(fc.constantFrom("{{7*7}}@example.net", "${7*7}@example.net", "#{7*7}@example.net"))),
];

const MEANINGS = [
  hostile(
    "their own address, written otherwise",
    { scenes: [startSecondMail] },
    fc.constantFrom(" ", "mailto:", "\u200b"),
    (before, wire) => ({
      ...withMember(withMember(wire, "contact", before + MAILBOX), "channel", "email"),
    }),
  ),
  understood("another person's address", fc.constant({ typed: "kim@example.com", meant: "kim@example.com" })),
  understood("the address they sign in with", fc.constant({ typed: "robin@example.com", meant: "robin@example.com" })),
  // A mailbox of ten minutes is a mailbox: whoever uses one is told at each change, and has chosen it.
  understood("a mailbox that does not last", asIs(word.map((name) => `${name}@mailinator.example`))),
  understood("a domain without mail", asIs(word.map((name) => `${name}@nothing.invalid`))),
];

/** Lists the categories of email addresses. */
export const email: readonly Category[] = [
  ...SHAPES,
  ...ODD,
  ...ALIASES,
  ...INTERNATIONAL,
  ...INVISIBLE,
  ...INJECTIONS,
  ...MEANINGS,
];
