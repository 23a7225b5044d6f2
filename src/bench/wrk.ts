import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";

/** Thirty-two: as many as the BFF and the forwarder have to the tenant, so that neither queues. */
const CONNECTIONS = 32;
/** Stands between the requests of a file, and in none of them. */
const BETWEEN = "\u001e";

const summarySchema = z.object({
  requests: z.number(),
  seconds: z.number(),
  p50: z.number(),
  p99: z.number(),
  faults: z.number(),
});

/** Says what came of a load: latencies in ms. `faults` counts answers beyond 399 and broken connections. */
export type LoadResult = z.infer<typeof summarySchema>;

/** Puts a load on a port of loopback for so many seconds: the requests one after another, then from the first one on. */
export async function runWrk(asked: {
  directory: string;
  port: number;
  seconds: number;
  requests: readonly string[];
}): Promise<LoadResult> {
  const { directory, port, seconds, requests } = asked;
  const file = join(directory, "requests");
  const script = join(directory, "load.lua");
  writeFileSync(file, requests.join(BETWEEN));
  writeFileSync(script, luaOf(file));
  const args = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "-s", script, `http://127.0.0.1:${port}`];
  const child = spawn("wrk", args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (bytes: Buffer) => {
    said += bytes.toString("utf8");
  });
  child.once("error", () => {
    said = "there is no wrk on the PATH (Debian: sudo apt-get install wrk)";
  });
  await once(child, "close").catch(() => null);
  const line = said.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`wrk did not say what it saw: ${said.trim()}`);
  return summarySchema.parse(JSON.parse(line));
}

function luaOf(file: string): string {
  return `
local requests, at = {}, 0
for text in io.open(${JSON.stringify(file)}):read("*a"):gmatch("[^${BETWEEN}]+") do requests[#requests + 1] = text end
request = function()
  at = at % #requests + 1
  return requests[at]
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('{"requests":%d,"seconds":%.6f,"p50":%.4f,"p99":%.4f,"faults":%d}\\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    e.status + e.connect + e.read + e.write + e.timeout))
end
`;
}
