/*
 * `npm run sabotage`: breaks one promise of the BFF at a time, in a copy of the sources, and runs the fault schedules of seed 1
 * there. Says which schedule found it out; the exit code is 1 when one of them goes unnoticed, or cannot be done any more.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const SCHEDULES = "300";
const SEED = "1";

/** Each replaces lines that are named in full, so that a line that has changed is noticed. */
const SABOTAGES = [
  {
    what: "the recovery code is sealed after replying",
    file: "src/bff/secrets.ts",
    from: "  await untilKept(core.clock, () => core.secrets.update(id, () => ({ record, result: null }), { isNew: true }));\n",
    to: "  void core.clock.wait(2_000).then(() => core.secrets.update(id, () => ({ record, result: null })));\n",
  },
  {
    what: "associate is asked for again when its answer is lost",
    file: "src/bff/tenant.ts",
    from: "      answer = await upstream(request);\n",
    to: '      answer = await upstream(request).catch((error) => {\n        if (call !== "associate") throw error;\n        return upstream(request);\n      });\n',
  },
  {
    what: "a lost confirmation is taken for a wrong code",
    file: "src/bff/confirm-enrollment.ts",
    from: "  const chained = chainedCredential(core, told);\n",
    to: '  if (told.is === "unclear")\n    return { told: { is: "refused", why: { is: "wrong_code" } }, items: null, secretId: null, chained: null, gone: [] };\n  const chained = chainedCredential(core, told);\n',
  },
  {
    what: "a try is not reserved before the call",
    file: "src/bff/confirm-enrollment.ts",
    from: '        tries: [...record.tries, now],\n        pending: { ...pending, status: "confirming", wrongCodes: wrongCodes + 1 },\n',
    to: '        pending: { ...pending, status: "confirming" },\n',
  },
];

/** Runs the schedules over sabotaged sources and returns the first failure, null when there is none. */
function firstFailureOf({ file, from, to }) {
  const copy = mkdtempSync(join(tmpdir(), "mfa-enroll-sabotage-"));
  try {
    for (const part of ["src", "scripts", "package.json"])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const text = readFileSync(join(copy, file), "utf8");
    if (text.split(from).length !== 2) throw new Error(`The lines to replace are not in ${file} once.`);
    writeFileSync(
      join(copy, file),
      text.replace(from, () => to),
    );
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const { stdout } = spawnSync(process.execPath, [vitest, "run", "--config", "src/faults/campaign.config.ts"], {
      cwd: copy,
      encoding: "utf8",
      env: { ...process.env, FAULTS_SCHEDULES: SCHEDULES, FAULTS_SEED: SEED, FAULTS_FIRST: "1" },
    });
    const line = /^\{"first":.*\}$/m.exec(stdout)?.[0];
    if (line === undefined) throw new Error(`The schedules did not run:\n${stdout}`);
    return JSON.parse(line).first;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

let unnoticed = 0;
for (const sabotage of SABOTAGES) {
  const found = firstFailureOf(sabotage);
  console.log(`\n${sabotage.what}:`);
  if (found === null) {
    unnoticed += 1;
    console.log(`  NOT noticed in ${SCHEDULES} schedules of seed ${SEED}`);
    continue;
  }
  console.log(`  noticed by schedule ${found.number} of seed ${SEED}: ${found.broken[0]}`);
  console.log(`  npm run faults -- --replay '${found.replay}'   (in the copy; the sources as they are pass it)`);
}
// What passes here is the campaign: by noticing.
console.log(`\n${SABOTAGES.length - unnoticed} passed, ${unnoticed} failed`);
process.exit(unnoticed === 0 ? 0 : 1);
