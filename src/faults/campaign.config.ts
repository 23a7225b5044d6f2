import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { phonePlans } from "../../scripts/vite-phone-plans.ts";

/** A day: a campaign is as long as it is asked to be. */
const DAY_MS = 86_400_000;

export default defineConfig({
  plugins: [react(), phonePlans()],
  ssr: { noExternal: ["libphonenumber-js"] },
  test: {
    include: ["src/faults/campaign.run.tsx"],
    setupFiles: ["scripts/test-setup.ts"],
    testTimeout: DAY_MS,
    reporters: [["default", { summary: false }]],
  },
});
