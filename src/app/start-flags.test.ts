import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { keepInspectorShut, problemsOfFlags } from "./start-flags.ts";

test.each([
  [["--inspect=0.0.0.0:9229"], ""],
  [["--inspect-brk"], ""],
  [[], "--max-old-space-size=512 --heapsnapshot-signal=SIGUSR2"],
  [[], "--report_uncaught_exception"],
])("a server does not start with %j and NODE_OPTIONS %j", (execArgv, nodeOptions) => {
  expect(problemsOfFlags({ execArgv, nodeOptions })).toEqual([
    expect.stringMatching(/^--[a-z-]+ would show what is in this process's memory: start Node without it\.$/),
  ]);
});

test("it starts with options that show nothing", () => {
  expect(problemsOfFlags({ execArgv: ["--enable-source-maps"], nodeOptions: "--max-old-space-size=512" })).toEqual([]);
  expect(problemsOfFlags({ execArgv: [], nodeOptions: "" })).toEqual([]);
});

test("the signal that would open a debugger has a listener that does nothing", () => {
  const heard = new EventEmitter();
  keepInspectorShut(heard);
  expect(heard.emit("SIGUSR1")).toBe(true);
});
