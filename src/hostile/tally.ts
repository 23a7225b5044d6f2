/** What came of playing a category, or several. */
export type Tally = {
  readonly title: string;
  /** Mutations that were sent, and what became of them. */
  cases: number;
  refused: number;
  benign: number;
  /** Unmutated requests that were sent in between, and succeeded. */
  controls: number;
  failed: number;
  readonly failures: string[];
};

/** Creates a tally of nothing. */
export function createTally(title: string): Tally {
  return { title, cases: 0, refused: 0, benign: 0, controls: 0, failed: 0, failures: [] };
}

/** Counts one request: as what it is where there is no complaint, as failed where there is one. */
export function note(
  tally: Tally,
  as: "refused" | "benign" | "control",
  shown: string,
  complaints: readonly string[],
): void {
  if (as !== "control") tally.cases += 1;
  if (complaints.length > 0) {
    tally.failed += 1;
    tally.failures.push(`${tally.title}, ${shown}: ${complaints.join("; ")}`);
  } else if (as === "control") tally.controls += 1;
  else tally[as] += 1;
}

/** Adds what came of one to what came of all. */
export function add(all: Tally, { cases, refused, benign, controls, failed, failures }: Tally): void {
  all.cases += cases;
  all.refused += refused;
  all.benign += benign;
  all.controls += controls;
  all.failed += failed;
  all.failures.push(...failures);
}
