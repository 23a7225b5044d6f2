import { existsSync, readFileSync } from "node:fs";

/** Names a test by its file and its title. */
export type NamedTest = { readonly file: string; readonly title: string };

/** Reads the tests that a table's cells name, each as a file between backquotes and its title between quotation marks. */
export function testsIn(cells: string): readonly NamedTest[] {
  return [...cells.matchAll(/`(\S+\.(?:test|e2e)\.tsx?)` "([^"]+)"/g)].map(([, file = "", title = ""]) => ({
    file,
    title,
  }));
}

/** Tells whether a file below a folder has a test of this very title, also one for each row of a list or named by a constant. */
export function hasTest(folder: URL, { file, title }: NamedTest): boolean {
  const path = new URL(file, folder);
  if (!existsSync(path)) return false;
  const literal = title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const quoted = String.raw`["\`]${literal}["\`]`;
  const text = readFileSync(path, "utf8");
  if (new RegExp(String.raw`(?<!describe)\(\s*${quoted},\s*(?:\{[^}]*\},\s*)?(?:async )?\(`).test(text)) return true;
  const name = new RegExp(String.raw`const (\w+) =\s*${quoted};`).exec(text)?.[1];
  return name !== undefined && new RegExp(String.raw`test\(${name}, async`).test(text);
}
