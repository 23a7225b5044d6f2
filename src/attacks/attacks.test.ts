import { expect, test } from "vitest";
import { guessCodes, VICTIM } from "./guessing.ts";
import { peopleOf, pumpMessages } from "./pumping.ts";
import { openSite } from "./site.ts";

/*
 * The attacks of `npm run attacks` in small, over memory that two nodes share: enough to go red where a limit is gone.
 */

test("forty sessions on two nodes that guess at one account get five tries at a code and eight in an hour", async () => {
  const site = openSite({ nodes: 2, redisUrl: null, people: [VICTIM] });
  const { guesses, reached, mostForOneCode, mostInAnHour, taken } = await guessCodes(site, { sessions: 40, each: 5 });
  expect(guesses).toBeGreaterThan(100);
  expect(reached).toBeGreaterThan(0);
  expect(mostForOneCode).toBeLessThanOrEqual(5);
  expect(mostInAnHour).toBeLessThanOrEqual(8);
  expect(taken).toBe(0);
});

test("a pump with many accounts and addresses gets next to nothing, and people beside it all enroll", async () => {
  const scale = { attempts: 250, accounts: 50, addresses: 20, honest: 30 };
  const site = openSite({ nodes: 2, redisUrl: null, people: peopleOf(scale) });
  const { attempts, sent, toRefusedTypes, harmed } = await pumpMessages(site, scale);
  expect(attempts).toBe(250);
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThanOrEqual(20);
  expect(toRefusedTypes).toBe(0);
  expect(harmed).toEqual([]);
});
