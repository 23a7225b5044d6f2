import type { Figures } from "./rounds.ts";
import type { SteadyFigures } from "./steady.ts";

/** Everything that was measured. */
export type Measurement = {
  forwarder: Figures;
  sessionInMemory: Figures;
  startInMemory: Figures;
  sessionInRedis: Figures;
  startInRedis: Figures;
  tenant: Figures;
  /** The upstream alone, then what stands before it. */
  steady: { alone: SteadyFigures; others: SteadyFigures[] };
  /** Bytes of ten thousand visits. */
  bytes: { idle: number; enrolling: number };
  coldStartMs: number;
};

/** A goal, with what was measured of it. */
export type Verdict = { holds: boolean; sentence: string };

const MB = 1_000_000;

/** Returns what was measured as a table. */
export function tableOf(measured: Measurement): string {
  const { forwarder, sessionInMemory, startInMemory, sessionInRedis, startInRedis, tenant, steady } = measured;
  const rows = [forwarder, sessionInMemory, startInMemory, sessionInRedis, startInRedis, tenant].map((row) => [
    row.name.padEnd(24),
    row.perSecond.toFixed(0).padStart(9),
    (row.perSecond / forwarder.perSecond).toFixed(2).padStart(13),
    row.p50.toFixed(2).padStart(8),
    row.p99.toFixed(2).padStart(8),
    (row.cpu?.toFixed(0) ?? "").padStart(15),
  ]);
  const head = ["", "requests/s", "of forwarder", "p50 ms", "p99 ms", "CPU µs/request"];
  const widths = [24, 10, 12, 8, 8, 15];
  const atRate = [steady.alone, ...steady.others].map(
    ({ name, p50, p99 }) => `${name.padEnd(24)}${p50.toFixed(2).padStart(8)}${p99.toFixed(2).padStart(9)}`,
  );
  return [
    head.map((text, index) => text.padStart(widths[index] ?? 0)).join(" "),
    ...rows.map((row) => row.join(" ")),
    "",
    `${"at 500 requests/s".padEnd(24)}  p50 ms   p99 ms`,
    ...atRate,
    "",
    `10,000 idle visits: ${inMb(measured.bytes.idle)}, in the middle of an enrollment: ${inMb(measured.bytes.enrolling)}`,
    `cold start of the production server: ${measured.coldStartMs.toFixed(0)} ms`,
  ].join("\n");
}

/** Holds what was measured against the goals. */
export function verdictsOf(measured: Measurement): Verdict[] {
  const { forwarder, sessionInMemory, startInMemory, sessionInRedis, startInRedis, steady, bytes } = measured;
  const added = Math.max(...steady.others.map(({ p99 }) => p99)) - steady.alone.p99;
  return [
    atLeast("a reading of the session, of the forwarder", sessionInMemory.perSecond / forwarder.perSecond, 0.6),
    atLeast("a start of an enrollment, of the forwarder", startInMemory.perSecond / forwarder.perSecond, 0.3),
    atLeast("a reading with Redis, of the one in memory", sessionInRedis.perSecond / sessionInMemory.perSecond, 0.6),
    atLeast("a start with Redis, of the one in memory", startInRedis.perSecond / startInMemory.perSecond, 0.6),
    atMost("10,000 visits in the middle of an enrollment, MB", bytes.enrolling / MB, 40),
    atMost("10,000 idle visits, MB", bytes.idle / MB, 4),
    atMost("p99 added at 500 requests/s, ms", added, 20),
  ];
}

function atLeast(what: string, value: number, goal: number): Verdict {
  return { holds: value >= goal, sentence: `${what}: ${value.toFixed(2)}, at least ${goal.toFixed(2)}` };
}

function atMost(what: string, value: number, goal: number): Verdict {
  return { holds: value <= goal, sentence: `${what}: ${value.toFixed(1)}, at most ${goal}` };
}

function inMb(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}
