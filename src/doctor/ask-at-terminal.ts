import { createInterface } from "node:readline";
import { type Readable, Writable } from "node:stream";
import type { Ask } from "./access-from.ts";

/** A terminal to ask at, or a file in its place. `interrupted` is called on Ctrl-C, while nothing else is under way. */
export type Terminal = {
  input: Readable & { isTTY?: boolean };
  output: Pick<Writable, "write">;
  interrupted: () => void;
};

/**
 * Creates what asks a person. What is secret is not shown while it is typed. Null where there is no terminal, and where somebody
 * presses Ctrl-D.
 */
export function createAsk({ input, output, interrupted }: Terminal): Ask {
  return async (question, { isSecret }) => {
    if (!input.isTTY) return null;
    const shown = new Writable({
      write(chunk: Uint8Array, _encoding, done) {
        if (!isSecret) output.write(chunk);
        done();
      },
    });
    const lines = createInterface({ input, output: shown, terminal: true, historySize: 0 });
    // After the terminal has stopped to show what is typed, or a quick paste would be seen.
    output.write(question);
    const answer = await new Promise<string | null>((resolve) => {
      lines.once("line", resolve);
      lines.once("close", () => resolve(null));
      lines.once("SIGINT", () => {
        lines.close();
        output.write("\n");
        interrupted();
      });
    });
    lines.close();
    if (isSecret || answer === null) output.write("\n");
    return answer;
  };
}
