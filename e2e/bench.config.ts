import base from "./playwright.config.ts";

/* For `npm run bench:typing`: a measurement alone on the machine, with what it prints and nothing else. */
export default {
  ...base,
  workers: 1,
  retries: 0,
  reporter: "line",
  timeout: 115_000,
  projects: [{ name: "bench", testMatch: "*.bench.ts", use: { viewport: { width: 1280, height: 850 } } }],
};
