import { expect, test } from "vitest";
import { playSet, runsFor } from "./corpus.ts";
import { CASES, WITHIN_MS } from "./volume.ts";

test.each(["phone", "email", "code", "recovery"] as const)(
  "nothing that is typed for %s does what was not meant, and the honest requests between succeed",
  { timeout: WITHIN_MS },
  async (name) => {
    const { failures, cases, refused, benign, controls } = await playSet(name, { runs: runsFor(CASES), seed: 1 });
    expect(failures).toEqual([]);
    expect(refused + benign).toBe(cases);
    expect(controls).toBeGreaterThan(cases);
  },
);
