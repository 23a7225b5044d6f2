import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { toDialled } from "../../contract/phone-text.ts";
import { callingCodeIn, readPhone } from "./judge-phone.ts";
import { fetchPlan, planAtHand } from "./phone-plan.ts";
import { callingCodeOf } from "./regions.ts";
import { type FieldState, settleEdit } from "./settle-edit.ts";
import { writePhone } from "./write-phone.ts";

const HOMES = ["US", "GB", "DE", "FR", "JP", "BR", "AR", "RU", "IT", "IN"];

beforeAll(async () => {
  for (const region of HOMES) await fetchPlan(callingCodeOf(region));
});

/** What a person does to a field. Selections are shares of the text, so that they fit whatever stands there. */
type Act =
  | { readonly does: "type"; readonly text: string; readonly from: number; readonly to: number }
  | { readonly does: "backspace" | "delete" | "cut"; readonly from: number; readonly to: number };

const selection = { from: fc.integer({ min: 0, max: 20 }), to: fc.integer({ min: 0, max: 20 }) };
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ does: fc.constant("type" as const), text: fc.stringMatching(/^\d$/), ...selection }),
  fc.record({
    does: fc.constant("type" as const),
    text: fc.constantFrom("123", "20 7946", "٤٢", "(0", "-", "555-01"),
    ...selection,
  }),
  fc.record({ does: fc.constantFrom("backspace" as const, "delete" as const, "cut" as const), ...selection }),
);

const kinds = {
  type: "insertText",
  backspace: "deleteContentBackward",
  delete: "deleteContentForward",
  cut: "deleteByCut",
};

/** What a browser does to a field's text before any script sees it. */
function browser({ text }: FieldState, act: Act, from: number, to: number): FieldState {
  if (act.does === "type")
    return { text: text.slice(0, from) + act.text + text.slice(to), caret: from + act.text.length };
  if (from !== to) return { text: text.slice(0, from) + text.slice(to), caret: from };
  if (act.does === "backspace")
    return { text: text.slice(0, Math.max(0, from - 1)) + text.slice(from), caret: Math.max(0, from - 1) };
  return act.does === "delete"
    ? { text: text.slice(0, from) + text.slice(from + 1), caret: from }
    : { text, caret: from };
}

const digitsBefore = (text: string, caret: number) => toDialled(text.slice(0, caret)).length;

describe("someone who edits a number anywhere", () => {
  it("gets the digits of a plain field, and the caret beside the same digit", () => {
    fc.assert(
      fc.property(fc.constantFrom(...HOMES), fc.array(act, { maxLength: 25 }), (region, acts) => {
        const write = (dialled: string) => {
          const read = readPhone(dialled, region);
          return writePhone(read, planAtHand(callingCodeIn(read, region)), region);
        };
        let shown: FieldState = { text: "", caret: 0 };
        for (const next of acts) {
          // Every second act goes on at the caret, as people mostly do.
          const at = (share: number) => Math.round((share / 20) * shown.text.length);
          const stays = next.from % 2 === 0;
          const [from, to] = stays
            ? [shown.caret, shown.caret]
            : [Math.min(at(next.from), at(next.to)), Math.max(at(next.from), at(next.to))];

          // A selection of nothing but separators is no selection in a field that has none.
          const plain = { text: toDialled(shown.text), caret: 0 };
          const dialled = next.does === "type" ? { ...next, text: toDialled(next.text) } : next;
          const expected = browser(plain, dialled, digitsBefore(shown.text, from), digitsBefore(shown.text, to));

          shown = settleEdit(
            { before: shown.text, after: browser(shown, next, from, to), inputType: kinds[next.does] },
            write,
          );
          expect(toDialled(shown.text)).toBe(expected.text);
          expect(digitsBefore(shown.text, shown.caret)).toBe(expected.caret);
        }
      }),
      { numRuns: 4_000 },
    );
  });

  it("keeps letters, a second plus and (0) exactly as they typed them", () => {
    const write = (dialled: string) => `[${dialled}]`;
    for (const text of ["020 7946 ext 12", "+44 +44", "+44 (0)20 7946 0123", "XXXX0123", "call me"]) {
      expect(settleEdit({ before: "", after: { text, caret: 3 }, inputType: "insertFromPaste" }, write)).toEqual({
        text,
        caret: 3,
      });
    }
  });
});
