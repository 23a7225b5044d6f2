/*
 * Runs tests over mutated copies of the sources. A mutant replaces lines that are named in full, so that a line that has changed is
 * noticed; it is caught when a test goes red that is green without it. One that does not even load counts as not caught.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const COPIED = ["src", "scripts", "package.json", "tsconfig.json", "vite.config.ts"];
/** Five minutes for the tests of one mutant: one that loops for ever is caught by that. */
const WITHIN_MS = 300_000;

/** Makes a copy of the sources in which one mutant after the other lives. */
function createCopy() {
  const copy = mkdtempSync(join(tmpdir(), "mfa-enroll-mutants-"));
  for (const part of COPIED) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

function vitest(copy, tests) {
  const out = join(copy, "mutant.json");
  rmSync(out, { force: true });
  const script = join(root, "node_modules/vitest/vitest.mjs");
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      // One process each, as two copies are tried at once.
      [script, "run", "--project=all", "--maxWorkers=1", "--reporter=json", `--outputFile=${out}`, ...tests],
      { cwd: copy, stdio: "ignore", env: { ...process.env, CI: "1" } },
    );
    const late = setTimeout(() => child.kill("SIGKILL"), WITHIN_MS);
    child.once("exit", () => {
      clearTimeout(late);
      try {
        resolve(JSON.parse(readFileSync(out, "utf8")));
      } catch {
        resolve(null);
      }
    });
  });
}

/** Returns the full names of the tests that were red and green; null where the sources did not load. */
async function outcomeOf(copy, tests) {
  const report = await vitest(copy, tests);
  if (report === null || report.testResults.some(({ assertionResults }) => assertionResults.length === 0)) return null;
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (status) => all.filter((test) => test.status === status).map(({ fullName }) => fullName);
  return { red: named("failed"), green: named("passed") };
}

/** Applies a mutant's replacements, hands over to `work`, and takes them back. */
async function mutated(copy, edits, work) {
  const before = edits.map(({ file }) => readFileSync(join(copy, file), "utf8"));
  try {
    for (const { file, from, to } of edits) {
      const text = readFileSync(join(copy, file), "utf8");
      const found = text.split(from).length - 1;
      if (found !== 1)
        return { missing: `the lines to replace are ${found} times in ${file}: ${from.trim().split("\n")[0]}` };
      writeFileSync(
        join(copy, file),
        text.replace(from, () => to),
      );
    }
    return await work();
  } finally {
    for (const [index, { file }] of edits.entries()) writeFileSync(join(copy, file), before[index]);
  }
}

/** Opens the copies in which mutants live, one for each of two workers at most. */
export function openCopies() {
  const copies = Array.from({ length: Math.min(2, availableParallelism()) }, createCopy);
  const close = () => copies.forEach((copy) => rmSync(copy, { recursive: true, force: true }));
  process.once("exit", close);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  return copies;
}

/** Runs tests over the sources as they are. Throws where one is red, for then nothing could be told by them. */
export async function namesOfGreen([copy], tests) {
  const outcome = await outcomeOf(copy, tests);
  if (outcome === null || outcome.red.length > 0)
    throw new Error(`Without a mutant these must be green: ${outcome?.red.join("; ") ?? "the sources did not load"}`);
  return outcome.green;
}

/**
 * Runs each mutation, one in each copy at a time, and hands what came of it to `told`: the red tests, or why there are none.
 * `{ what, edits: [{ file, from, to }], tests: [path] }`.
 */
export async function runMutations(copies, mutations, told) {
  const waiting = [...mutations];
  await Promise.all(
    copies.map(async (copy) => {
      for (let mutation = waiting.shift(); mutation; mutation = waiting.shift()) {
        const outcome = await mutated(copy, mutation.edits, () => outcomeOf(copy, mutation.tests));
        if (outcome === null) told(mutation, { red: [], why: "the sources did not load" });
        else if ("missing" in outcome) told(mutation, { red: [], why: outcome.missing });
        else told(mutation, { red: outcome.red, why: outcome.red.length === 0 ? "no test went red" : null });
      }
    }),
  );
}
