import { expect, test } from "vitest";
import { playSet, runsFor } from "./corpus.ts";
import { CASES, WITHIN_MS } from "./volume.ts";

test("no hostile answer of the tenant breaks anything or is passed on, and the next request is an ordinary one", {
  timeout: WITHIN_MS,
}, async () => {
  const tally = await playSet("tenant answers", { runs: runsFor(CASES), seed: 1 });
  const { failures, cases, refused, benign, controls } = tally;
  expect(failures).toEqual([]);
  expect(refused + benign).toBe(cases);
  expect(controls).toBe(cases);
});
