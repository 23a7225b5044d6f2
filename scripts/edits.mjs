/*
 * `npm run edits`: plays 100,000 random sequences of edits in the phone field and in a plain field beside it, and counts
 * where they differ. `-- --sequences N --seed S` plays others. The exit code is 1 when one differs, or could not be played.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: { sequences: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const [sequences, seed] = [Number(values.sequences), Number(values.seed)];
if (!Number.isInteger(sequences) || sequences < 1 || !Number.isInteger(seed)) {
  console.error("--sequences takes a whole number from 1, --seed a whole number.");
  process.exit(1);
}

/** More than eight take longer to start than they save. */
const parts = Math.min(8, availableParallelism(), sequences);
const reports = mkdtempSync(join(tmpdir(), "mfa-enroll-edits-"));
const children = [];
const started = performance.now();
// Whoever ends this process ends its workers.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const child of children) child.kill();
    rmSync(reports, { recursive: true, force: true });
    process.exit(1);
  });
}

/** Plays one part in a process of its own and returns what it reports; null where it did not come to that. */
async function play(part) {
  const report = join(reports, `${part}.json`);
  const share = Math.floor(sequences / parts) + (part < sequences % parts ? 1 : 0);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", "--project", "all", "src/edits/edits.test.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      EDITS_SEQUENCES: String(share),
      EDITS_SEED: String(seed * 1_000 + part),
      EDITS_REPORT: report,
    },
  });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  await once(child, "close");
  if (existsSync(report)) return JSON.parse(readFileSync(report, "utf8"));
  console.error(`Part ${part + 1} was not played:\n${output}`);
  return null;
}

console.log(`Playing ${sequences} sequences, seed ${seed}, in ${parts} processes…`);
const found = await Promise.all(Array.from({ length: parts }, (_, part) => play(part)));
rmSync(reports, { recursive: true, force: true });
const all = found.filter((one) => one !== null);
const sum = (count) => all.reduce((total, one) => total + count(one), 0);
const differences = all.flatMap((one) => one.differences);
for (const difference of differences) console.log(`\n${difference}`);
const lost = found.length - all.length;
const count = (number) => number.toLocaleString("en-US");
console.log(`\nSequences    ${count(sum((one) => one.sequences))}`);
console.log(`Edits        ${count(sum((one) => one.edits))}`);
console.log(`Differences  ${count(differences.length)} in caret or digits`);
console.log(`Time         ${((performance.now() - started) / 1000).toFixed(0)} s`);
const failed = differences.length + lost;
// Each part ends at its first difference, which is written down as short as it can be.
console.log(`\n${sum((one) => one.sequences) - differences.length} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
