import type { PhoneVerdict } from "../../contract/phone.ts";
import { browserRegion } from "./browser-region.ts";
import { createEditHistory } from "./edit-history.ts";
import { callingCodeIn, judgePhone, readPhone, unjudgedPhone } from "./judge-phone.ts";
import { fetchPlan, planAtHand } from "./phone-plan.ts";
import { callingCodeOf, leadingCallingCode, regionOfCode } from "./regions.ts";
import { type FieldState, settleEdit } from "./settle-edit.ts";
import { writePhone } from "./write-phone.ts";

/*
 * Drives one phone field: it writes the number while it is typed, follows the country that a calling code names, and
 * judges what stands there. It works on the input itself, so that a key costs no render; it knows no screen.
 */

/** Describes one phone field's driver. */
export type PhoneEntry = {
  /** Takes charge of the input; null lets go of it. */
  readonly attach: (input: HTMLInputElement | null) => void;
  /** Goes on from the browser's region where the host and the number named none. To be called when the page is alive. */
  readonly start: (languages: readonly string[]) => void;
  /** Reacts to what the browser did to the text. */
  readonly edited: (event: Event & Partial<Pick<InputEvent, "inputType" | "isComposing">>) => void;
  /** Goes one edit back or forward; false when the keys mean something else. */
  readonly pressed: (keys: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">) => boolean;
  /** Takes the country the person chose; a calling code in the text is exchanged for its own. */
  readonly choose: (region: string) => void;
  readonly judge: (channel: "sms" | "voice") => Promise<PhoneVerdict>;
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
  let input: HTMLInputElement | null = null;
  let region = first;
  /** Decides what 011 means; unlike `region` it does not follow the text. */
  let dialledFrom = first;
  let followsOwnPrefix = false;
  let shown: FieldState = { text, caret: text.length };
  let composing = false;
  const history = createEditHistory();

  const now = (): FieldState => ({ text: input?.value ?? shown.text, caret: input?.selectionStart ?? shown.caret });

  const unjudged = () => unjudgedPhone(now().text, { region, dialledFrom });

  const put = (state: FieldState) => {
    shown = state;
    if (input === null || input.value === state.text) return;
    input.value = state.text;
    // Setting the caret of a field without focus would take the focus in Safari.
    if (input.matches(":focus")) input.setSelectionRange(state.caret, state.caret);
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
    } else {
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

  const rewrite = () => {
    if (!composing) put(settleEdit({ before: now().text, after: now(), inputType: "" }, write));
  };

  const beforeEdit = (event: InputEvent) => {
    const steps = { historyUndo: history.undo, historyRedo: history.redo };
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") {
      if (!composing) shown = now();
    } else if (event.cancelable) {
      event.preventDefault();
      step(steps[event.inputType]);
    }
  };

  const step = (to: (from: FieldState) => FieldState | null) => {
    const state = to(now());
    if (state === null) return;
    put(state);
    follow(state.text);
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
      history.note(shown, inputType);
      put(settleEdit({ before: shown.text, after: now(), inputType }, write));
    },
    pressed({ key, ctrlKey, metaKey, shiftKey, altKey }) {
      const letter = key.toLowerCase();
      if (altKey || !(ctrlKey || metaKey) || (letter !== "z" && letter !== "y")) return false;
      step(letter === "y" || shiftKey ? history.redo : history.undo);
      return true;
    },
    choose(next) {
      const read = readPhone(now().text, dialledFrom);
      dialledFrom = next;
      followsOwnPrefix = false;
      show(next);
      if (read.kind === "international") {
        history.note(now(), "");
        const code = leadingCallingCode(read.digits);
        // Up to three digits may be the beginning of a calling code; more are a number.
        const rest = code === null ? read.digits.slice(read.digits.length > 3 ? 0 : 3) : read.digits.slice(code.length);
        const exchanged = write(`+${callingCodeOf(next) ?? ""}${rest}`);
        put({ text: exchanged, caret: exchanged.length });
      } else rewrite();
    },
    async judge(channel) {
      const judged = now().text;
      const verdict = await judgePhone(judged, { region, dialledFrom }, channel);
      // The number itself tells Canada and Jamaica from the United States.
      if (verdict.ok && judged === now().text) show(verdict.region);
      return verdict;
    },
    unjudged,
    typed: () => unjudged() ?? now().text,
  };
}
