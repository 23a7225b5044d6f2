import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Ask } from "./access-from.ts";

/**
 * Asks on standard error, so that the report can go into a file. What is secret is not shown while it is typed. Null where
 * there is no terminal, and where somebody presses Ctrl-C or Ctrl-D.
 */
export const askAtTerminal: Ask = async (question, { isSecret }) => {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return null;
  stderr.write(question);
  const output = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      if (!isSecret) stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: stdin, output, terminal: true, historySize: 0 });
  const answer = await new Promise<string | null>((resolve) => {
    lines.once("line", resolve);
    lines.once("close", () => resolve(null));
    lines.once("SIGINT", () => lines.close());
  });
  lines.close();
  if (isSecret || answer === null) stderr.write("\n");
  return answer;
};
