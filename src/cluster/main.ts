import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../kills/free-port.ts";
import { createRandom } from "../kills/kill-plan.ts";
import { redisCommand } from "../kills/redis-command.ts";
import { startRedis } from "../kills/redis-server.ts";
import { demoClient, managementClient } from "../simulator/clients.ts";
import { startTenant } from "../simulator/serve-tenant.ts";
import { checkAddressForms } from "./address-forms.ts";
import { startFleet } from "./fleet.ts";
import { type FlowResult, playFlow, type World } from "./flow.ts";
import { createInbox } from "./inbox.ts";
import { createPeople, type Person } from "./person.ts";
import { verdictsOf } from "./report.ts";
import { openRoundRobin } from "./round-robin.ts";
import { makeTrouble, planTroubles, type Trouble } from "./troubles.ts";

/*
 * Three nodes of the production server behind a load balancer that knows nothing of sessions, one Redis, one tenant, and people who
 * enroll while nodes are killed, Redis goes away, the key is exchanged and another version is rolled out and back. What they were
 * shown is held against what the tenant did.
 */

const NODES = 3;
const FLOWS = 2_000;
/** As many at once as two cores serve without people waiting for each other. */
const AT_ONCE = 40;
/** People go on at most this many troubles ahead of what has happened. */
const AHEAD = 2;
/** More than a run does of anything. */
const MANY = 100_000;
const COUNTED_OVER_ALL = [
  "MFA_SENDS_PER_VISIT_HOUR",
  "MFA_SENDS_PER_IP_HOUR",
  "MFA_SENDS_PER_CONTACT_TEN_MINUTES",
  "MFA_SENDS_PER_PREFIX_HOUR",
  "MFA_SENDS_PER_COUNTRY_HOUR",
  "MFA_SENDS_PER_DAY",
  "MFA_UNENTERED_PER_PREFIX_HOUR",
  "MFA_UNENTERED_PER_COUNTRY_HOUR",
  "MFA_UNENTERED_PER_HOUR",
];
/** A quarter of an hour; an unfinished run has failed. */
const END_AFTER_MS = 900_000;
/** Every key has an end, so that nothing stays for ever of somebody who never comes back. */
const KEYS_WITHOUT_END = `local n = 0
for _, key in ipairs(redis.call('KEYS', '*')) do if redis.call('PTTL', key) < 0 then n = n + 1 end end
return n`;

async function main(args: readonly string[]): Promise<void> {
  const seed = readNumber(args, "--seed") ?? 1;
  const flows = readNumber(args, "--flows") ?? FLOWS;
  const startedAt = Date.now();
  setTimeout(() => {
    console.error("The run was not done in a quarter of an hour.");
    process.exit(1);
  }, END_AFTER_MS).unref();
  const random = createRandom(seed);
  const directory = mkdtempSync(join(tmpdir(), "mfa-enroll-cluster-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  console.log("The store keeps its promises over several servers");
  const forms = await checkAddressForms(directory);
  const redis = await startRedis({ directory: mkdtempSync(join(directory, "redis-")) });
  const ports = await Promise.all(Array.from({ length: NODES }, freePort));
  const balancer = await openRoundRobin(ports);
  const origin = `http://127.0.0.1:${balancer.port}`;
  const clients = [demoClient([`${origin}/api/mfa/callback`], [origin]), managementClient()];
  // A tenant's own limit over all people would be met by nothing else than the pace of this run.
  const settings = { limits: { api: { burst: MANY, refillSeconds: 1 / MANY } } };
  const tenant = await startTenant({ port: 0, people: [], clients, settings });
  const { simulator } = tenant;
  const key = randomBytes(32).toString("base64");
  const fleet = await startFleet(
    ports,
    {
      AUTH0_DOMAIN: tenant.origin,
      AUTH0_CLIENT_ID: "mfa-enroll-demo",
      AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
      AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
      AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
      MFA_PUBLIC_URL: origin,
      MFA_SECRET_KEY: key,
      MFA_SIGN_IN: "password",
      MFA_TRUSTED_PROXIES: "127.0.0.1",
      // The balancer asks nobody whether they are leaving, so there is nothing to wait for.
      MFA_DRAIN_SECONDS: "0",
      // What is counted over all people, by number or by address is met by the pace of this run; an account's own budgets stay.
      ...Object.fromEntries(COUNTED_OVER_ALL.map((name) => [name, String(MANY)])),
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    },
    random,
  );
  const world: World = { origin, simulator, inbox: createInbox(simulator.outbox), owners: new Map() };
  const { troubles, shut } = planTroubles({ fleet, redis, key }, random);

  console.log(`${flows} flows over ${NODES} nodes, ${troubles.length} troubles, seed ${seed}`);
  const results: FlowResult[] = [];
  const happened: Trouble[] = [];
  const waiting = createPeople(flows, seed);
  let begun = 0;
  const tell = (trouble: Trouble) => {
    happened.push(trouble);
    console.log(`  ${elapsed(startedAt)} ${String(results.length).padStart(5)} flows  ${trouble.title}`);
  };
  const trouble = makeTrouble(troubles, () => results.length / flows, tell);
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, flows) }, async () => {
      for (let person = waiting.shift(); person; person = waiting.shift()) {
        while (begun / flows > (happened.length + AHEAD) / troubles.length) await pause(100);
        begun += 1;
        const one = person;
        const story: string[] = [];
        const result = await playFlow(world, one, story).catch((reason: unknown) => brokenOff(one, reason));
        for (const fault of [...result.faults, ...result.foreign]) console.log(`  ✗ ${sayPerson(one)}: ${fault}`);
        if (result.signedInAgain > 0) console.log(`  ! ${sayPerson(one)} had to sign in again`);
        if (result.faults.length + result.signedInAgain > 0)
          console.log(story.map((line) => `      ${line}`).join("\n"));
        results.push(result);
      }
    }),
  );
  await trouble;

  const withoutEnd = Number(await redisCommand(redis.port, "EVAL", KEYS_WITHOUT_END, "0"));
  const nodeFaults = fleet.nodes.flatMap((node) => node.faults());
  const { table, verdicts: ofFlows } = verdictsOf(results, {
    happened,
    shut,
    sends: simulator.ledger.list("send"),
    withoutEnd,
    nodeFaults,
  });
  const verdicts = [...forms, ...ofFlows];
  console.log(`\n${table}\n`);
  for (const { holds, sentence } of verdicts) console.log(`  ${holds ? "✓" : "✗"} ${sentence}`);
  await Promise.all(fleet.nodes.map((node) => node.kill()));
  balancer.close();
  await tenant.close();
  redis.close();
  const failed = verdicts.filter(({ holds }) => !holds).length;
  console.log(`${verdicts.length - failed} passed, ${failed} failed (${elapsed(startedAt).trim()})`);
  process.exit(failed > 0 ? 1 : 0);
}

function brokenOff(person: Person, reason: unknown): FlowResult {
  const fault = reason instanceof Error ? reason.message : String(reason);
  return {
    person,
    troubles: 0,
    reloads: 0,
    signedInAgain: 0,
    recoveryCode: "lost",
    duplicates: 0,
    foreign: [],
    faults: [fault],
  };
}

function sayPerson({ id, channel, pressesTwice, asksAgain, typesWrongFirst }: Person): string {
  const habits = [pressesTwice && "twice", asksAgain && "another message", typesWrongFirst && "a wrong code"];
  return `flow ${id} (${[channel, ...habits.filter((habit) => habit !== false)].join(", ")})`;
}

function elapsed(since: number): string {
  return `${Math.round((Date.now() - since) / 1000)} s`.padStart(6);
}

function readNumber(args: readonly string[], name: string): number | null {
  const given = args[args.indexOf(name) + 1];
  return args.includes(name) && given !== undefined && /^[1-9]\d{0,8}$/.test(given) ? Number(given) : null;
}

await main(process.argv.slice(2));
