import type { Program } from "./program.ts";
import { type Asked, listingOf, readingOf, startOf } from "./requests.ts";

/** One thing that is measured: a program, and what it is asked. */
export type Subject = {
  name: string;
  program: Program;
  /** Returns so many requests; whatever they need is put in before. */
  prepare(count: number): Promise<Asked[]>;
  /** Takes out again what was put in. */
  clear(): Promise<void>;
  /** Whether each request can be sent but once. */
  isOnce: boolean;
  /** How many calls to the tenant's stub each request makes. */
  calls: 0 | 1;
};

/** A thousand visits are read in turn: more than a cache of a few would hold, few enough to be put in quickly. */
const READ_IN_TURN = 1_000;

/** The programs that are measured. */
export type Measured = { forwarder: Program; memory: Program; redis: Program; tenant: Program };

/** Lists what is measured in each round, in the order in which it is. */
export function subjectsOf({ forwarder, memory, redis, tenant }: Measured) {
  const none = async () => {};
  return {
    forwarder: {
      name: "raw forwarder",
      program: forwarder,
      prepare: async (count) => Array.from({ length: Math.min(count, READ_IN_TURN) }, () => startOf("nobody")),
      clear: none,
      isOnce: false,
      calls: 1,
    },
    sessionInMemory: reading("session, memory", memory),
    startInMemory: starting("start, memory", memory),
    sessionInRedis: reading("session, Redis", redis),
    startInRedis: starting("start, Redis", redis),
    tenant: {
      name: "simulated tenant, list",
      program: tenant,
      prepare: async () => (await secretsOf(tenant, 1)).map(listingOf),
      clear: none,
      isOnce: false,
      calls: 0,
    },
  } satisfies Record<string, Subject>;
}

function reading(name: string, program: Program): Subject {
  return {
    name,
    program,
    prepare: async (count) => (await secretsOf(program, Math.min(count, READ_IN_TURN))).map(readingOf),
    clear: async () => void (await program.ask({ do: "forget" })),
    isOnce: false,
    calls: 0,
  };
}

function starting(name: string, program: Program): Subject {
  return {
    name,
    program,
    prepare: async (count) => (await secretsOf(program, count)).map(startOf),
    clear: async () => void (await program.ask({ do: "forget" })),
    isOnce: true,
    calls: 1,
  };
}

async function secretsOf(program: Program, count: number): Promise<string[]> {
  const answer = await program.ask({ do: "seed", kind: "fresh", count });
  return typeof answer === "number" ? [] : answer;
}
