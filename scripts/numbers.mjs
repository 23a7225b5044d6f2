/*
 * `npm run numbers`: judges the example numbers of all regions and types, and what mistyping makes of them, as page and BFF do,
 * against the verdict of a second library. The page's plans are modules that Vite makes, so Vite loads the sources.
 */
import { runSource } from "./run-source.mjs";

await runSource("/src/phone-numbers/main.ts");
