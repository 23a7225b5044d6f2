import { expect, it } from "vitest";
import { readResp } from "./resp.ts";

const COMMAND = "*3\r\n$4\r\nHGET\r\n$5\r\na:\r\nb\r\n$4\r\ntext\r\n";

it("reads a command whole, whatever stands in its texts", () => {
  expect(readResp(Buffer.from(COMMAND))).toEqual({ value: ["HGET", "a:\r\nb", "text"], end: COMMAND.length });
});

it("waits for the rest of a command at each place where it can be cut", () => {
  for (let length = 0; length < COMMAND.length; length += 1) {
    expect(readResp(Buffer.from(COMMAND.slice(0, length)))).toBeNull();
  }
});

it("reads the answers that a store gets", () => {
  const answers = "+OK\r\n:1\r\n*2\r\n$-1\r\n$1\r\nx\r\n-ERR no\r\n";
  const values: unknown[] = [];
  const bytes = Buffer.from(answers);
  for (let at = 0; at < bytes.length; ) {
    const read = readResp(bytes, at);
    values.push(read?.value);
    at = read?.end ?? bytes.length;
  }
  expect(values).toEqual(["OK", "1", [null, "x"], "ERR no"]);
});
