#!/usr/bin/env node
import { askAtTerminal } from "./ask-at-terminal.ts";
import { systemClock } from "./doors.ts";
import { pingRedis } from "./ping-redis.ts";
import { runDoctor } from "./run-doctor.ts";

/** What a shell gives for a command that was ended by Ctrl-C. */
const INTERRUPTED = 130;

/** The package's command is called with the word; the repository's script without it. */
const args = process.argv.slice(process.argv[2] === "doctor" ? 3 : 2);
const { stdout, stderr, env } = process;

const ending = new AbortController();
process.on("SIGINT", () => {
  // Only changes are worth seeing to their end.
  if (ending.signal.aborted || !args.includes("--apply")) process.exit(INTERRUPTED);
  ending.abort();
  stderr.write("\nStopping after the change under way; once more ends at once.\n");
});

runDoctor({
  args,
  env,
  fetch: async (request) => fetch(request),
  clock: systemClock,
  progress: (line) => void stderr.write(`… ${line}\n`),
  write: (text) => void stdout.write(text),
  complain: (text) => void stderr.write(text),
  ask: askAtTerminal,
  isColoured: stdout.isTTY && !env["NO_COLOR"],
  pingRedis,
  stop: ending.signal,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (reason: unknown) => {
    // The kind of error alone: its message may hold what was sent.
    const kind = reason instanceof Error ? reason.name : "something that is no error";
    stderr.write(
      `The doctor fell over (${kind}). Nothing more was changed; run it again, and report this if it stays.\n`,
    );
    process.exitCode = 3;
  },
);
