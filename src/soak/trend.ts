/** One look at something that should stay as it is: when, in epoch ms, and how much. */
export type Sample = { at: number; value: number };

/** Where a line through samples leads. */
export type Trend = {
  mean: number;
  /** In percent of the mean for each hour, and how far off that may be: two standard errors. */
  percentAnHour: number;
  uncertain: number;
};

const HOUR_MS = 3_600_000;
/** Two standard errors: nineteen times in twenty the true slope is within them. */
const ERRORS = 2;

/** Lays a line through samples by least squares. Two samples or fewer tell nothing: the slope is then 0, and wholly uncertain. */
export function trendOf(samples: readonly Sample[]): Trend {
  const count = samples.length;
  const meanOf = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const mean = meanOf(samples.map(({ value }) => value));
  if (count < 3 || mean === 0) return { mean, percentAnHour: 0, uncertain: Number.POSITIVE_INFINITY };
  const middle = meanOf(samples.map(({ at }) => at));
  const spread = samples.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
  const slope = samples.reduce((sum, { at, value }) => sum + (at - middle) * (value - mean), 0) / spread;
  const beside = samples.reduce((sum, { at, value }) => sum + (value - mean - slope * (at - middle)) ** 2, 0);
  const error = Math.sqrt(beside / (count - 2) / spread);
  const percent = (perMs: number) => (perMs * HOUR_MS * 100) / mean;
  return { mean, percentAnHour: percent(slope), uncertain: percent(error) * ERRORS };
}

/**
 * Keeps the least of each so many samples in a row. A heap grows until it is collected, so what is really held is what is left
 * after a collection, and each of these has one.
 */
export function lowest(samples: readonly Sample[], inARow: number): Sample[] {
  const groups = Array.from({ length: Math.floor(samples.length / inARow) }, (_, index) =>
    samples.slice(index * inARow, (index + 1) * inARow),
  );
  return groups.flatMap((group) => group.toSorted((a, b) => a.value - b.value).slice(0, 1));
}
