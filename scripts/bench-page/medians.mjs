const medianOf = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Gives the medians of some figures that have one shape: numbers, or objects of them. */
export const mediansOf = (of) =>
  typeof of[0] === "number"
    ? medianOf(of)
    : Object.fromEntries(Object.keys(of[0]).map((key) => [key, mediansOf(of.map((one) => one[key]))]));
