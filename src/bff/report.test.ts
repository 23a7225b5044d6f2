import { expect, test } from "vitest";
import type { SecurityEvent } from "./events.ts";
import type { LogEntry } from "./log.ts";
import { createReport, type Told } from "./report.ts";

const REQUEST: LogEntry = {
  correlationId: "abcdefghijklmnop",
  route: "confirm",
  status: 422,
  code: "wrong_code",
  durationMs: 4,
};

function listening() {
  const logged: (LogEntry | SecurityEvent)[] = [];
  const observed: Told[] = [];
  return {
    logged,
    observed,
    log: (told: LogEntry | SecurityEvent) => logged.push(told),
    observe: (told: Told) => observed.push(told),
  };
}

test("a request is told as itself and as the event that it was, to the log and to whoever counts", () => {
  const { logged, observed, log, observe } = listening();
  createReport({ log: (told) => void log(told), observe: (told) => void observe(told) })(REQUEST);
  expect(logged).toEqual([
    REQUEST,
    expect.objectContaining({ event: "code_refused", correlationId: "abcdefghijklmnop" }),
  ]);
  expect(observed).toEqual(logged);
});

test("a request that was no event is told once", () => {
  const { logged, log } = listening();
  createReport({ log: (told) => void log(told), observe: null })({
    ...REQUEST,
    route: "session",
    code: null,
    status: 200,
  });
  expect(logged).toHaveLength(1);
});

test("what is measured goes to whoever counts, and is in no log", () => {
  const { logged, observed, log, observe } = listening();
  const report = createReport({ log: (told) => void log(told), observe: (told) => void observe(told) });
  report({ measure: "confirmed", channel: "sms", country: "US" });
  report({ event: "store_down" });
  expect(logged).toEqual([{ event: "store_down" }]);
  expect(observed).toHaveLength(2);
});

test("a log or an observer that throws harms nobody, not even the other one", () => {
  const { logged, log, observed, observe } = listening();
  const broken = () => {
    throw new Error("The disk is full.");
  };
  createReport({ log: broken, observe: (told) => void observe(told) })(REQUEST);
  createReport({ log: (told) => void log(told), observe: broken })(REQUEST);
  expect([logged.length, observed.length]).toEqual([2, 2]);
});
