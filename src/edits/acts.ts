import fc from "fast-check";
import type { Reach, Way } from "./reach.ts";
import type { Engine } from "./stand-in-field.ts";

/** Where the person goes before an edit: from one place to another, as often round the text as it takes; null stays at the caret. */
export type Place = { readonly from: number; readonly to: number } | null;

/** What a person does to a phone field. Each can be written down as JSON and played again. */
export type Act =
  | { readonly does: "key" | "insert" | "paste"; readonly text: string; readonly at: Place }
  | {
      readonly does: "remove";
      readonly what: Reach;
      readonly way: Way;
      readonly at: Place;
    }
  | { readonly does: "cut" | "copy" | "pasteBack" | "dragOut"; readonly at: Place }
  | { readonly does: "drag"; readonly at: Place; readonly target: number }
  | { readonly does: "drop"; readonly text: string; readonly target: number }
  | { readonly does: "undo" | "redo"; readonly by: "keys" | "menu" }
  | {
      readonly does: "compose";
      readonly interim: readonly string[];
      readonly last: string | null;
      readonly engine: Engine;
      readonly at: Place;
    }
  | { readonly does: "fill"; readonly text: string }
  | { readonly does: "choose"; readonly region: string; readonly back: number }
  | { readonly does: "plansArrive" };

/** A field as somebody finds it, and all they do to it. */
export type Sequence = {
  readonly region: string | null;
  readonly language: string;
  readonly text: string;
  readonly acts: readonly Act[];
};

/** Returns where in a text an act drops something. */
export function targetOf({ target }: { readonly target: number }, text: string): number {
  return target % (text.length + 1);
}

/** Countries whose ways to write numbers differ most, those that share a calling code, and one that dials abroad by 011. */
const HOMES = "US CA GB IM JE DE IT AR MX BR CN KZ RU FR JP IN AU KR IL HU BY SG AT FI CR SM TR ID UZ PL".split(" ");

/** Texts that people paste, drop, have filled in or have written for them. */
const WRITTEN = [
  "+44 20 7946 0123",
  "+44 (0)20 7946 0123",
  "0044 7400 123456",
  "011 44 7400 123456",
  "(202) 555-0123",
  "+1-202-555-0123",
  "+54 9 11 2345-6789",
  "011 15-2345-6789",
  "+52 1 55 1234 5678",
  "(11) 96123-4567",
  "+39 06 1234 5678",
  "030/123456",
  "138 0013 8000",
  "+7 701 123 45 67",
  "+44.7624.123456",
  "8 (912) 345-67-89",
  "٠١٢٣٤٥٦٧٨٩",
  "＋８１ ９０ １２３４ ５６７８",
  "\u202a+49 170 1234567\u202c",
  "06\u00a012\u00a034\u00a056\u00a078",
  "42",
  "7946-",
  " ",
  "call me",
  "555 x12",
];

const DIGITS = "0123456789".split("");
const KEYS = [...DIGITS, ...DIGITS, ..."+-( )./٣７x".split("")];

const place = fc.option(fc.record({ from: fc.nat({ max: 24 }), to: fc.nat({ max: 24 }) }), { nil: null, freq: 2 });
/** Most edits go on at a caret; every second one elsewhere is over a selection. */
const at: fc.Arbitrary<Place> = fc.oneof(
  fc.constant(null),
  fc.nat({ max: 24 }).map((from) => ({ from, to: from })),
  place,
);
const written = fc.constantFrom(...WRITTEN);
const way = fc.constantFrom("Backward" as const, "Forward" as const);
const by = fc.constantFrom("keys" as const, "menu" as const);

const digit = fc.record({
  does: fc.constant("key" as const),
  text: fc.constantFrom(...DIGITS),
  at: fc.constant(null),
});
const key = fc.record({ does: fc.constant("key" as const), text: fc.constantFrom(...KEYS), at });
const remove = fc.record({
  does: fc.constant("remove" as const),
  what: fc.constantFrom(
    "Content" as const,
    "Content" as const,
    "Content" as const,
    "Word" as const,
    "SoftLine" as const,
  ),
  way,
  at,
});
const paste = fc.record({ does: fc.constant("paste" as const), text: written, at });
const insert = fc.record({ does: fc.constant("insert" as const), text: written, at });
const clipboard = fc.record({ does: fc.constantFrom("cut" as const, "copy" as const, "pasteBack" as const), at });
const dragOut = fc.record({ does: fc.constant("dragOut" as const), at: place });
const history = fc.record({ does: fc.constantFrom("undo" as const, "undo" as const, "redo" as const), by });
const drag = fc.record({ does: fc.constant("drag" as const), at: place, target: fc.nat({ max: 24 }) });
const drop = fc.record({ does: fc.constant("drop" as const), text: written, target: fc.nat({ max: 24 }) });
const compose = fc.record({
  does: fc.constant("compose" as const),
  interim: fc.array(fc.constantFrom("1", "12", "１２", "ni", "٣", "20 7", ""), { minLength: 1, maxLength: 3 }),
  last: fc.constantFrom("1", "12", "１２", "２０", "٣", "20 7946", null),
  engine: fc.constantFrom("chromium" as const, "gecko" as const, "webkit" as const),
  at,
});
const fill = fc.record({ does: fc.constant("fill" as const), text: written });
const choose = fc.record({
  does: fc.constant("choose" as const),
  region: fc.constantFrom(...HOMES),
  back: fc.nat({ max: 24 }),
});
const plansArrive = fc.constant({ does: "plansArrive" as const });

const BY_HAND = [
  { weight: 8, arbitrary: digit },
  { weight: 6, arbitrary: key },
  { weight: 6, arbitrary: remove },
  { weight: 2, arbitrary: paste },
  { weight: 2, arbitrary: clipboard },
  { weight: 4, arbitrary: history.map((act) => ({ ...act, by: "keys" as const })) },
  {
    weight: 1,
    // An input method that shows nothing any more has given up.
    arbitrary: compose.map((act) => ({
      ...act,
      interim: act.interim.map((text) => text || "1"),
      engine: "chromium" as const,
    })),
  },
];

const EVERYTHING = [
  { weight: 8, arbitrary: digit },
  { weight: 6, arbitrary: key },
  { weight: 6, arbitrary: remove },
  { weight: 2, arbitrary: paste },
  { weight: 1, arbitrary: insert },
  { weight: 3, arbitrary: clipboard },
  { weight: 4, arbitrary: history },
  { weight: 1, arbitrary: drag },
  { weight: 1, arbitrary: dragOut },
  { weight: 1, arbitrary: drop },
  { weight: 2, arbitrary: compose },
  { weight: 1, arbitrary: fill },
  { weight: 1, arbitrary: choose },
];

const begin = {
  region: fc.option(fc.constantFrom(...HOMES), { nil: null, freq: 3 }),
  language: fc.constantFrom("en-US", "de-DE", "pt-BR", "ja-JP"),
  text: fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight: 1, arbitrary: written }),
};

const sequences = (acts: fc.WeightedArbitrary<Act>[], most: number): fc.Arbitrary<Sequence> =>
  fc.record({ ...begin, acts: fc.array(fc.oneof(...acts), { minLength: 1, maxLength: most, size: "max" }) });

/** Everything people do, with all plans at hand. */
export const anyEdits: fc.Arbitrary<Sequence> = sequences(EVERYTHING, 40);
/** The same before the plans are here, which arrive at some time in between. */
export const editsBeforePlans: fc.Arbitrary<Sequence> = sequences(
  [...EVERYTHING, { weight: 3, arbitrary: plansArrive }],
  20,
);
/** What real keys, the clipboard and an input method can repeat in Chromium. */
export const editsByHand: fc.Arbitrary<Sequence> = sequences(BY_HAND, 14);
