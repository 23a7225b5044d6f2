import { expect, test } from "vitest";
import { faultOf } from "./fault-of.ts";

test("a fault is told by its kind and its place, and without its message", () => {
  const fault = faultOf(new TypeError("the code 123456 of +12025550147"));
  expect(fault).toMatch(/^TypeError fault-of\.test\.ts:\d+:\d+$/);
});

test("a message that looks like a place is none", () => {
  const fault = faultOf(new Error("\nsecret.ts:1:2"));
  expect(fault).toMatch(/^Error fault-of\.test\.ts:\d+:\d+$/);
});

test("what is thrown and is no error has neither, and a name that says more than a kind is not told", () => {
  expect(faultOf("robin@example.com")).toBe("thrown");
  const named = Object.assign(new Error(), { name: "robin@example.com", stack: "" });
  expect(faultOf(named)).toBe("Error");
});
