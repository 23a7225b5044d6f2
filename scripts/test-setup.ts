import { afterEach, beforeEach } from "vitest";

/*
 * Runs before each test file: what a library complains about on the console fails the test that caused it, and what a
 * test has rendered is taken away after it.
 */

const complaints: string[] = [];

beforeEach(() => {
  complaints.length = 0;
  for (const level of ["error", "warn"] as const) {
    console[level] = (...words: unknown[]) => complaints.push(words.map(String).join(" "));
  }
});

afterEach(() => {
  if (complaints.length > 0) throw new Error(`The console complained:\n${complaints.join("\n")}`);
});

if (typeof document !== "undefined") {
  const { cleanup, configure } = await import("@testing-library/react");
  // What is waited for is there within a tenth of a second; on a machine that is busy with something else, one is not enough.
  configure({ asyncUtilTimeout: 10_000 });
  afterEach(cleanup);
}
