import { type FieldState, isNumber, isSameText, placeOf } from "./settle-edit.ts";

/** Describes the undo and redo of one field. */
export type EditHistory = {
  /** Notes an edit. Characters typed one after the other count as one. */
  readonly note: (before: FieldState, after: FieldState, inputType: string) => void;
  /** Returns what stood there before the last edit; null when nothing is left to undo. */
  readonly undo: () => FieldState | null;
  /** Returns what the edit taken back last had made; null when there is none. */
  readonly redo: () => FieldState | null;
};

type Step = { readonly before: FieldState; readonly after: FieldState; readonly inputType: string };

/** More than anybody takes back in a phone number; it only bounds the list. */
const MOST_STEPS = 100;

/**
 * Builds the history of a field whose text is set by the page: browsers forget their own history when that happens. It
 * lives as long as the field and is written nowhere.
 */
export function createEditHistory(): EditHistory {
  let past: Step[] = [];
  let future: Step[] = [];
  /** Whether the last step may still grow. */
  let open = false;
  return {
    note(before, after, inputType) {
      const last = open ? past.at(-1) : undefined;
      const grown = last !== undefined && goesOn(last, before, inputType) ? last : null;
      past = [...(grown === null ? past : past.slice(0, -1)), { before: grown?.before ?? before, after, inputType }];
      past = past.slice(-MOST_STEPS);
      future = [];
      open = true;
    },
    undo() {
      const step = past.pop();
      if (step !== undefined) future.push(step);
      open = false;
      return step?.before ?? null;
    },
    redo() {
      const step = future.pop();
      if (step !== undefined) past.push(step);
      open = false;
      return step?.after ?? null;
    },
  };
}

/** Says whether an edit goes on where the last one of its kind ended. */
function goesOn({ after, inputType: last }: Step, before: FieldState, inputType: string): boolean {
  if (last !== "insertText" || inputType !== last) return false;
  if (!isNumber(before.text))
    return before.text === after.text && before.start === after.start && before.end === after.start;
  // Beside the same digit, not at the same place: the plan may have arrived in between.
  const place = placeOf(after.text, after.start);
  return (
    isSameText(before.text, after.text) &&
    placeOf(before.text, before.start) === place &&
    placeOf(before.text, before.end) === place
  );
}
