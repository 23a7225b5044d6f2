import type { createPhoneEntry } from "../ui/phone/phone-entry.ts";
import type { Act, Place, Sequence } from "./acts.ts";
import { editPlain } from "./edit-plain.ts";
import { isOfOneCountry, PlainField } from "./plain-field.ts";
import { StandInField } from "./stand-in-field.ts";

/** Describes the phone field that is played, and the browser around it. */
export type Played = {
  readonly create: typeof createPhoneEntry;
  /** Says whether the plan of a country has arrived. */
  readonly hasPlan: (region: string | null) => boolean;
  /** Runs what the field left for later. */
  readonly timePasses: () => void;
};

/** Plays a sequence in the phone field and in a plain one. */
export class Play {
  readonly field: StandInField;
  readonly plain: PlainField;
  readonly #entry: ReturnType<typeof createPhoneEntry>;
  readonly #played: Played;
  #region: string | null;
  /** Where the number would be dialled from. */
  #home: string | null;

  constructor({ region, language, text }: Sequence, played: Played) {
    this.#played = played;
    this.#region = region;
    this.#home = region;
    this.#entry = played.create({
      text,
      region,
      onRegion: (next) => {
        // The first country shown is the person's own, before a calling code in the text names another one.
        this.#home ??= next;
        this.#region = next;
      },
    });
    this.field = new StandInField(this.#entry, text);
    this.plain = new PlainField(text);
    this.#entry.attach(this.field);
    this.#entry.start([language]);
    this.#stayHome();
  }

  /** Is told that plans have arrived, upon which the field wrote anew what stood in it. */
  plansArrived(): string | null {
    this.#stayHome();
    return this.difference();
  }

  /** Does one thing to both and returns how they differ; null where they do not. */
  act(act: Act): string | null {
    const { field, plain } = this;
    field.focused = true;
    if ("at" in act && act.at !== null) this.#go(act.at);
    const seen = {
      text: field.value,
      start: field.selectionStart,
      end: field.selectionEnd,
      clipboard: field.clipboard,
      home: this.#dialsFrom(),
    };
    const caretIsKnown = editPlain(plain, act, seen);
    if (act.does === "choose") {
      // The country list has the focus meanwhile; the browser keeps the field's caret wherever the page left it.
      field.focused = false;
      this.#entry.choose(act.region);
      this.#home = act.region;
      field.focused = true;
      this.#go({ from: act.back, to: act.back });
    } else field.perform(act);
    if (act.does === "drag" || act.does === "dragOut") this.#played.timePasses();
    if (!caretIsKnown) this.#go({ from: field.selectionStart, to: field.selectionStart });
    this.#stayHome();
    return this.difference();
  }

  /** Says how the two fields differ; null where they do not. */
  difference(): string | null {
    return this.plain.differenceTo(this.field.value, this.field.selectionStart, this.field.selectionEnd);
  }

  #go(at: NonNullable<Place>): void {
    const length = this.field.value.length + 1;
    const [one, other] = [at.from % length, at.to % length];
    this.field.setSelectionRange(Math.min(one, other), Math.max(one, other));
    this.plain.select(this.field.value, Math.min(one, other), Math.max(one, other));
  }

  #stayHome(): void {
    if (isOfOneCountry(this.field.value, this.#dialsFrom())) this.#home = this.#region;
  }

  /** What 011 means is in the plan of the country alone. */
  #dialsFrom(): string | null {
    return this.#played.hasPlan(this.#home) ? this.#home : null;
  }
}
