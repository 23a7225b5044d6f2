import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRedis } from "../kills/redis-server.ts";
import { coldStart } from "./cold-start.ts";
import { bytesOfVisits } from "./footprint.ts";
import { runForwarder } from "./forwarder.ts";
import { runMeasuredBff } from "./measured-bff.ts";
import { runMeasuredTenant } from "./measured-tenant.ts";
import { type Program, startProgram } from "./program.ts";
import { type Measurement, tableOf, verdictsOf } from "./report.ts";
import { type Figures, playRounds } from "./rounds.ts";
import { playSteady } from "./steady.ts";
import { type Subject, subjectsOf } from "./subjects.ts";
import { runTenantStub } from "./tenant-stub.ts";

/*
 * Measures the BFF beside the least that could stand in its place, all in one run: what is measured has the first core for
 * itself, what asks and what answers it share the second. One bundle, which is also each of the programs that it starts.
 */

/** The core of whatever is measured; everything else has been started on another one. */
const MEASURED_CORE = 0;

const [role = "", ...args] = process.argv.slice(2);
if (role === "tenant-stub") runTenantStub();
else if (role === "forwarder") runForwarder(args[0] ?? "");
else if (role === "bff") await runMeasuredBff(args[0] ?? "", args[1] ?? null);
else if (role === "simulated-tenant") await runMeasuredTenant();
else process.exit((await bench(role === "pinned")) ? 0 : 1);

/** Measures everything, prints it, and tells whether all goals hold. */
async function bench(pinned: boolean): Promise<boolean> {
  const core = pinned ? MEASURED_CORE : null;
  const directory = mkdtempSync(join(tmpdir(), "mfa-enroll-bench-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const redis = await startRedis();
  const stub = await startProgram("tenant-stub", [], null);
  const origin = `http://127.0.0.1:${stub.port}`;
  const subjects = subjectsOf({
    forwarder: await startProgram("forwarder", [origin], core),
    memory: await startProgram("bff", [origin], core),
    redis: await startProgram("bff", [origin, `redis://127.0.0.1:${redis.port}`], core),
    tenant: await startProgram("simulated-tenant", [], core),
  });
  console.log(`Load of 32 connections, ${pinned ? "one core for what is measured" : "not pinned to cores"}`);
  const figures = await playRounds(Object.values(subjects), stub, directory);
  const find = (subject: Subject): Figures => {
    const found = figures.find(({ name }) => name === subject.name);
    if (!found) throw new Error(`${subject.name} was not measured.`);
    return found;
  };
  const alone: Subject = { ...subjects.forwarder, name: "upstream alone", program: stub };
  const { forwarder, sessionInMemory, startInMemory, sessionInRedis, startInRedis, tenant } = subjects;
  const [aloneFigures, ...others] = await playSteady([
    alone,
    forwarder,
    sessionInMemory,
    startInMemory,
    sessionInRedis,
    startInRedis,
  ]);
  if (!aloneFigures) throw new Error("Nothing was measured at a fixed rate.");
  const measured: Measurement = {
    forwarder: find(forwarder),
    sessionInMemory: find(sessionInMemory),
    startInMemory: find(startInMemory),
    sessionInRedis: find(sessionInRedis),
    startInRedis: find(startInRedis),
    tenant: find(tenant),
    steady: { alone: aloneFigures, others },
    bytes: {
      idle: await inOne(origin, core, (bff) => bytesOfVisits(bff, "idle")),
      enrolling: await inOne(origin, core, (bff) => bytesOfVisits(bff, "enrolling")),
    },
    coldStartMs: await coldStart(),
  };
  redis.close();
  console.log(`\n${tableOf(measured)}\n`);
  const verdicts = verdictsOf(measured);
  for (const { holds, sentence } of verdicts) console.log(`  ${holds ? "✓" : "✗"} ${sentence}`);
  return verdicts.every(({ holds }) => holds);
}

/** Measures in a BFF of its own, which has never held anything else. */
async function inOne(origin: string, core: number | null, measure: (bff: Program) => Promise<number>): Promise<number> {
  const bff = await startProgram("bff", [origin], core);
  const bytes = await measure(bff);
  bff.close();
  return bytes;
}
