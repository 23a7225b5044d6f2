import { describe, expect, test } from "vitest";

import { readTenantOptions } from "./tenant-options.ts";

const read = (...line: string[]) => readTenantOptions(line, () => 42);

describe("the options of a tenant", () => {
  test("are none for a tenant that is well", () => {
    expect(read()).toEqual({ brokenBy: null, tell: false });
  });

  test("break it by a seed that is given, or drawn", () => {
    expect(read("--broken", "--seed", "7", "--tell")).toEqual({ brokenBy: 7, tell: true });
    expect(read("--broken")).toEqual({ brokenBy: 42, tell: false });
  });

  test.each([[["--seed", "7"]], [["--tell"]], [["--broken", "--seed", "x"]], [["--brokn"]], [["now"]]])(
    "refuse %j",
    (line) => {
      expect(() => read(...line)).toThrow(RangeError);
    },
  );
});
