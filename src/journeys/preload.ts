import { fetchPlan } from "../ui/phone/phone-plan.ts";

/*
 * Brings in at once what a browser fetches late, so that no journey waits for a disk: what is fetched, and when, is the
 * business of tests in a real browser.
 */
const parts = import.meta.glob(["../ui/**/*.{ts,tsx}", "!**/*.test.*", "!**/*.d.ts"]);
await Promise.all(Object.values(parts).map((load) => load()));

/** The plans of the numbers that are reserved for stories: +1 202-555-01xx and +44 7700 900xxx. */
await Promise.all(["1", "44"].map(fetchPlan));
