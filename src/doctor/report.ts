import type { Part } from "./checklist.ts";
import type { Finding, Level } from "./finding.ts";
import { callOf, type Step } from "./plan.ts";
import { createPaint, type Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

const WORDS: Readonly<Record<Level, string>> = { ok: "ok", warn: "warn", fail: "FAIL", unseen: "?" };

function countOf(parts: readonly Part[], level: Level): number {
  return parts.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
}

/** Gives the exit code: by the worst that was found. What could not be seen is not known to be well. */
export function exitCodeOf(parts: readonly Part[]): 0 | 1 | 2 {
  if (countOf(parts, "fail") > 0) return 2;
  return countOf(parts, "warn") + countOf(parts, "unseen") > 0 ? 1 : 0;
}

/** How the report is shown: its lines have `columns` at most, but for words that are longer. */
type Look = { isColoured: boolean; columns: number };

/** Writes the checklist for people: what is well in one line, everything else with what to do about it. */
export function textOf(parts: readonly Part[], steps: readonly Step[], look: Look): string {
  const paint = createPaint(look.isColoured);
  const width = Math.min(Math.max(look.columns, NARROWEST), COLUMNS);
  const said = new Map<string, string>();
  const blocks = parts.map(({ heading, findings }) =>
    [
      paint("bold", heading),
      ...findings.flatMap((finding) => linesOf(finding, { steps, paint, width, sameAs: sameAs(finding, said) })),
    ].join("\n"),
  );
  return `${[...blocks, summaryOf(parts, paint)].join("\n\n")}\n`;
}

/** One missing credential hides half of the list: what hides it is told in full once. */
function sameAs({ level, saw, title }: Finding, said: Map<string, string>): string | undefined {
  if (level !== "unseen") return undefined;
  const before = said.get(saw);
  if (before === undefined) said.set(saw, title);
  return before;
}

/** A report that goes nowhere in particular; on narrow terminals it is narrower, until a call would not find its place. */
export const COLUMNS = 100;
const NARROWEST = 60;
/** Room for the longest title. */
const TITLE = 29;
/** What is to be done stands under the title, with a word before it. */
const LABEL = 11;

type Showing = { steps: readonly Step[]; paint: Paint; width: number; sameAs: string | undefined };

function linesOf(finding: Finding, { steps, paint, width, sameAs }: Showing): string[] {
  const { id, level, title, saw, why, mend } = finding;
  const first = `  ${paint(level, WORDS[level].padEnd(4))}  ${title.padEnd(TITLE)}`;
  const beside = wrap(sameAs === undefined ? saw : `Could not be seen, as above: ${sameAs}.`, width - 8 - TITLE);
  const lines = indented(first, 8 + TITLE, beside);
  if (level === "ok" || sameAs !== undefined) return lines;
  const calls = steps.filter((step) => step.id === id).map(({ change, after }) => callOf(change, after));
  const said: [string, string | undefined][] = [
    ["why", why],
    ["here", mend.here],
    ["dashboard", mend.dashboard],
    ...[...(mend.api === undefined ? [] : [mend.api]), ...calls].map((call): [string, string] => ["API", call]),
    ["id", id],
  ];
  const under = width - 8 - LABEL;
  return [
    ...lines,
    ...said.flatMap(([label, text]) =>
      text === undefined ? [] : indented(`        ${paint("dim", label.padEnd(LABEL))}`, 8 + LABEL, wrap(text, under)),
    ),
  ];
}

/** Puts the first line behind a head and the others under it. */
function indented(head: string, width: number, [first = "", ...rest]: readonly string[]): string[] {
  return [head + first, ...rest.map((line) => " ".repeat(width) + line)];
}

/** For whoever has never seen Auth0. */
const LEGEND = `here: on your server's side. dashboard: the way through https://manage.auth0.com.
API: the same by a call of Auth0's Management API. Each finding is explained under its id in docs/doctor.md.`;

function summaryOf(parts: readonly Part[], paint: Paint): string {
  const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;
  const [fail, warn, unseen] = [countOf(parts, "fail"), countOf(parts, "warn"), countOf(parts, "unseen")];
  if (fail + warn + unseen === 0)
    return paint("ok", "All is well: nothing stands between this tenant and an enrollment.");
  const counts = [many(fail, "fault", "faults"), many(warn, "warning", "warnings"), `${unseen} could not be seen`];
  const level = fail > 0 ? "fail" : "warn";
  return `${paint(level, counts.join(", "))}.\n${paint("dim", LEGEND)}`;
}

/** Gives the report for machines. */
export function jsonOf(parts: readonly Part[]): { exitCode: number; checks: object[] } {
  const checks = parts.flatMap(({ heading, findings }) =>
    findings.map(({ changes, ...told }) => ({ part: heading, ...told, canBeApplied: (changes ?? []).length > 0 })),
  );
  return { exitCode: exitCodeOf(parts), checks };
}
