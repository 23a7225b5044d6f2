import type { FlowResult } from "./flow.ts";
import { KILL_WINDOWS, WINDOW_TITLES } from "./kill-plan.ts";

/** Eight kills in each window, and four of five flows at the same step, are what the promise is worth. */
const KILLS_IN_EACH_WINDOW = 8;
const SAME_STEP_SHARE = 0.8;

/** One line of the outcome: a sentence that holds or does not. */
export type Verdict = { sentence: string; holds: boolean };

/** Lays the results out as a table, one row a window. */
export function tableOf(results: readonly FlowResult[]): string {
  const rows = KILL_WINDOWS.map((window) => [
    WINDOW_TITLES[window],
    ...cellsOf(results.filter(({ kill }) => kill.window === window)),
  ]);
  const head = [
    "killed",
    "flows",
    "same step",
    "truthful",
    "codes shown",
    "told lost",
    "lost",
    "duplicates",
    "longest wait",
  ];
  const lines = [head, ...rows, ["all", ...cellsOf(results)]];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

/** Judges the run as a whole; each flow counts by itself besides. */
export function verdictsOf(
  results: readonly FlowResult[],
  about: { readable: readonly string[]; nodeFaults: readonly string[] },
): Verdict[] {
  const planned = KILL_WINDOWS.filter((window) => window !== "random");
  const same = results.filter(({ sameStep }) => sameStep).length;
  return [
    ...planned.map((window) => ({
      sentence: `at least ${KILLS_IN_EACH_WINDOW} kills ${WINDOW_TITLES[window]}`,
      holds: results.filter(({ kill }) => kill.window === window).length >= KILLS_IN_EACH_WINDOW,
    })),
    {
      sentence: `${Math.round(SAME_STEP_SHARE * 100)} % of the flows go on at the same step`,
      holds: same >= results.length * SAME_STEP_SHARE,
    },
    {
      sentence: "no message and no confirmation is sent twice",
      holds: results.every(({ duplicates }) => duplicates === 0),
    },
    {
      sentence: "no recovery code that was stored is lost",
      holds: results.every(({ recoveryCode }) => recoveryCode !== "lost"),
    },
    { sentence: `nothing secret can be read in Redis${listed(about.readable)}`, holds: about.readable.length === 0 },
    { sentence: `no node ends by itself${listed(about.nodeFaults)}`, holds: about.nodeFaults.length === 0 },
  ];
}

function cellsOf(results: readonly FlowResult[]): string[] {
  const count = (holds: (result: FlowResult) => boolean) => String(results.filter(holds).length);
  const longest = results.reduce((most, { outageMs }) => Math.max(most, outageMs), 0);
  return [
    String(results.length),
    count(({ sameStep }) => sameStep),
    count(({ faults }) => faults.length === 0),
    count(({ recoveryCode }) => recoveryCode === "shown"),
    count(({ recoveryCode }) => recoveryCode === "told_lost"),
    count(({ recoveryCode }) => recoveryCode === "lost"),
    String(results.reduce((sum, { duplicates }) => sum + duplicates, 0)),
    `${(longest / 1000).toFixed(1)} s`,
  ];
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? "" : `: ${words.join(", ")}`;
}
