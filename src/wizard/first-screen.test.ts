import { expect, test } from "vitest";
import { resume } from "./arrival.ts";
import { firstScreen } from "./first-screen.ts";
import { SAMPLE_SESSIONS } from "./sample-machine.ts";

test.each(Object.entries(SAMPLE_SESSIONS))(
  "where %s, the first screen is the one the rules say, or none",
  (_, view) => {
    for (const opens of [true, false]) {
      const first = firstScreen(view, opens);
      if (first !== null) expect(first).toEqual(resume(view, opens));
      else expect(["closed", "choosingChannel"]).not.toContain(resume(view, opens).step);
    }
  },
);
