import fc from "fast-check";
import { parseCode } from "../contract/code.ts";
import { wrongCode } from "../journeys/errands.ts";
import { type Category, hostile, type Mutation } from "./category.ts";
import { ANOTHERS_PHONE, scenes } from "./scenes.ts";
import { membersOf, withMember } from "./wire.ts";

/*
 * Codes. The page reads what people paste; the BFF takes six digits and nothing else, so that no two programs can read one code
 * in two ways. A code of six digits that is wrong costs a try.
 */

const { confirm, confirmBesideAnother, confirmSecond, verify } = scenes;

const refused = (name: string, values: fc.Arbitrary<unknown>): Category =>
  hostile(name, { scenes: [confirm, verify] }, values, (code, wire) => withMember(wire, "code", code));

/** Wrong in a way that the tenant has to tell: three of them leave tries for the control. */
const wrong = (name: string, of: Parameters<typeof hostile<null>>[3]): Category =>
  hostile(name, { scenes: [confirm], perWorld: 3, rare: 4, costsTry: true }, fc.constant(null), of);

/** The right code in another spelling: the page reads it, the BFF does not. */
function pasted(name: string, spell: fc.Arbitrary<(code: string) => string>): Category {
  const mutation = fc.tuple(spell, fc.stringMatching(/^[0-9]{6}$/)).map(
    ([written, any]): Mutation => ({
      shown: JSON.stringify(written(any)),
      of: (wire) => withMember(wire, "code", written(String(membersOf(wire)["code"]))),
      reads: () => parseCode(written(any)) === any,
    }),
  );
  return { name, kind: "hostile", scenes: [confirm, verify], draw: mutation };
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const between = (sign: string) =>
  fc.constantFrom(1, 2, 3, 4, 5).map((at) => (code: string) => code.slice(0, at) + sign + code.slice(at));
const inScript = (zero: number) =>
  fc.constant((code: string) =>
    Array.from(code)
      .map((digit) => String.fromCodePoint(zero + Number(digit)))
      .join(""),
  );
const SUPERSCRIPT = Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹");

/** Lists the categories of codes. */
export const code: readonly Category[] = [
  refused("empty", fc.constant("")),
  refused("one digit", digits(1)),
  refused("five digits", digits(5)),
  refused("seven digits", digits(7)),
  refused("eight digits", digits(8)),
  refused(
    "ten thousand digits",
    fc.constantFrom("0", "1", "12").map((part) => part.repeat(10_000 / part.length)),
  ),

  refused("zeros that were dropped", fc.integer({ min: 0, max: 99_999 }).map(String)),
  wrong("zeros alone", (_, wire, world) => withMember(wire, "code", wrongCode(world.stack))),

  refused("a number", fc.integer({ min: 0, max: 999_999 })),
  refused("a boolean", fc.boolean()),
  refused("null", fc.constant(null)),
  refused(
    "a list",
    digits(6).map((six) => [six]),
  ),
  refused(
    "an object",
    digits(6).map((six) => ({ value: six })),
  ),
  refused(
    "an operator object",
    fc.constantFrom("$ne", "$gt", "$exists", "$regex").map((operator) => ({ [operator]: "" })),
  ),

  pasted("a space between", between(" ")),
  pasted("a hyphen between", between("-")),
  pasted("a no-break space between", between("\u00a0")),
  pasted(
    "a line break after",
    fc.constantFrom("\n", "\r\n").map((end) => (six: string) => six + end),
  ),
  pasted(
    "a tab before",
    fc.constantFrom("\t", "\t\t").map((tab) => (six: string) => tab + six),
  ),

  pasted("full-width digits", inScript(0xff10)),
  pasted("Arabic-Indic digits", inScript(0x660)),
  pasted("Devanagari digits", inScript(0x966)),
  refused(
    "superscript digits",
    digits(6).map((six) =>
      Array.from(six)
        .map((digit) => SUPERSCRIPT[Number(digit)])
        .join(""),
    ),
  ),

  refused(
    "an exponent",
    fc.integer({ min: 1, max: 9 }).map((power) => `1e000${power}`),
  ),
  refused(
    "a plus before five digits",
    digits(5).map((five) => `+${five}`),
  ),
  refused(
    "a minus before five digits",
    digits(5).map((five) => `-${five}`),
  ),

  pasted(
    "a whole message",
    fc.constant((six: string) => `Your verification code is ${six}. Do not share it.`),
  ),
  pasted(
    "the last line of a message",
    fc.constant((six: string) => `@account.test #${six}`),
  ),

  hostile(
    "the code of an earlier message",
    { scenes: [confirmSecond], perWorld: 3, rare: 4, costsTry: true },
    fc.constant(null),
    (_, wire, world) => withMember(wire, "code", world.stack.simulator.outbox.list().at(-2)?.code),
  ),
  hostile(
    "the code of another person",
    { scenes: [confirmBesideAnother], perWorld: 3, rare: 4, costsTry: true },
    fc.constant(null),
    (_, wire, world) => withMember(wire, "code", world.stack.code(ANOTHERS_PHONE)),
  ),
];
