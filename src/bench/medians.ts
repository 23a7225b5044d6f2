/** Returns the value below which the share of a list lies that is sorted, shortest first. */
export function percentileOf(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Returns the middle one. */
export function medianOf(values: readonly number[]): number {
  return percentileOf(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
