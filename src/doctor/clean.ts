/** Longer than any sentence of Auth0's, shorter than a page of HTML. */
const LONGEST = 200;

/** Makes a text of the tenant fit to be shown in a terminal: one short line without control characters. */
export function clean(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
