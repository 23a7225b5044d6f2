import { startRedis } from "../kills/redis-server.ts";
import { guessCodes, VICTIM } from "./guessing.ts";
import { peopleOf, pumpMessages, type Scale } from "./pumping.ts";
import { openSite } from "./site.ts";

/*
 * Attacks three nodes over a real Redis: a thousand sessions guess at one account, and a pump asks for five thousand messages beside
 * people who enroll. What reached the tenant is counted at the tenant.
 */

/** Five tries for one code and eight in an hour are what the settings say by default. */
const TRIES_PER_CODE = 5;
const TRIES_PER_HOUR = 8;
const SESSIONS = 1_000;
const GUESSES_EACH = 5;
/** Fifty messages of five thousand are what a pump may get by default. */
const MESSAGES_AT_MOST = 50;
const PUMP: Scale = { attempts: 5_000, accounts: 500, addresses: 50, honest: 400 };
const NODES = 3;
/** Nine minutes for both; an unfinished run has failed. */
const END_AFTER_MS = 540_000;

let passed = 0;
let failed = 0;
function judge(sentence: string, holds: boolean): void {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`  ${holds ? "✓" : "✗"} ${sentence}`);
}

async function main(): Promise<void> {
  setTimeout(() => {
    console.error("The run was not done in nine minutes.");
    process.exit(1);
  }, END_AFTER_MS).unref();
  const redis = await startRedis();
  const redisUrl = `redis://127.0.0.1:${redis.port}`;

  console.log(`${SESSIONS} sessions on ${NODES} nodes guess at one account`);
  const guessed = openSite({ nodes: NODES, redisUrl: `${redisUrl}/0`, people: [VICTIM] });
  const guessing = await guessCodes(guessed, { sessions: SESSIONS, each: GUESSES_EACH });
  await guessed.close();
  const { sessions, challenges, guesses, reached, mostForOneCode, mostInAnHour, taken } = guessing;
  console.log(
    `  ${sessions} sessions, ${challenges} open challenges, ${guesses} guesses, ${reached} reached the tenant`,
  );
  console.log(`  ${sayTally(guessing.outcomes)}`);
  judge(
    `at most ${TRIES_PER_CODE} tries for one code reach the tenant: ${mostForOneCode}`,
    mostForOneCode <= TRIES_PER_CODE,
  );
  judge(`at most ${TRIES_PER_HOUR} in an hour reach the tenant: ${mostInAnHour}`, mostInAnHour <= TRIES_PER_HOUR);
  judge(`the attack was one: ${reached} guesses reached the tenant, of thousands`, reached > 0 && guesses >= 1_000);
  judge(`none was taken: ${taken}`, taken === 0);

  console.log(`${PUMP.attempts} messages are asked for by ${PUMP.accounts} accounts from ${PUMP.addresses} addresses`);
  const pumped = openSite({ nodes: NODES, redisUrl: `${redisUrl}/1`, people: peopleOf(PUMP) });
  const pumping = await pumpMessages(pumped, PUMP);
  await pumped.close();
  const { attempts, sent, toRefusedTypes, honest, harmed } = pumping;
  console.log(`  ${sayTally(pumping.outcomes)}`);
  judge(
    `at most ${MESSAGES_AT_MOST} of ${attempts} are sent: ${sent}`,
    sent <= MESSAGES_AT_MOST && attempts === PUMP.attempts,
  );
  judge(`none goes to a number of a refused kind: ${toRefusedTypes}`, toRefusedTypes === 0);
  judge(`nobody of ${honest} people in the same country is harmed: ${harmed.length}`, harmed.length === 0);
  for (const one of harmed.slice(0, 5)) console.log(`    ${one}`);

  redis.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

function sayTally(outcomes: readonly [meaning: string, count: number][]): string {
  return outcomes.map(([meaning, count]) => `${meaning} ${count}`).join(", ");
}

await main();
