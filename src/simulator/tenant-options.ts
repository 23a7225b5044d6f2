import { parseArgs } from "node:util";

/** What the command that starts a tenant is told on its line. */
export interface TenantOptions {
  /** The seed of a broken tenant; null for one that is well. */
  readonly brokenBy: number | null;
  /** Says which faults were planted, which otherwise somebody has to find. */
  readonly tell: boolean;
}

/** Reads `--broken [--seed N] [--tell]`; `drawSeed` is asked where no seed is given. @throws {RangeError} for anything else. */
export function readTenantOptions(line: readonly string[], drawSeed: () => number): TenantOptions {
  const { broken, seed, tell } = readLine(line);
  if (seed !== undefined && !/^\d{1,9}$/.test(seed)) throw new RangeError("--seed must be a whole number");
  if (!broken && (seed !== undefined || tell)) throw new RangeError("--seed and --tell go with --broken");
  return { brokenBy: broken ? Number(seed ?? drawSeed()) : null, tell };
}

function readLine(line: readonly string[]): { broken: boolean; seed: string | undefined; tell: boolean } {
  const options = { broken: { type: "boolean" }, seed: { type: "string" }, tell: { type: "boolean" } } as const;
  try {
    const { broken = false, seed, tell = false } = parseArgs({ args: [...line], options }).values;
    return { broken, seed, tell };
  } catch (reason) {
    throw new RangeError(reason instanceof Error ? reason.message : "the options are not known");
  }
}
