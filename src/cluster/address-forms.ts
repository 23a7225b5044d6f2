import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createRedisStore } from "../bff/redis-store.ts";
import { freePort } from "../kills/free-port.ts";
import { redisCommand } from "../kills/redis-command.ts";
import { listens, type RunningRedis, startRedis } from "../kills/redis-server.ts";
import type { Verdict } from "../kills/report.ts";
import { storePromises } from "../kills/store-promises.ts";

/*
 * Holds the store's promises over the two forms in which a Redis is more than one server: three servers that share the keys, and a
 * master that sentinels replace.
 */

/** All slots of a cluster, by the server that holds them. */
const SLOTS = [
  ["0", "5460"],
  ["5461", "10922"],
  ["10923", "16383"],
] as const;
/** Half a minute; it takes two seconds on an idle machine. */
const WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** Starts a cluster, and a master with its replica and a sentinel, below `directory`, and tells which promises are kept there. */
export async function checkAddressForms(directory: string): Promise<Verdict[]> {
  return [...(await checkCluster(directory)), ...(await checkSentinel(directory))];
}

async function checkCluster(directory: string): Promise<Verdict[]> {
  const servers = await Promise.all(
    SLOTS.map((_, index) => {
      // Each writes down there whom it knows.
      const home = mkdtempSync(join(directory, `cluster-${index}-`));
      return startRedis({ directory: home, options: ["--cluster-enabled", "yes"] });
    }),
  );
  for (const [index, { port }] of servers.entries()) {
    await redisCommand(port, "CLUSTER", "ADDSLOTSRANGE", ...(SLOTS[index] ?? []));
    await redisCommand(port, "CLUSTER", "MEET", "127.0.0.1", String(servers[0]?.port));
  }
  const isWhole = async ({ port }: RunningRedis) =>
    String(await redisCommand(port, "CLUSTER", "INFO")).includes("cluster_state:ok");
  await until(async () => (await Promise.all(servers.map(isWhole))).every(Boolean));
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(",");
  const verdicts = await promisesAt("a cluster of three", `redis+cluster://${hosts}`);
  const counts = await Promise.all(servers.map(({ port }) => redisCommand(port, "DBSIZE")));
  for (const server of servers) server.close();
  return [
    ...verdicts,
    {
      sentence: "in a cluster of three each server holds some records",
      holds: counts.every((count) => Number(count) > 0),
    },
  ];
}

async function checkSentinel(directory: string): Promise<Verdict[]> {
  const homeOf = (name: string) => mkdtempSync(join(directory, name));
  const atOnce = ["--repl-diskless-sync-delay", "0"];
  const master = await startRedis({ directory: homeOf("master-"), options: atOnce });
  const options = ["--replicaof", `127.0.0.1 ${master.port}`];
  const replica = await startRedis({ directory: homeOf("replica-"), options });
  const sentinelPort = await freePort();
  const home = homeOf("sentinel-");
  const file = join(home, "sentinel.conf");
  writeFileSync(
    file,
    `port ${sentinelPort}
bind 127.0.0.1
dir ${home}
sentinel monitor ours 127.0.0.1 ${master.port} 1
sentinel down-after-milliseconds ours 500
sentinel failover-timeout ours 3000
`,
  );
  const sentinel = spawn("redis-server", [file, "--sentinel"], { stdio: "ignore" });
  process.once("exit", () => sentinel.kill("SIGKILL"));
  await until(() => listens(sentinelPort));
  const says = async (what: string) =>
    JSON.stringify(await redisCommand(sentinelPort, "SENTINEL", what, "ours")).includes(String(replica.port));
  await until(async () => String(await redisCommand(replica.port, "INFO", "replication")).includes("link_status:up"));
  await until(() => says("REPLICAS"));
  const url = `redis+sentinel://127.0.0.1:${sentinelPort}/0?name=ours`;
  const verdicts = await promisesAt("a master that a sentinel names", url);

  const store = createRedisStore(url);
  await store.write("kept", "text", { ifVersion: null, ttlSeconds: 60 });
  // Redis' own WAIT counts nothing but what was written over the same connection.
  await until(async () => JSON.stringify(await redisCommand(replica.port, "KEYS", "*kept")).includes("kept"));
  await master.kill();
  const wasRefused = await store.read("kept").then(
    () => false,
    () => true,
  );
  const isThereAgain = await until(async () => (await store.read("kept").catch(() => null)) !== null);
  // It reads already where it does not write yet: each attempt is an entry of its own, for one that failed may have counted.
  let attempt = 0;
  const isWritten = await until(async () => {
    attempt += 1;
    const write = store.write(`new ${attempt}`, "text", { ifVersion: null, ttlSeconds: 60 });
    return (await write.catch(() => null)) !== null;
  });
  await store.close();
  sentinel.kill("SIGKILL");
  master.close();
  replica.close();
  return [
    ...verdicts,
    { sentence: "a master that is gone refuses at once", holds: wasRefused },
    {
      sentence: "once the sentinel has named another, what was written is there, and can be written",
      holds: isThereAgain && isWritten,
    },
  ];
}

async function promisesAt(where: string, url: string): Promise<Verdict[]> {
  const store = createRedisStore(url);
  const verdicts: Verdict[] = [];
  for (const { title, holds } of storePromises) {
    const fault = await holds(store, (ms) => pause(ms)).then(() => null, String);
    verdicts.push({ sentence: `in ${where} ${title}${fault === null ? "" : `: ${fault}`}`, holds: fault === null });
  }
  await store.close();
  return verdicts;
}

async function until(holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + WITHIN_MS; Date.now() < end; await pause(LOOK_EVERY_MS)) if (await holds()) return true;
  return false;
}
