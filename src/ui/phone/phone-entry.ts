import type { PhoneVerdict } from "../../contract/phone.ts";
import type { PhoneChannel, PhonePolicy } from "../../contract/phone-policy.ts";
import { browserRegion } from "./browser-region.ts";
import { createEditHistory } from "./edit-history.ts";
import { callingCodeIn, judgePhone, readPhone, unjudgedPhone } from "./judge-phone.ts";
import { fetchPlan, planAtHand } from "./phone-plan.ts";
import { callingCodeOf, leadingCallingCode, regionOfCode } from "./regions.ts";
import { type FieldState, isSameText, settleEdit } from "./settle-edit.ts";
import { writePhone } from "./write-phone.ts";

/*
 * Drives one phone field: it writes the number while it is typed, follows the country that a calling code names, and
 * judges what stands there. It works on the input itself, so that a key costs no render; it knows no screen.
 */

/** Describes the input as far as it is driven: a browser's own, or what stands in for one. */
export type PhoneInput = {
  value: string;
  readonly selectionStart: number | null;
  readonly selectionEnd: number | null;
  setSelectionRange(start: number, end: number): void;
  matches(selector: string): boolean;
  addEventListener(type: "beforeinput", listener: (event: BeforeEdit) => void): void;
  removeEventListener(type: "beforeinput", listener: (event: BeforeEdit) => void): void;
};

type BeforeEdit = Pick<InputEvent, "inputType" | "isComposing" | "cancelable" | "preventDefault">;

/** Describes one phone field's driver. */
export type PhoneEntry = {
  /** Takes charge of the input; null lets go of it. */
  readonly attach: (input: PhoneInput | null) => void;
  /** Goes on from the browser's region where the host and the number named none. To be called when the page is alive. */
  readonly start: (languages: readonly string[]) => void;
  /** Reacts to what the browser did to the text. */
  readonly edited: (event: Partial<Pick<InputEvent, "type" | "inputType" | "isComposing">>) => void;
  /** Goes one edit back or forward; false when the keys mean something else. */
  readonly pressed: (keys: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">) => boolean;
  /** Takes the country the person chose; a calling code in the text is exchanged for its own. */
  readonly choose: (region: string) => void;
  readonly judge: (channel: PhoneChannel, policy: PhonePolicy) => Promise<PhoneVerdict>;
  /** Returns the number for the service to judge where this device could not; null where no country is known. */
  readonly unjudged: () => string | null;
  /** Returns what stands in the field, with its country where one is known and it is a number. */
  readonly typed: () => string;
};

/** Describes what a phone field starts with. */
export type PhoneStart = {
  readonly text: string;
  readonly region: string | null;
  /** Told whenever another country is to be shown. */
  readonly onRegion: (region: string | null) => void;
};

/** Returns the country to show at first: the number's own, else the host's hint; null leaves it to the browser's region. */
export function startingRegion(text: string, hint: string | undefined): string | null {
  const read = readPhone(text, null);
  const code = read.kind === "international" ? leadingCallingCode(read.digits) : null;
  const hinted = hint?.toUpperCase() ?? null;
  return code === null ? callingCodeOf(hinted) && hinted : regionOfCode(code, hinted);
}

/** Builds the driver of one phone field. */
export function createPhoneEntry({ text, region: first, onRegion }: PhoneStart): PhoneEntry {
  let input: PhoneInput | null = null;
  let region = first;
  /** Decides what 011 means; unlike `region` it does not follow the text. */
  let dialledFrom = first;
  let followsOwnPrefix = false;
  let shown: FieldState = { text, start: text.length, end: text.length };
  let composing = false;
  /** What stood here before a part of it was dragged away, as long as it may be dropped here again. */
  let dragged: FieldState | null = null;
  const history = createEditHistory();

  const now = (): FieldState => ({
    text: input?.value ?? shown.text,
    start: input?.selectionStart ?? shown.start,
    end: input?.selectionEnd ?? shown.end,
  });

  const unjudged = () => unjudgedPhone(now().text, { region, dialledFrom });

  const put = (state: FieldState) => {
    shown = state;
    if (input === null) return;
    if (input.value !== state.text) input.value = state.text;
    else if (input.selectionStart === state.start && input.selectionEnd === state.end) return;
    // Setting the caret of a field without focus would take the focus in Safari.
    if (input.matches(":focus")) input.setSelectionRange(state.start, state.end);
  };

  const show = (next: string | null) => {
    if (next !== region) onRegion(next);
    region = next;
    const code = callingCodeOf(next);
    // Without its plan a number stays plain digits; judging asks for the plan again and says so if it cannot be had.
    if (planAtHand(code) === null) fetchPlan(code).then(rewrite, () => undefined);
  };

  const follow = (dialled: string) => {
    const read = readPhone(dialled, dialledFrom);
    if (read.kind === "international") {
      followsOwnPrefix = !read.prefix.startsWith("+");
      const code = leadingCallingCode(read.digits);
      if (code !== null) show(regionOfCode(code, region));
    } else if (read.kind === "national" || read.kind === "empty") {
      if (followsOwnPrefix) show(dialledFrom);
      followsOwnPrefix = false;
      dialledFrom = region;
    }
  };

  const write = (dialled: string) => {
    follow(dialled);
    const read = readPhone(dialled, dialledFrom);
    return writePhone(read, planAtHand(callingCodeIn(read, region)), region);
  };

  const settle = (before: FieldState, after: FieldState, inputType: string) => {
    const settled = settleEdit({ before, after, inputType }, write);
    // What is more than a number is not written, but "+44 (0)20" names a country all the same.
    if (settled === after) follow(after.text);
    return settled;
  };

  const rewrite = () => {
    if (!composing) put(settle(now(), now(), ""));
  };

  const note = (before: FieldState, after: FieldState, inputType: string) => {
    if (!isSameText(before.text, after.text)) history.note(before, after, inputType);
  };

  const endDrag = () => {
    if (dragged === null) return;
    note(dragged, now(), "");
    dragged = null;
    rewrite();
  };

  const beforeEdit = (event: BeforeEdit) => {
    const steps = { historyUndo: history.undo, historyRedo: history.redo };
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") {
      if (!composing) shown = now();
      composing = event.isComposing;
    } else if (event.cancelable) {
      event.preventDefault();
      step(steps[event.inputType]);
    }
  };

  const step = (to: () => FieldState | null) => {
    const state = to();
    // The country may be another one by now.
    if (state !== null) put(settle(state, state, ""));
  };

  return {
    attach(next) {
      input?.removeEventListener("beforeinput", beforeEdit);
      if (next === null) shown = now();
      input = next;
      input?.addEventListener("beforeinput", beforeEdit);
    },
    start(languages) {
      if (region === null) dialledFrom = browserRegion(languages);
      show(region ?? dialledFrom);
      rewrite();
    },
    edited({ inputType = "", isComposing = false }) {
      composing = isComposing;
      // An input method owns the text until it is done; writing into it would break the word being composed.
      if (composing) return;
      const after = now();
      if (inputType === "deleteByDrag") {
        // The drop follows at once, at a place that the browser knows already; text written in between would move it.
        dragged = shown;
        shown = after;
        setTimeout(endDrag);
        return;
      }
      const settled = settle(shown, after, inputType);
      note(dragged ?? shown, settled, inputType);
      dragged = null;
      put(settled);
    },
    pressed({ key, ctrlKey, metaKey, shiftKey, altKey }) {
      const letter = key.toLowerCase();
      if (composing || altKey || !(ctrlKey || metaKey) || (letter !== "z" && letter !== "y")) return false;
      step(letter === "y" || shiftKey ? history.redo : history.undo);
      return true;
    },
    choose(next) {
      const read = readPhone(now().text, dialledFrom);
      dialledFrom = next;
      followsOwnPrefix = false;
      show(next);
      if (read.kind === "international") {
        const code = leadingCallingCode(read.digits);
        // Up to three digits may be the beginning of a calling code; more are a number.
        const rest = code === null ? read.digits.slice(read.digits.length > 3 ? 0 : 3) : read.digits.slice(code.length);
        const before = now();
        const exchanged = write(`+${callingCodeOf(next) ?? ""}${rest}`);
        const after = { text: exchanged, start: exchanged.length, end: exchanged.length };
        history.note(before, after, "");
        put(after);
      } else rewrite();
    },
    async judge(channel, policy) {
      const judged = now().text;
      const verdict = await judgePhone(judged, { region, dialledFrom }, channel, policy);
      // The number itself tells Canada and Jamaica from the United States.
      if (verdict.ok && judged === now().text) show(verdict.region);
      return verdict;
    },
    unjudged,
    typed: () => unjudged() ?? now().text,
  };
}
