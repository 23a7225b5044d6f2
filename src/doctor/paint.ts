import type { Level } from "./finding.ts";

/** SGR codes (ECMA-48 section 8.3.117). */
const CODES: Readonly<Record<Level | "bold" | "dim", string>> = {
  ok: "32",
  warn: "33",
  fail: "31",
  unseen: "35",
  bold: "1",
  dim: "2",
};

/** Colours a text by what it means, or leaves it as it is. */
export type Paint = (style: Level | "bold" | "dim", text: string) => string;

/** Creates the paint of a run. Nothing is told by colour alone. */
export function createPaint(isColoured: boolean): Paint {
  return (style, text) => (isColoured ? `\u001B[${CODES[style]}m${text}\u001B[0m` : text);
}
