import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import type { Told } from "../bff/report.ts";
import { lastResort } from "./last-resort.ts";

function heard() {
  const stdout = new EventEmitter();
  const process = Object.assign(new EventEmitter(), { stdout });
  const told: Told[] = [];
  let stops = 0;
  lastResort(process, {
    report: (one) => void told.push(one),
    stop: () => {
      stops += 1;
    },
  });
  return { process, stdout, told, stops: () => stops };
}

test("a rejection that nobody waited for is told of without its words, and ends nothing", () => {
  const { process, told, stops } = heard();
  process.emit("unhandledRejection", new RangeError("the code 123456"));
  expect(told).toEqual([{ event: "fault_unheard", fault: expect.stringMatching(/^RangeError \S+$/) }]);
  expect(stops()).toBe(0);
});

test("what was thrown outside of any promise is told of too, and the node leaves in order", () => {
  const { process, told, stops } = heard();
  process.emit("uncaughtException", new Error("half done"));
  expect(told).toMatchObject([{ event: "fault_unheard" }]);
  expect(stops()).toBe(1);
});

test("a log that nobody reads any more ends nothing", () => {
  // An emitter throws what nobody listens for.
  expect(() => heard().stdout.emit("error", new Error("EPIPE"))).not.toThrow();
});
