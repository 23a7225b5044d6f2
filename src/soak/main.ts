import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { GENEROUS_LIMITS } from "../bff/generous-limits.ts";
import { openStage } from "../canaries/stage.ts";
import { type FlowResult, playFlow, type World } from "../cluster/flow.ts";
import { createInbox } from "../cluster/inbox.ts";
import { createPeople, type Person } from "../cluster/person.ts";
import { createRandom } from "../kills/kill-plan.ts";
import { keepReading } from "./keep-reading.ts";
import { look, noLooks } from "./looks.ts";
import { tableOf, verdictsOf } from "./report.ts";
import { troubleTenant } from "./tenant-trouble.ts";

/*
 * The production server under a mixed load for half an hour, while one in ten of its calls to the tenant goes wrong. Visits end
 * after five minutes without an action, so that as many end as begin; what then still grows is a leak.
 */

/** People on their way through at once, and people who look at their methods: what keeps two cores half busy, runner and tenant too. */
const ENROLLING = 12;
const READING = 6;
/** Somebody new comes this long after the last one of a lane has gone. */
const NEXT_AFTER_MS = 500;
const LOOK_EVERY_MS = 15_000;
/** Longer than connections are kept open that nobody uses, by the server and by its pool. */
const QUIET_MS = 75_000;
/** More than half an hour of these lanes can play, and fewer than there are numbers for examples. */
const PEOPLE = 30_000;

const SETTINGS = {
  ...GENEROUS_LIMITS,
  // Longer than the longest wait for another message, which is four minutes: a contact is kept as long as a visit may idle.
  MFA_IDLE_SECONDS: "300",
  MFA_SESSION_SECONDS: "600",
  MFA_RECOVERY_HOLD_SECONDS: "600",
  // Where one call in ten fails, an account needs more messages and tries than a person's would.
  MFA_SENDS_PER_HOUR: "100",
  MFA_SENDS_PER_ENROLLMENT: "50",
  MFA_TRIES_PER_HOUR: "100",
};

/**
 * Somebody here types every code that arrived, the newest first. Where the tenant fails at a code and then at the next message, they
 * come to one of which the page says that it does not count, and that it is refused is no fault, nor that the refusal cannot be read.
 */
const EARLIER_CODE = /^The code of a message that was sent was refused \((?:wrong_code|unexpected_answer)\)\.$/;
/** A tenant that fails at a wrong code may say anything of it, but yes. */
const WRONG_CODE = "A wrong code was refused (";
const isFault = (fault: string) => !EARLIER_CODE.test(fault) && !fault.startsWith(WRONG_CODE);

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    store: { type: "string", default: "redis" },
    seed: { type: "string", default: "1" },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed) || !["redis", "memory"].includes(values.store)) {
  console.error("npm run soak -- [--minutes 30] [--store redis|memory] [--seed 1]");
  process.exit(1);
}

const stage = await openStage({ ...SETTINGS, ...(values.store === "memory" ? { REDIS_URL: "" } : {}) });
const { simulator } = stage.tenant;
const world: World = { origin: stage.origin, simulator, inbox: createInbox(simulator.outbox), owners: new Map() };
const people = createPeople(PEOPLE, seed);
const results: FlowResult[] = [];
const broken: string[] = [];
const looks = noLooks();
const startedAt = Date.now();
const endsAt = startedAt + minutes * 60_000;
const isOver = () => Date.now() >= endsAt;

async function enroll(person: Person): Promise<void> {
  const story: string[] = [];
  try {
    const played = await playFlow(world, person, story);
    const result = { ...played, faults: played.faults.filter(isFault) };
    results.push(result);
    if (result.faults.length + result.foreign.length + result.duplicates === 0) return;
    console.log(`Person ${person.id}: ${[...result.faults, ...result.foreign].join(" ")}`);
  } catch (reason) {
    broken.push(`Person ${person.id}`);
    console.log(`Person ${person.id}: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
  console.log(story.map((line) => `    ${line}`).join("\n"));
}

console.log(
  `${minutes} minutes, ${ENROLLING} enrolling and ${READING} reading at once, over ${values.store}, seed ${seed}`,
);
const idle = noLooks();
look(idle, await stage.metrics(), Date.now());
const trouble = troubleTenant(simulator.faults, createRandom(seed));
const lanes = Array.from({ length: ENROLLING }, async () => {
  for (let person = people.shift(); person && !isOver(); person = people.shift()) {
    await enroll(person);
    await pause(NEXT_AFTER_MS);
  }
});
const readers = Array.from({ length: READING }, (_, index) => keepReading({ stage, id: index, isOver }));
const looking = (async () => {
  while (!isOver()) {
    await pause(Math.min(LOOK_EVERY_MS, Math.max(0, endsAt - Date.now())));
    look(looks, await stage.metrics(), Date.now());
  }
})();
await Promise.all([...lanes, looking]);
const read = await Promise.all(readers);
trouble.stop();
console.log(`The load has ended after ${Math.round((Date.now() - startedAt) / 1000)} s; ${QUIET_MS / 1000} s of quiet`);
await pause(QUIET_MS);
const quiet = noLooks();
look(quiet, await stage.metrics(), Date.now());

const run = {
  startedAt,
  minutes,
  idle,
  looks,
  quiet,
  results,
  broken,
  struck: trouble.struck(),
  readings: read.reduce((sum, { readings }) => sum + readings, 0),
  readingFaults: read.flatMap(({ faults }) => faults),
  serverFaults: stage
    .log()
    .split("\n")
    .filter((line) => /"status":500|"code":"internal_error"/.test(line)).length,
  isAlive: stage.isRunning(),
  keepsRecords: values.store === "memory",
};
console.log(`\n${tableOf(run)}\n`);
let [passed, failed] = [0, 0];
for (const { holds, sentence } of verdictsOf(run)) {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`  ${holds ? "✓" : "✗"} ${sentence}`);
}
await stage.close();
console.log(`${passed} passed, ${failed} failed (${Math.round((Date.now() - startedAt) / 1000)} s)`);
process.exit(failed > 0 ? 1 : 0);
