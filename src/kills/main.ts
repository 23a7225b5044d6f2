import { setTimeout as pause } from "node:timers/promises";
import { createRedisStore } from "../bff/redis-store.ts";
import { type FlowResult, playFlow } from "./flow.ts";
import { planKills, type PlannedKill } from "./kill-plan.ts";
import { type Lane, openLane } from "./lane.ts";
import { startRedis } from "./redis-server.ts";
import { tableOf, verdictsOf } from "./report.ts";
import { storePromises } from "./store-promises.ts";

/*
 * Kills the production server with SIGKILL in the middle of people's changes, with a real Redis that survives it, and holds
 * what the page said against what the tenant did. It plays the page and the tenant and stands in front of Redis; it must never
 * need a hook in what it kills.
 */

/** Ten in each window: two more than are promised. */
const KILLS_IN_EACH_WINDOW = 10;
/** Tenants and nodes side by side: most of a flow is waiting. */
const LANES = 5;
/** Four minutes for the whole run; an unfinished one has failed. */
const END_AFTER_MS = 240_000;

async function main(args: readonly string[]): Promise<void> {
  const seed = readSeed(args);
  const startedAt = Date.now();
  setTimeout(() => {
    console.error("The run was not done in four minutes.");
    process.exit(1);
  }, END_AFTER_MS).unref();
  const redis = await startRedis();
  let passed = 0;
  let failed = 0;
  const judge = (holds: boolean, sentence: string) => {
    if (holds) passed += 1;
    else failed += 1;
    if (!holds) console.log(`  ✗ ${sentence}`);
  };

  console.log("The store in Redis keeps its promises");
  const store = createRedisStore(`redis://127.0.0.1:${redis.port}`);
  for (const { title, holds } of storePromises) {
    const fault = await holds(store, (ms) => pause(ms)).then(() => null, String);
    judge(fault === null, `${title}: ${fault}`);
  }
  await store.close();

  const plans = planKills({ each: KILLS_IN_EACH_WINDOW, seed });
  console.log(`${plans.length} flows, a kill -9 in each, seed ${seed}`);
  const lanes = await Promise.all(Array.from({ length: LANES }, () => openLane(redis.port)));
  const results: FlowResult[] = [];
  const waiting = [...plans];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let kill = waiting.shift(); kill; kill = waiting.shift()) {
        const result = await playFlow(lane, kill).catch((reason: unknown) => brokenOff(kill, reason));
        results.push(result);
        judge(result.faults.length === 0, `${sayKill(kill)}: ${result.faults.join(" ")}`);
      }
    }),
  );
  console.log(`\n${tableOf(results)}\n`);
  const about = { readable: lanes.flatMap(readableSecrets), nodeFaults: lanes.flatMap(({ node }) => node.faults()) };
  for (const { holds, sentence } of verdictsOf(results, about)) judge(holds, sentence);
  await Promise.all(lanes.map((lane) => lane.close()));
  redis.close();
  console.log(`${passed} passed, ${failed} failed (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  process.exit(failed > 0 ? 1 : 0);
}

function sayKill({ id, window, end, during, channel, afterMs }: PlannedKill): string {
  const where = window === "random" ? `${afterMs} ms` : `${window} ${end}`;
  return `flow ${id} (${during} by ${channel}, ${where})`;
}

function brokenOff(kill: PlannedKill, reason: unknown): FlowResult {
  const fault = reason instanceof Error ? reason.message : String(reason);
  return { kill, sameStep: false, outageMs: 0, recoveryCode: "lost", duplicates: 0, faults: [fault] };
}

/** Kinds of secret that stand word for word in what a node sent to Redis. Six digits are left out: they occur by chance. */
function readableSecrets({ gate, tenant }: Lane): string[] {
  const sent = gate.sent();
  const { simulator } = tenant;
  const minted = simulator.minted().filter(({ kind, value }) => kind !== "code" && sent.includes(value));
  const contacts = simulator.ledger
    .list("send")
    .filter(({ contact }) => contact !== undefined && sent.includes(contact));
  return [...new Set([...minted.map(({ kind }) => kind), ...contacts.map(() => "contact")])];
}

function readSeed(args: readonly string[]): number {
  const given = args[args.indexOf("--seed") + 1];
  return args.includes("--seed") && given !== undefined && /^\d{1,9}$/.test(given) ? Number(given) : 1;
}

await main(process.argv.slice(2));
