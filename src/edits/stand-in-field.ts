import type { PhoneEntry, PhoneInput } from "../ui/phone/phone-entry.ts";
import { type Act, targetOf } from "./acts.ts";
import { type Reach, reachOf, type Way } from "./reach.ts";

/*
 * Stands in for a browser's input: text, selection, and the events of each kind of edit in the order in which Chromium
 * fires them (for input methods also Firefox and WebKit), handed on as the page's field hands them on. That it tells the
 * truth is held by e2e/typing.e2e.ts, which does the same things to the real field.
 */

/** Names the engines whose input methods are told apart. */
export type Engine = "chromium" | "gecko" | "webkit";

type BeforeInput = Parameters<Parameters<PhoneInput["addEventListener"]>[1]>[0];
type Told = { readonly cancelable?: boolean; readonly isComposing?: boolean };

/** Stands in for an input with a person before it. */
export class StandInField implements PhoneInput {
  focused = true;
  clipboard = "";
  #text: string;
  #start: number;
  #end: number;
  /** What the page's script has seen last: React tells it of a change only where there is one. */
  #tracked: string;
  #listener: ((event: BeforeInput) => void) | null = null;
  readonly #entry: Pick<PhoneEntry, "edited" | "pressed">;

  constructor(entry: Pick<PhoneEntry, "edited" | "pressed">, text: string) {
    this.#entry = entry;
    this.#text = text;
    this.#tracked = text;
    this.#start = text.length;
    this.#end = text.length;
  }

  get value(): string {
    return this.#text;
  }
  set value(text: string) {
    this.#tracked = text;
    if (text === this.#text) return;
    this.#text = text;
    this.#start = text.length;
    this.#end = text.length;
  }
  get selectionStart(): number {
    return this.#start;
  }
  get selectionEnd(): number {
    return this.#end;
  }
  setSelectionRange(start: number, end: number): void {
    this.#end = Math.min(end, this.#text.length);
    this.#start = Math.min(start, this.#end);
  }
  matches(selector: string): boolean {
    return selector === ":focus" && this.focused;
  }
  addEventListener(_type: "beforeinput", listener: (event: BeforeInput) => void): void {
    this.#listener = listener;
  }
  removeEventListener(): void {
    this.#listener = null;
  }

  /** Does what a person does, at the caret as it stands; the country list is no part of the field. */
  perform(act: Act): void {
    switch (act.does) {
      case "key":
      case "insert":
        return this.insert(act.text, "insertText");
      case "paste":
        this.clipboard = act.text;
        return this.insert(act.text, "insertFromPaste");
      case "pasteBack":
        return this.clipboard === "" ? undefined : this.insert(this.clipboard, "insertFromPaste");
      case "copy":
        return this.copy();
      case "cut":
        return this.cut();
      case "remove":
        return this.remove(act.what, act.way);
      case "drag": {
        const target = targetOf(act, this.#text);
        // Dropping what is dragged where it is changes nothing, and nothing is told of it.
        return target >= this.#start && target <= this.#end ? undefined : this.drag(target);
      }
      case "dragOut":
        return this.dragOut();
      case "drop":
        return this.drop(act.text, targetOf(act, this.#text));
      case "undo":
      case "redo":
        return act.by === "menu"
          ? this.menu(act.does === "undo" ? "historyUndo" : "historyRedo")
          : this.press(act.does);
      case "compose":
        return this.compose(act.interim, act.last, act.engine);
      case "fill":
        return this.fill(act.text);
      case "choose":
      case "plansArrive":
        return;
    }
  }

  /** Inserts text in place of what is selected: keys, paste, a keyboard that writes several characters at once. */
  insert(text: string, inputType: string): void {
    if (this.#before(inputType)) this.#replace(this.#start, this.#end, text, inputType);
  }

  /** Presses Backspace or Delete, alone (`Content`), by the word or to the end of the line. */
  remove(what: Reach, way: Way): void {
    const [start, end] = [this.#start, this.#end];
    const inputType = `delete${start === end ? what : "Content"}${way}`;
    const [from, to] = start === end ? reachOf(this.#text, start, what, way) : [start, end];
    // There is nothing beyond the end of a line to announce.
    if (from === to && what === "SoftLine") return;
    if (this.#before(inputType) && from !== to) this.#replace(from, to, "", inputType);
  }

  copy(): void {
    if (this.#start !== this.#end) this.clipboard = this.#text.slice(this.#start, this.#end);
  }

  cut(): void {
    if (this.#start === this.#end) return;
    this.copy();
    if (this.#before("deleteByCut")) this.#replace(this.#start, this.#end, "", "deleteByCut");
  }

  /** Drags what is selected, if anything is, to another place outside of the selection. */
  drag(target: number): void {
    const [start, end] = [this.#start, this.#end];
    const dragged = this.#text.slice(start, end);
    if (dragged === "" || !this.#before("deleteByDrag")) return;
    this.#replace(start, end, "", "deleteByDrag");
    this.drop(dragged, target > start ? target - dragged.length : target);
  }

  /** Drags what is selected out of the field. */
  dragOut(): void {
    if (this.#start !== this.#end && this.#before("deleteByDrag"))
      this.#replace(this.#start, this.#end, "", "deleteByDrag");
  }

  /** Drops a text that may come from elsewhere. */
  drop(text: string, at: number): void {
    this.setSelectionRange(at, at);
    if (this.#before("insertFromDrop")) this.#replace(at, at, text, "insertFromDrop", at);
  }

  /** Chooses Undo or Redo in the browser's menu. */
  menu(inputType: "historyUndo" | "historyRedo"): void {
    if (this.#before(inputType)) throw new Error("The browser's own history knows nothing of what the page wrote.");
  }

  /** Presses the keys for it. */
  press(does: "undo" | "redo"): void {
    const key = does === "undo" ? "z" : "y";
    const isTaken = this.#entry.pressed({ key, ctrlKey: true, metaKey: false, shiftKey: false, altKey: false });
    if (!isTaken) throw new Error("The field leaves its history to the browser.");
  }

  /** Composes with an input method: the interim texts, then the last one; null gives up. */
  compose(interim: readonly string[], last: string | null, engine: Engine): void {
    const isComposing = true;
    const begin = this.#start;
    let end = this.#end;
    const show = (text: string, inputType: string, told: Told) => {
      this.#before(inputType, { cancelable: false, isComposing });
      this.#replace(begin, end, text, inputType, begin + text.length, told);
      end = begin + text.length;
      // While it composes, the browser tells of the composed text as of a selection.
    };
    for (const text of interim) show(text, "insertCompositionText", { isComposing });
    const committed = last ?? "";
    if (engine === "webkit") {
      show("", "deleteCompositionText", { isComposing });
      show(committed, "insertFromComposition", { isComposing });
      this.#entry.edited({});
    } else if (engine === "chromium") {
      show(committed, "insertCompositionText", { isComposing });
      this.#entry.edited({});
    } else {
      this.#before("insertCompositionText", { cancelable: false, isComposing });
      this.#write(begin, end, committed, begin + committed.length);
      this.#entry.edited({});
      this.#tell("insertCompositionText", {});
    }
  }

  /** Fills everything in, as autofill does: without a word beforehand, and without a kind of edit. */
  fill(text: string): void {
    this.#write(0, this.#text.length, text, text.length);
    this.#tell(undefined, {});
  }

  /** Returns whether the edit goes ahead. */
  #before(inputType: string, { cancelable = true, isComposing = false }: Told = {}): boolean {
    let goesAhead = true;
    const preventDefault = () => {
      if (cancelable) goesAhead = false;
    };
    this.#listener?.({ inputType, isComposing, cancelable, preventDefault });
    return goesAhead;
  }

  #replace(from: number, to: number, text: string, inputType: string, start = from + text.length, told: Told = {}) {
    this.#write(from, to, text, start);
    this.#tell(inputType, told);
  }

  #write(from: number, to: number, text: string, start: number): void {
    this.#text = this.#text.slice(0, from) + text + this.#text.slice(to);
    this.#end = from + text.length;
    this.#start = start;
  }

  #tell(inputType: string | undefined, { isComposing = false }: Told): void {
    if (this.#text === this.#tracked) return;
    this.#tracked = this.#text;
    this.#entry.edited(inputType === undefined ? {} : { inputType, isComposing });
  }
}
