import { defineConfig } from "vitest/config";
import { phonePlans } from "../../scripts/vite-phone-plans.ts";

/** A day: a campaign is as long as it is asked to be. */
const DAY_MS = 86_400_000;
/** Ten minutes for a handful of runs, on a machine that has other things to do. */
const TEST_MS = 600_000;
const isCampaign = process.env["FAULTS_SCHEDULES"] !== undefined;

/*
 * The page as it ships: React's own checks for developers take as long as all the rest, and journeys run with them. Serves both
 * `npm test`, which runs the tests of this folder, and the script, which runs a campaign.
 */
export default defineConfig({
  plugins: [phonePlans()],
  oxc: { jsx: { runtime: "automatic", development: false } },
  ssr: { noExternal: ["libphonenumber-js"] },
  test: {
    name: "faults",
    include: [isCampaign ? "src/faults/campaign.run.tsx" : "src/faults/*.test.tsx"],
    setupFiles: ["scripts/test-setup.ts"],
    env: { NODE_ENV: "production" },
    testTimeout: isCampaign ? DAY_MS : TEST_MS,
  },
});
