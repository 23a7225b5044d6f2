import { describe, expect, it } from "vitest";
import { type FieldState, settleEdit } from "./settle-edit.ts";

/* Random edits, beside a plain field, are in src/edits; these are the rules that are easily forgotten. */

/** Writes a number in groups of three, which is enough of a country's way. */
const write = (dialled: string) => dialled.replace(/(\d{3})(?=\d)/g, "$1 ");

/** Reads a field with its caret, or both ends of its selection, drawn into it: "020 |79". */
function field(drawn: string): FieldState {
  const [first = "", ...rest] = drawn.split("|");
  const start = first.length;
  return { text: drawn.replaceAll("|", ""), start, end: rest.length > 1 ? start + (rest[0]?.length ?? 0) : start };
}

function settled(before: string, inputType: string, after: string): string {
  const { text, start, end } = settleEdit({ before: field(before), after: field(after), inputType }, write);
  const selected = start === end ? "" : `${text.slice(start, end)}|`;
  return `${text.slice(0, start)}|${selected}${text.slice(end)}`;
}

describe("someone who edits a number", () => {
  it.each([
    ["types in the middle", "02|0 79", "insertText", "021|0 79", "021| 079"],
    ["types a separator", "020| 79", "insertText", "020-| 79", "020| 79"],
    ["deletes back across a separator", "020 |79", "deleteContentBackward", "020|79", "02|7 9"],
    ["deletes on across a separator", "020| 79", "deleteContentForward", "020|79", "020| 9"],
    ["deletes a word back across a separator", "(020) |79", "deleteWordBackward", "(020|79", "|79"],
    ["deletes a word on across a separator", "020|-79", "deleteWordForward", "020|79", "020|"],
    ["deletes a selected separator alone", "020| |79", "deleteContentBackward", "020|79", "020| 79"],
    ["cuts a separator alone", "020| |79", "deleteByCut", "020|79", "020| 79"],
    ["deletes a bracket with no digit before it", "(|020", "deleteContentBackward", "|020", "|020"],
    ["drops digits, which stay selected", "020| 79", "insertFromDrop", "020|123| 79", "020| 123| 79"],
    ["makes brackets around a 0 of a number of one country", "(|202|) 555", "insertText", "(0|) 555", "0|55 5"],
  ])("and %s", (_what, before, inputType, after, shown) => {
    expect(settled(before, inputType, after)).toBe(shown);
  });

  it.each(["020 7946 ext| 12", "+44 +|44", "+44 (0)|20 7946 0123", "0044 (0)20|", "XXXX|0123", "call |me"])(
    "keeps what is more than a number exactly as it was written: %j",
    (text) => expect(settled("|", "insertFromPaste", text)).toBe(text),
  );

  it("deletes one character at a time from what they wrote themselves", () => {
    expect(settled("+44 (|0)20", "deleteContentBackward", "+44 |0)20")).toBe("+44|0 20");
  });
});
