import { expect, test } from "vitest";
import { playSet, runsFor } from "./corpus.ts";
import { CASES, WITHIN_MS } from "./volume.ts";

test.each(["headers", "bodies", "cookies", "paths"] as const)(
  "no hostile request of the set of %s does anything or learns anything, and the honest ones between them succeed",
  { timeout: WITHIN_MS },
  async (name) => {
    const { failures, cases, refused, benign, controls } = await playSet(name, { runs: runsFor(CASES), seed: 1 });
    expect(failures).toEqual([]);
    expect(refused + benign).toBe(cases);
    expect(controls).toBeGreaterThan(cases);
  },
);
