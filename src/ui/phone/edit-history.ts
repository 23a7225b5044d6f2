import type { FieldState } from "./settle-edit.ts";

/** Describes the undo and redo of one field. */
export type EditHistory = {
  /** Notes what stood in the field before an edit; digits typed in a row count as one. */
  readonly note: (before: FieldState, inputType: string) => void;
  /** Returns what stood there before the last edit; null when nothing is left to undo. */
  readonly undo: (now: FieldState) => FieldState | null;
  readonly redo: (now: FieldState) => FieldState | null;
};

/** More than anybody takes back in a phone number; it only bounds the list. */
const MOST_STEPS = 100;

/**
 * Builds the history of a field whose text is set by the page: browsers forget their own history when that happens. It
 * lives as long as the field and is written nowhere.
 */
export function createEditHistory(): EditHistory {
  let past: FieldState[] = [];
  let future: FieldState[] = [];
  let run = "";
  const step = (from: FieldState[], to: FieldState[], now: FieldState) => {
    run = "";
    const state = from.pop();
    if (state !== undefined) to.push(now);
    return state ?? null;
  };
  return {
    note(before, inputType) {
      const goesOn = inputType === "insertText" && run === inputType && before.caret === before.text.length;
      if (!goesOn) past = [...past, before].slice(-MOST_STEPS);
      run = inputType;
      future = [];
    },
    undo: (now) => step(past, future, now),
    redo: (now) => step(future, past, now),
  };
}
