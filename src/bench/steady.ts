import { sendAtRate } from "./fixed-rate.ts";
import { medianOf, percentileOf } from "./medians.ts";
import type { Subject } from "./subjects.ts";

/** What the goal speaks of: five hundred a second, which is more people than most sites have at once. */
const RATE = 500;
/** Three seconds are fifteen hundred requests, and fifteen of them are slower than the p99. */
const SECONDS = 3;
const ROUNDS = 3;

/** Medians of the latencies of a subject at the fixed rate, in ms from the instant at which each request was due. */
export type SteadyFigures = { name: string; p50: number; p99: number };

/** Measures each subject at a fixed rate, one after another in each round. */
export async function playSteady(subjects: readonly Subject[]): Promise<SteadyFigures[]> {
  const runs = subjects.map((subject) => ({ subject, rounds: [] as { p50: number; p99: number }[] }));
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const { subject, rounds } of runs) {
      const prepared = await subject.prepare(RATE * SECONDS);
      const requests = Array.from({ length: RATE * SECONDS }, (_, index) => prepared[index % prepared.length]);
      const took = await sendAtRate(
        subject.program.port,
        RATE,
        requests.filter((request) => request !== undefined),
      );
      await subject.clear();
      rounds.push({ p50: percentileOf(took, 0.5), p99: percentileOf(took, 0.99) });
    }
  }
  return runs.map(({ subject, rounds }) => ({
    name: subject.name,
    p50: medianOf(rounds.map(({ p50 }) => p50)),
    p99: medianOf(rounds.map(({ p99 }) => p99)),
  }));
}
