import { expect, it } from "vitest";
import { lowest, type Sample, trendOf } from "./trend.ts";

const MINUTE = 60_000;
const every = (minutes: number, value: (minute: number) => number): Sample[] =>
  Array.from({ length: minutes }, (_, minute) => ({ at: minute * MINUTE, value: value(minute) }));

it("what stays as it is has no slope", () => {
  expect(trendOf(every(30, () => 100))).toEqual({ mean: 100, percentAnHour: 0, uncertain: 0 });
});

it("what grows by a hundredth of its mean in an hour is told so", () => {
  const { percentAnHour, uncertain } = trendOf(every(61, (minute) => 99.5 + minute / 60));
  expect(percentAnHour).toBeCloseTo(1, 5);
  expect(uncertain).toBeCloseTo(0, 5);
});

it("what goes up and down is flat, and says how far off that may be", () => {
  const { percentAnHour, uncertain } = trendOf(every(60, (minute) => 100 + (minute % 2 === 0 ? 5 : -5)));
  expect(Math.abs(percentAnHour)).toBeLessThan(uncertain);
  expect(uncertain).toBeGreaterThan(1);
});

it("a leak under the noise is found", () => {
  const { percentAnHour, uncertain } = trendOf(every(60, (minute) => 100 + minute / 3 + (minute % 2 === 0 ? 2 : -2)));
  expect(percentAnHour - uncertain).toBeGreaterThan(1);
});

it("two samples tell nothing", () => {
  expect(trendOf(every(2, (minute) => minute))).toMatchObject({
    percentAnHour: 0,
    uncertain: Number.POSITIVE_INFINITY,
  });
});

it("of a heap that is collected now and then, what is left counts", () => {
  const heap = every(12, (minute) => 50 + (minute % 4) * 20);
  expect(lowest(heap, 4).map(({ value }) => value)).toEqual([50, 50, 50]);
});
