/** Provided by scripts/vite-catalogues.ts: the sentences of a catalogue without their keys. */
declare module "*?values" {
  /** A sentence, or its plural by the categories of `Intl.PluralRules`. */
  type Value = string | ({ readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string });

  export const values: readonly Value[];
}
