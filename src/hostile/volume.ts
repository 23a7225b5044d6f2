/** About nineteen thousand cases: sixty or so of each of the 310 categories, fewer of what holds a connection open. */
export const CASES = 19_000;

/** Two minutes: a set takes a few seconds on a machine that does nothing else. */
export const WITHIN_MS = 120_000;
