import { toDialled } from "../../contract/phone-text.ts";

/** Describes a text field: what stands in it and what is selected; a caret is a selection of nothing. */
export type FieldState = { readonly text: string; readonly start: number; readonly end: number };

/** Describes what the browser did to the field: what was there before and after, and the kind of edit (Input Events Level 2 `inputType`). */
export type Edit = { readonly before: FieldState; readonly after: FieldState; readonly inputType: string };

/**
 * Returns what the field should show after an edit. The digits are those a plain field without separators would hold, and
 * the caret stands beside the same digit; text that is more than a number (letters, a second `+`, "(0)") is left alone.
 */
export function settleEdit({ before, after, inputType }: Edit, write: (dialled: string) => string): FieldState {
  if (!isNumber(after.text)) return after;
  let dialled = toDialled(after.text);
  let start = placeOf(after.text, after.start);
  let end = placeOf(after.text, after.end);

  if (isSameText(before.text, after.text) && before.text !== after.text && before.start === before.end) {
    // Only a separator went, which a plain field does not have: what stands beyond it is what the person meant.
    const meant = beyond(before, inputType);
    const from = Math.max(0, start - meant.back);
    dialled = dialled.slice(0, from) + dialled.slice(start + meant.ahead);
    start = from;
    end = from;
  }
  const text = write(dialled);
  return { text, start: placeIn(text, start), end: placeIn(text, end) };
}

/** Says whether the text is a number with separators and nothing more; only such text is written in the country's way. */
export function isNumber(text: string): boolean {
  const dialled = toDialled(text);
  // "(0)" after a calling code is kept until it is judged, for some countries drop the 0 and some dial it. Elsewhere it may
  // have come about from brackets that this field wrote itself.
  return /^\+?\d*$/.test(dialled) && !(/^(?:\+|00[^0])/.test(dialled) && /\p{Nd}\s*[(（]0[)）]/u.test(text));
}

/** Says whether two texts hold the same, however they are written. */
export function isSameText(one: string, other: string): boolean {
  return one === other || (isNumber(one) && isNumber(other) && toDialled(one) === toDialled(other));
}

/** Returns how many dialled characters stand before a place in the text. */
export function placeOf(text: string, at: number): number {
  return toDialled(text.slice(0, at)).length;
}

/** Returns the place right after the given number of dialled characters. */
function placeIn(text: string, count: number): number {
  let place = 0;
  for (let left = count; left > 0 && place < text.length; place++) if (/[+\d]/.test(text.charAt(place))) left--;
  return place;
}

/** How many dialled characters a deletion takes that met only separators: one, or the group where a word was to go. */
function beyond({ text, start }: FieldState, inputType: string): { readonly back: number; readonly ahead: number } {
  const taken = (side: string, one: RegExp, group: RegExp) =>
    (inputType.includes("Word") ? group : one).exec(side)?.[1]?.length ?? 0;
  if (/^delete(?:Content|Word)Backward$/.test(inputType))
    return { back: taken(text.slice(0, start), /([+\d])[^+\d]*$/, /([+\d]+)[^+\d]*$/), ahead: 0 };
  if (/^delete(?:Content|Word)Forward$/.test(inputType))
    return { back: 0, ahead: taken(text.slice(start), /^[^+\d]*([+\d])/, /^[^+\d]*([+\d]+)/) };
  return { back: 0, ahead: 0 };
}
