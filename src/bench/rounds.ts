import { medianOf } from "./medians.ts";
import { cpuMicroseconds } from "./process-cost.ts";
import type { Program } from "./program.ts";
import { textOf } from "./requests.ts";
import type { Subject } from "./subjects.ts";
import { runWrk } from "./wrk.ts";

/** Five rounds, as one that a neighbour of the machine disturbs, or two, then move no median. */
const ROUNDS = 5;
/** Three seconds are some ten thousand requests. */
const SECONDS = 3;
/**
 * The first requests run in code that is not compiled yet: the slowest path needs some thousand. Their figures are only used to know how
 * many a round will need.
 */
const WARM_UP_SECONDS = 8;
/** Enough for the warm-up of whatever can be asked but once. */
const WARM_UP_REQUESTS = 40_000;
/** A round may be twice as fast as the first, whose code was still being compiled, and a little more. */
const SPARE = 2.5;
/** What the load generator still had under way when it stopped, here or with the subject before, at most: its connections. */
const UNDER_WAY = 32;

/** Medians of a subject's rounds; latencies in ms, CPU in µs for each request, null where the system does not tell. */
export type Figures = { name: string; perSecond: number; p50: number; p99: number; cpu: number | null };

/** Measures each subject once in each round, so that whatever else the machine does meets all of them alike. */
export async function playRounds(subjects: readonly Subject[], stub: Program, directory: string): Promise<Figures[]> {
  const runs = subjects.map((subject) => ({ subject, fastest: 0, rounds: [] as Figures[] }));
  for (const run of runs) {
    const warm = await play(run.subject, { seconds: WARM_UP_SECONDS, count: WARM_UP_REQUESTS, stub, directory });
    run.fastest = warm.perSecond;
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const run of runs) {
      const count = Math.ceil(run.fastest * SPARE * SECONDS);
      const figures = await play(run.subject, { seconds: SECONDS, count, stub, directory });
      run.fastest = Math.max(run.fastest, figures.perSecond);
      run.rounds.push(figures);
    }
    console.log(`  round ${round} of ${ROUNDS}`);
  }
  return runs.map(({ subject, rounds }) => mediansOf(subject.name, rounds));
}

async function play(
  subject: Subject,
  about: { seconds: number; count: number; stub: Program; directory: string },
): Promise<Figures> {
  const { name, program, calls } = subject;
  const { seconds, count, stub, directory } = about;
  const requests = (await subject.prepare(count)).map(textOf);
  await stub.ask({ do: "calls" });
  const before = cpuMicroseconds(program.pid);
  const result = await runWrk({ directory, port: program.port, seconds, requests });
  const after = cpuMicroseconds(program.pid);
  const called = await stub.ask({ do: "calls" });
  await subject.clear();
  if (result.faults > 0 || result.requests === 0)
    throw new Error(`${name}: ${result.faults} of ${result.requests} requests were not answered as they should be.`);
  const wanted = calls * result.requests;
  if (Number(called) < wanted || Number(called) > wanted + UNDER_WAY)
    throw new Error(`${name}: ${result.requests} requests made ${String(called)} calls to the tenant.`);
  const cpu = before === null || after === null ? null : (after - before) / result.requests;
  return { name, perSecond: result.requests / result.seconds, p50: result.p50, p99: result.p99, cpu };
}

function mediansOf(name: string, rounds: readonly Figures[]): Figures {
  const cpus = rounds.map(({ cpu }) => cpu).filter((cpu) => cpu !== null);
  return {
    name,
    perSecond: medianOf(rounds.map(({ perSecond }) => perSecond)),
    p50: medianOf(rounds.map(({ p50 }) => p50)),
    p99: medianOf(rounds.map(({ p99 }) => p99)),
    cpu: cpus.length === 0 ? null : medianOf(cpus),
  };
}
