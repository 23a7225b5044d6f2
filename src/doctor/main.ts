#!/usr/bin/env node
import { createAsk } from "./ask-at-terminal.ts";
import { systemClock } from "./doors.ts";
import { pingRedis } from "./ping-redis.ts";
import { COLUMNS } from "./report.ts";
import { runDoctor } from "./run-doctor.ts";
import { INTERRUPTED } from "./surroundings.ts";

/** The package's command is called with the word; the repository's script without it. */
const args = process.argv.slice(process.argv[2] === "doctor" ? 3 : 2);
const { stdout, stderr, env } = process;

/** Who reads the report may have gone, as `head` does: a change under way is seen to its end all the same. */
for (const stream of [stdout, stderr]) stream.on("error", () => {});

let changing: AbortController | null = null;
process.on("SIGINT", () => {
  // Only changes are worth seeing to their end.
  if (changing === null || changing.signal.aborted) process.exit(INTERRUPTED);
  changing.abort();
  stderr.write("\nStopping after the change under way; Ctrl-C once more ends at once.\n");
});

runDoctor({
  args,
  env,
  fetch: async (request) => fetch(request),
  clock: systemClock,
  progress: (line) => void stderr.write(`… ${line}\n`),
  write: (text) => void stdout.write(text),
  complain: (text) => void stderr.write(text),
  // On standard error, so that the report can go into a file.
  ask: createAsk({ input: process.stdin, output: stderr, interrupted: () => process.exit(INTERRUPTED) }),
  isColoured: stdout.isTTY && !env["NO_COLOR"],
  pingRedis,
  columns: stdout.columns ?? COLUMNS,
  async whileChanging(work) {
    const ending = new AbortController();
    changing = ending;
    try {
      return await work(ending.signal);
    } finally {
      changing = null;
    }
  },
}).then(
  (code) => {
    process.exitCode = code;
  },
  (reason: unknown) => {
    // The kind of error alone: its message may hold what was sent.
    const kind = reason instanceof Error ? reason.name : "something that is no error";
    stderr.write(
      `The doctor fell over (${kind}). Nothing more is changed; run it again, and report this if it stays.\n`,
    );
    process.exitCode = 3;
  },
);
