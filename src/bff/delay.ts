import type { Clock } from "./clock.ts";

/** Does something after a time that is the same for all, and returns what calls it off. */
export type Delay = (work: () => void) => () => void;

/**
 * Creates a delay of `ms`. All that wait in it share one timer, and calling off costs next to nothing: for what every request sets up and
 * nearly none needs.
 */
export function createDelay(clock: Clock, ms: number): Delay {
  /** In the order of their ends, as each waits as long. */
  const waiting: { dueAt: number; work: (() => void) | null }[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    for (let [next] = waiting; next; [next] = waiting) {
      await clock.wait(next.dueAt - clock.now());
      const now = clock.now();
      const first = waiting.findIndex(({ dueAt, work }) => dueAt > now && work !== null);
      for (const { work } of waiting.splice(0, first === -1 ? waiting.length : first)) work?.();
    }
    isRunning = false;
  }

  return (work) => {
    const entry: (typeof waiting)[number] = { dueAt: clock.now() + ms, work };
    waiting.push(entry);
    if (!isRunning) void run();
    return () => {
      entry.work = null;
    };
  };
}
