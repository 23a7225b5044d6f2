import type { Ask } from "./access-from.ts";
import type { Doors } from "./doors.ts";

/** What a run needs beside the doors to the tenant. */
export type Surroundings = Doors & {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** The report. */
  write: (text: string) => void;
  /** What went wrong before there was anything to report. */
  complain: (text: string) => void;
  ask: Ask;
  isColoured: boolean;
  /** Tells whether the Redis at an address answers. */
  pingRedis: (url: string) => Promise<boolean>;
  /**
   * Makes changes; only as long as they are under way, Ctrl-C aborts `stop` instead of ending the command: the change under way is
   * finished and no other begun.
   */
  whileChanging: <T>(work: (stop: AbortSignal) => Promise<T>) => Promise<T>;
  /** How many characters a line of the report may have. */
  columns: number;
};

/** What a shell gives for a command that was ended by Ctrl-C. */
export const INTERRUPTED = 130;

/** It could not work: something that it needs itself is missing or wrong. */
export const COULD_NOT_WORK = 3;

/** Writes a report for machines. */
export function writeJson({ write }: Surroundings, value: object): void {
  write(`${JSON.stringify(value, null, 2)}\n`);
}
