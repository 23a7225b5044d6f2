/** What a deletion key takes: a character, a word, or all to the end of the line. */
export type Reach = "Content" | "Word" | "SoftLine";
export type Way = "Backward" | "Forward";
export type Range = readonly [from: number, to: number];

/** Letters and digits, also with a point between digits, or signs in a row. */
const WORD = /(?:[\p{L}\p{N}]|(?<=\p{N})[.,](?=\p{N}))+|[^\p{L}\p{N}\s]+/gu;

/** Returns what a deletion at a caret takes in Chromium: a word goes with the blanks between it and the caret. */
export function reachOf(text: string, at: number, what: Reach, way: Way): Range {
  const words = what === "Word" ? [...text.matchAll(WORD)] : [];
  if (way === "Backward") {
    const word = words.findLast(({ index }) => index < at)?.index ?? 0;
    return [{ Content: Math.max(0, at - 1), Word: word, SoftLine: 0 }[what], at];
  }
  const word = words.map(({ 0: one, index }) => index + one.length).find((end) => end > at) ?? text.length;
  return [at, { Content: Math.min(text.length, at + 1), Word: word, SoftLine: text.length }[what]];
}

/** Returns what such a deletion means in a number: where it would take only separators, the digit or the group beyond them. */
export function meantReachOf(text: string, at: number, what: Reach, way: Way): Range {
  const reach = reachOf(text, at, what, way);
  if (what === "SoftLine" || /[+\d]/.test(text.slice(...reach))) return reach;
  const side = way === "Backward" ? text.slice(0, at) : text.slice(at);
  const group = way === "Backward" ? /[+\d]+[^+\d]*$/ : /^[^+\d]*[+\d]+/;
  const digit = way === "Backward" ? /[+\d][^+\d]*$/ : /^[^+\d]*[+\d]/;
  const length = (what === "Word" ? group : digit).exec(side)?.[0].length ?? 0;
  return way === "Backward" ? [at - length, at] : [at, at + length];
}
