import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createAsk } from "./ask-at-terminal.ts";

function terminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  let shown = "";
  output.on("data", (chunk: Buffer) => (shown += chunk.toString()));
  let interruptions = 0;
  const ask = createAsk({ input, output, interrupted: () => (interruptions += 1) });
  return { ask, type: (text: string) => input.write(text), shown: () => shown, interruptions: () => interruptions };
}

test("shows what is typed, and gives it without the line's end", async () => {
  const { ask, type, shown } = terminal();
  const answer = ask("Client id: ", { isSecret: false });
  type("some-client\r");
  expect(await answer).toBe("some-client");
  expect(shown()).toContain("Client id: ");
  expect(shown()).toContain("some-client");
});

test("does not show a secret while it is typed", async () => {
  const { ask, type, shown } = terminal();
  const answer = ask("Secret: ", { isSecret: true });
  type("not-for-eyes\r");
  expect(await answer).toBe("not-for-eyes");
  expect(shown()).toBe("Secret: \n");
});

test("asks nobody where there is no terminal", async () => {
  const { ask, shown } = terminal(false);
  expect(await ask("Client id: ", { isSecret: false })).toBeNull();
  expect(shown()).toBe("");
});

test("gives nothing on Ctrl-D, and ends the command on Ctrl-C", async () => {
  const left = terminal();
  const nothing = left.ask("Secret: ", { isSecret: true });
  left.type("\u0004");
  expect(await nothing).toBeNull();
  expect(left.interruptions()).toBe(0);
  const ended = terminal();
  const answer = ended.ask("Secret: ", { isSecret: true });
  ended.type("half\u0003");
  expect(await answer).toBeNull();
  expect(ended.interruptions()).toBe(1);
  expect(ended.shown()).not.toContain("half");
});
