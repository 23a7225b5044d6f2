import { expect, test } from "vitest";
import { readOperations } from "./read-operations.ts";

test("there is no listener unless a port is named, and then it is on loopback", () => {
  const problems: string[] = [];
  expect(readOperations({}, problems)).toEqual({ listener: null, drainSeconds: 5 });
  const set = readOperations({ MFA_OPERATIONS_PORT: "9464", MFA_DRAIN_SECONDS: "0" }, problems);
  expect(set).toEqual({ listener: { host: "127.0.0.1", port: 9464 }, drainSeconds: 0 });
  expect(
    readOperations({ MFA_OPERATIONS_PORT: "9464", MFA_OPERATIONS_HOST: "10.0.0.5" }, problems).listener?.host,
  ).toBe("10.0.0.5");
  expect(problems).toEqual([]);
});

test("each setting that is wrong is told in one sentence", () => {
  const problems: string[] = [];
  readOperations({ MFA_OPERATIONS_PORT: "70000", MFA_DRAIN_SECONDS: "soon" }, problems);
  expect(problems).toEqual([
    "MFA_OPERATIONS_PORT must be a port number.",
    "MFA_DRAIN_SECONDS must be a whole number of seconds.",
  ]);
});
