import type { Behaviour } from "./behaviour.ts";
import { play } from "./play.ts";
import type { Chapter } from "./suite.ts";
import type { Target } from "./target.ts";

/** How many came out how. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Plays a suite one behaviour after the other, writes a line for each, and counts. */
export async function report(
  chapters: readonly Chapter[],
  target: Target,
  write: (line: string) => void,
): Promise<Tally> {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { heading, behaviours } of chapters) {
    write(`\n${heading}`);
    for (const behaviour of behaviours) {
      const outcome = await play(behaviour, target);
      tally[outcome.kind === "ok" ? "passed" : outcome.kind] += 1;
      write(`  ${outcome.kind.padEnd(7)}  ${label(behaviour)}`);
      if (outcome.kind !== "ok") write(`           ${outcome.why}`);
    }
  }
  const skipped = tally.skipped === 0 ? "" : `, ${tally.skipped} skipped`;
  write(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
  return tally;
}

/** Names a behaviour with where it is known from. */
export function label({ title, source }: Behaviour): string {
  return `${title} [${source}]`;
}

/** Keeps the behaviours whose title holds a text, whatever its case, and the chapters that still have any. */
export function pick(chapters: readonly Chapter[], words: string): readonly Chapter[] {
  const fits = ({ title }: Behaviour): boolean => title.toLowerCase().includes(words.toLowerCase());
  return chapters
    .map(({ heading, behaviours }) => ({ heading, behaviours: behaviours.filter(fits) }))
    .filter(({ behaviours }) => behaviours.length > 0);
}
