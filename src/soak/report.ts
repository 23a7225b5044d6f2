import type { FlowResult } from "../cluster/flow.ts";
import { LOOKED_AT, type Looked, type Looks } from "./looks.ts";
import { lowest, type Sample, trendOf } from "./trend.ts";

/** Everything a run has seen. */
export type Run = {
  startedAt: number;
  minutes: number;
  /** Before the load, during it, and after a while without any. */
  idle: Looks;
  looks: Looks;
  quiet: Looks;
  results: readonly FlowResult[];
  broken: readonly string[];
  struck: ReadonlyMap<string, number>;
  readings: number;
  readingFaults: readonly string[];
  /** Answers of the server that were its own fault. */
  serverFaults: number;
  isAlive: boolean;
  /** Whether the server keeps the records in its own memory, where accounts stay for hours by design. */
  keepsRecords: boolean;
};

/** One line of the outcome: a sentence that holds or does not. */
export type Verdict = { sentence: string; holds: boolean };

/** Pools, caches and compiled code fill up in the first third, and in no more than ten minutes. */
const WARM_UP_SHARE = 1 / 3;
const WARM_UP_AT_MOST_MS = 600_000;
/** Four looks are a minute, in which the old generation is collected once at least. */
const LOOKS_A_MINUTE = 4;
/** A leak that an operator would notice within a day; below it, what is measured is the collector's own rhythm. */
const PERCENT_AN_HOUR = 1;
const GROWTH_AT_MOST = 1.05;
/** Connections to the tenant come and go; there are 32 of them at most. */
const POOL = 32;
/** What an account and its link weigh in this process, which keeps them for two hours or thirty days. */
const ACCOUNT_BYTES = 8_192;

const MEMORY: readonly Looked[] = ["rss", "heap", "external"];
const COUNTS: readonly Looked[] = ["descriptors", "handles"];

function warm({ startedAt, minutes }: Run, samples: readonly Sample[]): Sample[] {
  const from = startedAt + Math.min(WARM_UP_AT_MOST_MS, minutes * 60_000 * WARM_UP_SHARE);
  return samples.filter(({ at }) => at >= from);
}

function settled(run: Run, name: Looked): Sample[] {
  const samples = warm(run, run.looks[name]);
  return name === "heap" ? lowest(samples, LOOKS_A_MINUTE) : samples;
}

const last = (samples: readonly Sample[]): number => samples.at(-1)?.value ?? 0;
const mean = (samples: readonly Sample[]): number => trendOf(samples).mean;
const ends = (samples: readonly Sample[]): [first: Sample[], rest: Sample[]] => {
  const third = Math.max(1, Math.floor(samples.length / 3));
  return [samples.slice(0, third), samples.slice(-third)];
};

/** Lays out what was looked at: before, at the beginning and end of the load once warm, where it leads, and after a while of quiet. */
export function tableOf(run: Run): string {
  const rows = [...MEMORY, ...COUNTS].map((name) => {
    const samples = settled(run, name);
    const [first, rest] = ends(samples);
    const { percentAnHour, uncertain } = trendOf(samples);
    const say = (value: number) => (MEMORY.includes(name) ? `${(value / 2 ** 20).toFixed(1)} MiB` : value.toFixed(0));
    const trend = `${percentAnHour.toFixed(1)} ± ${uncertain.toFixed(1)} %/h`;
    return [
      LOOKED_AT[name],
      say(last(run.idle[name])),
      say(mean(first)),
      say(mean(rest)),
      trend,
      say(last(run.quiet[name])),
    ];
  });
  const lines = [["", "before", "warm", "at the end", "slope", "quiet again"], ...rows];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const troubles = [...run.struck].map(([title, times]) => `${times} × ${title}`).join(", ");
  return [...table, "", `${run.results.length} flows, ${run.readings} readings; the tenant: ${troubles}`].join("\n");
}

/** Judges the run. */
export function verdictsOf(run: Run): Verdict[] {
  const { results, broken, readingFaults } = run;
  const sum = (of: (result: FlowResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const lost = results.filter(({ recoveryCode }) => recoveryCode === "lost").length;
  const troubled = [...run.struck.values()].reduce((total, times) => total + times, 0);
  return [
    {
      sentence: `${results.length} flows ended, ${broken.length} did not`,
      holds: results.length > 0 && broken.length === 0,
    },
    {
      sentence: `the tenant failed ${troubled} times, in ${run.struck.size} ways`,
      holds: troubled > results.length / ONE_IN_FLOWS,
    },
    {
      sentence: `${sum(({ faults }) => faults.length)} claims that the tenant denies`,
      holds: sum(({ faults }) => faults.length) === 0,
    },
    {
      sentence: `${sum(({ duplicates }) => duplicates)} messages or confirmations more than asked for`,
      holds: sum(({ duplicates }) => duplicates) === 0,
    },
    {
      sentence: `${sum(({ foreign }) => foreign.length)} answers that were somebody else's`,
      holds: sum(({ foreign }) => foreign.length) === 0,
    },
    { sentence: `${lost} recovery codes lost`, holds: lost === 0 },
    {
      sentence: `${readingFaults.length} of ${run.readings} readings failed`,
      holds: readingFaults.length === 0 && run.readings > 0,
    },
    {
      sentence: `${run.serverFaults} answers of the server were its own fault, and it runs`,
      holds: run.serverFaults === 0 && run.isAlive,
    },
    ...MEMORY.map((name) => flat(run, name)),
    ...COUNTS.map((name) => {
      const [first, rest] = ends(settled(run, name));
      const [most, before] = [rest, first].map((samples) => Math.max(...samples.map(({ value }) => value)));
      const holds = (most ?? 0) <= (before ?? 0) + POOL && last(run.quiet[name]) <= last(run.idle[name]) + POOL;
      return { sentence: `${LOOKED_AT[name]} is flat, and as before when it is quiet`, holds };
    }),
  ];
}

/** At least one trouble in as many flows: a run without trouble shows nothing. */
const ONE_IN_FLOWS = 10;

function flat(run: Run, name: Looked): Verdict {
  const samples = settled(run, name);
  const [first, rest] = ends(samples);
  const { percentAnHour, uncertain } = trendOf(samples);
  if (run.keepsRecords) {
    const each = (mean(rest) - mean(first)) / Math.max(1, run.results.length / 2);
    return { sentence: `${LOOKED_AT[name]} grows by no more than the accounts it keeps`, holds: each <= ACCOUNT_BYTES };
  }
  if (!Number.isFinite(uncertain))
    return { sentence: `${LOOKED_AT[name]}: the run is too short to tell`, holds: false };
  const holds = percentAnHour - uncertain <= PERCENT_AN_HOUR && mean(rest) <= mean(first) * GROWTH_AT_MOST;
  return { sentence: `${LOOKED_AT[name]} is flat`, holds };
}
