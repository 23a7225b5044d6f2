/*
 * `npm run faults -- --schedules N --seed S`: runs a campaign of seeded random schedules; `--single` runs every single fault,
 * `--replay '…'` one schedule as a failed campaign printed it. The exit code says whether everything held.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    replay: { type: "string" },
    single: { type: "boolean", default: false },
  },
});
const env = { ...process.env, FAULTS_SCHEDULES: values.schedules, FAULTS_SEED: values.seed };
if (values.replay !== undefined) env.FAULTS_REPLAY = values.replay;
if (values.single) env.FAULTS_SINGLE = "1";
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", "--config", "src/faults/campaign.config.ts"], {
  cwd: root,
  stdio: "inherit",
  env,
});
process.exit(status ?? 1);
