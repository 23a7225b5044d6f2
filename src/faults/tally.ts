import { allCells } from "./cells.ts";
import type { Outcome } from "./run-schedule.ts";

/** What many runs came to together. */
export type Tally = {
  readonly add: (outcome: Outcome) => void;
  /** A table of figures, and below it how often each call was struck, how and when. */
  readonly print: () => string;
};

/** Creates an empty tally. */
export function createTally(): Tally {
  const figures: Record<string, number> = {
    schedules: 0,
    "messages sent": 0,
    "recovery codes received": 0,
    "received and lost": 0,
    "lost upstream and repaired": 0,
    "lost upstream and truthfully reported": 0,
    "duplicate sends": 0,
    "false claims": 0,
    "retyped contacts": 0,
    "secrets outside their place": 0,
    "ended: through": 0,
    "ended: gave up": 0,
    "ended: unfinished": 0,
  };
  const struck: Record<string, number> = Object.fromEntries(allCells().map((cell) => [cell, 0]));
  const count = (name: string, by: number) => {
    figures[name] = (figures[name] ?? 0) + by;
  };
  return {
    add(outcome) {
      count("schedules", 1);
      count("messages sent", outcome.sends);
      count("recovery codes received", outcome.received);
      count("received and lost", outcome.recovery === "received and lost" ? 1 : 0);
      count("lost upstream and repaired", outcome.recovery === "repaired" ? 1 : 0);
      count("lost upstream and truthfully reported", outcome.recovery === "truthfully reported" ? 1 : 0);
      count("duplicate sends", outcome.duplicateSends);
      count("false claims", outcome.falseClaims);
      count("retyped contacts", outcome.retyped);
      count("secrets outside their place", outcome.strays);
      count(`ended: ${outcome.ended}`, 1);
      for (const [name, times] of Object.entries(outcome.struck)) struck[name] = (struck[name] ?? 0) + times;
    },
    print() {
      const least = Math.min(...Object.values(struck));
      return [...rows(figures), "", `struck, each at least ${least} times:`, ...rows(sorted(struck))].join("\n");
    },
  };
}

function sorted(of: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(of).toSorted(([left], [right]) => left.localeCompare(right)));
}

function rows(of: Readonly<Record<string, number>>): string[] {
  const width = Math.max(...Object.keys(of).map((name) => name.length));
  return Object.entries(of).map(([name, value]) => `  ${name.padEnd(width)}  ${String(value).padStart(6)}`);
}
