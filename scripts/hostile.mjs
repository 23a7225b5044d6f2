/*
 * `npm run hostile`: plays the corpus of hostile requests and tenant answers; `-- --cases N --seed S` plays more of them, and
 * others. The exit code is 1 when one is accepted or a control is not.
 */
import { runSource } from "./run-source.mjs";

await runSource("/src/hostile/main.ts");
