/** Describes a sentence that depends on a number, keyed by the categories of `Intl.PluralRules`. */
export type Plural = { readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string };

/** Names the `{placeholders}` of a sentence. */
export type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** Describes the values a sentence must be given: `count` for a plural, and whatever stands in braces. */
export type ValuesOf<Entry> = Entry extends string
  ? { readonly [Name in Placeholders<Entry>]: string | number }
  : { readonly count: number } & {
      readonly [Name in Exclude<Placeholders<Entry[keyof Entry]>, "count">]: string | number;
    };

/** First strong isolate and pop directional isolate (Unicode UAX 9): a number inside right-to-left text keeps its order. */
const ISOLATE = ["\u2068", "\u2069"] as const;

/** Describes the language a sentence is spoken in. */
export type Tongue = { readonly locale: string; readonly direction: "ltr" | "rtl" };

/**
 * Fills the placeholders of a sentence. Numbers are written in the digits of the locale; in right-to-left languages each
 * value is isolated, so that a phone number or an address is never turned around. An unknown placeholder stays visible.
 */
export function fill(
  entry: string | Plural,
  values: Readonly<Record<string, string | number>>,
  tongue: Tongue,
): string {
  return pick(entry, values["count"], tongue.locale).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    const text = typeof value === "number" ? new Intl.NumberFormat(tongue.locale).format(value) : value;
    return tongue.direction === "rtl" ? ISOLATE.join(text) : text;
  });
}

function pick(entry: string | Plural, count: string | number | undefined, locale: string): string {
  if (typeof entry === "string") return entry;
  return entry[new Intl.PluralRules(locale).select(Number(count))] ?? entry.other;
}
