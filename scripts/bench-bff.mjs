/*
 * `npm run bench:bff`: builds the production server and what measures it, and runs the latter on the second core, so that the
 * first is free for what is measured. The exit code is 1 when a goal does not hold.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

await build(["serve", "bench"]);
const main = fileURLToPath(new URL("../dist/server/bench/main.js", import.meta.url));
const canPin = availableParallelism() > 1 && spawnSync("taskset", ["--version"], { stdio: "ignore" }).status === 0;
const node = [process.execPath, main];
const [command, ...args] = canPin ? ["taskset", "-c", "1", ...node, "pinned"] : node;
process.exit(spawnSync(command, args, { stdio: "inherit" }).status ?? 1);
