import metadata from "libphonenumber-js/metadata.max";

/*
 * The field that the phone field must be like: it knows no separators, writes nothing by itself and has a history of its
 * own. It shares nothing with the phone field but the numbering plans' public tables, so that both are not wrong alike.
 */

/** Describes what a plain field holds and what is selected in it. */
export type PlainState = {
  /** Digits and a leading `+`; where `literal`, whatever the person wrote, as they wrote it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly literal: boolean;
};

/** Describes an edit as the person means it: from where to where, in the text they see, and what comes there. */
export type PlainEdit = {
  readonly seen: string;
  readonly from: number;
  readonly to: number;
  readonly put: string;
  /** Characters typed in a row are one step of the history. */
  readonly typed: boolean;
  /** What is dropped stays selected. */
  readonly selects?: boolean;
};

type Step = {
  readonly before: PlainState;
  readonly after: PlainState;
  readonly typed: boolean;
  /** Nobody was told beforehand, so nobody knows where the caret was. */
  readonly blind: boolean;
};

/** Writes the digits and signs of the scripts that the runs type in as 0 to 9 and `+`. */
function ascii(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replaceAll("＋", "+");
}

const bare = (text: string): string => ascii(text).replace(/[\s()./\u00a0\u200e\u202a\u202c–-]/g, "");

/** Says whether a text is more than one number: letters, a `+` inside, "(0)" after a calling code. */
function isMore(text: string): boolean {
  const dialled = bare(text);
  return !/^\+?\d*$/.test(dialled) || (/^(?:\+|00[1-9])/.test(dialled) && /\d\s*\(0\)/.test(ascii(text)));
}

const same = (one: PlainState, other: PlainState) => one.text === other.text && one.literal === other.literal;

/** Returns the digits after the prefix for calling abroad, as people of `home` dial it; null for a number of one country. */
function dialledAbroad(text: string, home: string | null): string | null {
  const dialled = bare(text);
  if (!/^\+*\d*$/.test(dialled)) return null;
  const plus = /^\++(?:00)?/.exec(dialled)?.[0];
  if (plus !== undefined) return dialled.slice(plus.length);
  const countries: Readonly<Record<string, readonly unknown[]>> = metadata.countries;
  const own = home === null ? undefined : countries[home]?.[1];
  const prefix = typeof own === "string" ? new RegExp(`^(?:${own})(?!0)`).exec(dialled)?.[0] : undefined;
  if (prefix) return dialled.slice(prefix.length);
  return /^00(?!0)/.test(dialled) ? dialled.slice(2) : null;
}

/** Says whether a text is a number of one country, or nothing: then the country shown is the one it is dialled from. */
export function isOfOneCountry(text: string, home: string | null): boolean {
  return /^\d*$/.test(bare(text)) && dialledAbroad(text, home) === null;
}

const codes: Readonly<Record<string, readonly string[]>> = metadata.country_calling_codes;

/** Stands for a field without separators. */
export class PlainField {
  state: PlainState;
  #past: Step[] = [];
  #future: Step[] = [];
  #open = false;

  constructor(text: string) {
    const plain = isMore(text) ? text : bare(text);
    this.state = { text: plain, start: plain.length, end: plain.length, literal: isMore(text) };
  }

  /** Takes over where the person has put the caret, or what they have selected, in the text they see. */
  select(seen: string, from: number, to: number): void {
    this.state = { ...this.state, start: this.#place(seen, from), end: this.#place(seen, to) };
  }

  edit({ seen, from, to, put, typed, selects = false }: PlainEdit): void {
    this.#note(this.state, this.#edited({ seen, from, to, put, selects }), { typed });
  }

  /** Moves what is selected to another place, in one step of the history. */
  drag(seen: string, from: number, to: number, target: number): void {
    const dragged = seen.slice(from, to);
    const before = this.state;
    // Between its two halves nothing is written, so the person still sees the separators.
    const left = seen.slice(0, from) + seen.slice(to);
    this.state = this.#edited({ seen, from, to, put: "", selects: false });
    const at = target > from ? target - dragged.length : target;
    const after = this.#edited({ seen: left, from: at, to: at, put: dragged, selects: true });
    this.state = before;
    this.#note(before, after, {});
  }

  /** Replaces everything without telling beforehand, as autofill does. */
  fill(text: string): void {
    const after = this.#of(text, text.length, text.length);
    this.#note(this.state, after, { typed: false, blind: true });
  }

  /** Exchanges the calling code for that of another country. */
  choose(seen: string, region: string, home: string | null): void {
    const digits = dialledAbroad(seen, home);
    if (digits === null) return;
    const code = [1, 2, 3].map((length) => digits.slice(0, length)).find((start) => Object.hasOwn(codes, start));
    const own = Object.keys(codes).find((candidate) => codes[candidate]?.includes(region)) ?? "";
    const rest = code === undefined ? digits.slice(digits.length > 3 ? 0 : 3) : digits.slice(code.length);
    const text = `+${own}${rest}`;
    this.#note(this.state, { text, start: text.length, end: text.length, literal: false }, { always: true });
  }

  /** Says how a phone field that shows this differs; null where it does not. */
  differenceTo(shown: string, start: number, end: number): string | null {
    const { text, literal } = this.state;
    const count = (part: string) => (literal ? part.length : part.replace(/[^+\d]/g, "").length);
    const digits = literal ? shown : shown.replace(/[\s().\u00a0–/-]/g, "");
    const [first, last] = [count(shown.slice(0, start)), count(shown.slice(0, end))];
    if (digits === text && first === this.state.start && last === this.state.end) return null;
    const wanted = `${JSON.stringify(text)} ${this.state.start}-${this.state.end}${literal ? " as written" : ""}`;
    return `plain ${wanted}, phone ${JSON.stringify(shown)} ${first}-${last}`;
  }

  /** Takes the last step back. Returns whether it is known where the caret was. */
  undo(): boolean {
    return !this.#step(this.#past, this.#future, "before");
  }

  redo(): boolean {
    this.#step(this.#future, this.#past, "after");
    return true;
  }

  /** Returns whether the step was a blind one. */
  #step(from: Step[], to: Step[], which: "before" | "after"): boolean {
    this.#open = false;
    const step = from.pop();
    if (step === undefined) return false;
    to.push(step);
    this.state = step[which];
    return step.blind;
  }

  #note(
    before: PlainState,
    after: PlainState,
    { typed = false, blind = false, always = false }: { typed?: boolean; blind?: boolean; always?: boolean },
  ): void {
    this.state = after;
    if (!always && same(before, after)) return;
    const last = this.#past.at(-1);
    const goesOn =
      this.#open &&
      typed &&
      last?.typed === true &&
      same(last.after, before) &&
      before.start === before.end &&
      before.start === last.after.start;
    if (goesOn) this.#past.pop();
    this.#past.push({ before: goesOn ? last.before : before, after, typed, blind: goesOn ? last.blind : blind });
    this.#future = [];
    this.#open = true;
  }

  #edited({ seen, from, to, put, selects }: Omit<PlainEdit, "typed">): PlainState {
    const browser = seen.slice(0, from) + put + seen.slice(to);
    const start = from + (selects === true ? 0 : put.length);
    if (isMore(browser) || this.state.literal) return this.#of(browser, start, from + put.length);
    const [first, last] = [this.#place(seen, from), this.#place(seen, to)];
    const text = this.state.text.slice(0, first) + bare(put) + this.state.text.slice(last);
    const end = first + bare(put).length;
    return { text, start: selects === true ? first : end, end, literal: false };
  }

  #of(text: string, start: number, end: number): PlainState {
    if (isMore(text)) return { text, start, end, literal: true };
    const place = (at: number) => bare(text.slice(0, at)).length;
    return { text: bare(text), start: place(start), end: place(end), literal: false };
  }

  #place(seen: string, at: number): number {
    return this.state.literal ? at : bare(seen.slice(0, at)).length;
  }
}
