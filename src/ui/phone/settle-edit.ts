import { toDialled } from "../../contract/phone-text.ts";

/** Describes a text field: what stands in it and where the caret is. */
export type FieldState = { readonly text: string; readonly caret: number };

/** Describes what the browser did to the field: the text before, the text and caret after, and the kind of edit (Input Events Level 2 `inputType`). */
export type Edit = { readonly before: string; readonly after: FieldState; readonly inputType: string };

/**
 * Returns what the field should show after an edit. The digits are those a plain field without separators would hold, and
 * the caret stands beside the same digit; text that is more than a number (letters, a second `+`, "(0)") is left alone.
 */
export function settleEdit({ before, after, inputType }: Edit, write: (dialled: string) => string): FieldState {
  let dialled = toDialled(after.text);
  if (!/^\+?\d*$/.test(dialled) || /[(（]0[)）]/.test(after.text)) return after;
  let place = toDialled(after.text.slice(0, after.caret)).length;

  if (
    inputType.startsWith("delete") &&
    inputType !== "deleteByCut" &&
    after.text !== before &&
    dialled === toDialled(before)
  ) {
    // Only a separator went, which a plain field does not have: the digit beyond it is what the person meant.
    const meant = inputType.endsWith("Forward") ? place : place - 1;
    if (meant >= 0) {
      dialled = dialled.slice(0, meant) + dialled.slice(meant + 1);
      place = Math.min(place, meant);
    }
  }
  const text = write(dialled);
  return { text, caret: placeIn(text, place) };
}

/** Returns the caret's place right after the given number of dialled characters. */
export function placeIn(text: string, count: number): number {
  let place = 0;
  for (let left = count; left > 0 && place < text.length; place++) if (/[+\d]/.test(text.charAt(place))) left--;
  return place;
}
