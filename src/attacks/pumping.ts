import type { PersonSeed } from "../simulator/people.ts";
import { type Caller, inParallel, meaningOf, openCaller, tally } from "./caller.ts";
import type { Site } from "./site.ts";

/*
 * Somebody who earns from texts to ranges of numbers has accounts and addresses, and asks for as many messages as they can, while
 * people in the same country enroll and enter their codes. Nobody ever enters a code of the first kind.
 */

/** How much of it there is. */
export type Scale = { attempts: number; accounts: number; addresses: number; honest: number };

/** What came of it. */
export type PumpingResult = {
  attempts: number;
  sent: number;
  /** Messages to numbers of kinds that earn whoever owns them. */
  toRefusedTypes: number;
  honest: number;
  harmed: string[];
  outcomes: [meaning: string, count: number][];
};

/** Every fifth number is premium, shared-cost, toll-free, a pager, personal, a satellite phone or a network. */
const REFUSED = ["+1900555", "+1800555", "+44870123", "+44764000", "+44700123", "+88161234", "+88299900"];
const EVERY_FIFTH = 5;
/** Areas beside each other that are pumped, and some forty others in which people live. */
const PUMPED_AREAS = [202, 203];
const HONEST_AREAS = [
  212, 213, 214, 215, 216, 217, 218, 219, 301, 302, 303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317,
  318, 319, 320, 321, 323, 325, 330, 334, 336, 337, 339, 346, 347, 351, 352, 360, 361,
];
/** Twenty-five requests under way at a time, ten of people: more would only wait for each other in one process. */
const PUMP_WIDTH = 25;
const HONEST_WIDTH = 10;

/** Returns the people of both kinds. */
export function peopleOf({ accounts, honest }: Scale): PersonSeed[] {
  const seeds = (kind: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      subject: `auth0|${kind}-${index}`,
      name: "Person",
      email: `${kind}-${index}@example.com`,
    }));
  return [...seeds("pump", accounts), ...seeds("honest", honest)];
}

/** Pumps, and lets people enroll meanwhile. */
export async function pumpMessages(site: Site, scale: Scale): Promise<PumpingResult> {
  const { attempts, accounts, addresses, honest } = scale;
  const pumps: Caller[] = [];
  await inParallel(Array.from({ length: accounts }), PUMP_WIDTH, async (_, index) => {
    const caller = openCaller(site, { node: index, address: `198.51.100.${index % addresses}` });
    await caller.signIn(`pump-${index}@example.com`);
    pumps.push(caller);
  });
  const outcomes: string[] = [];
  const harmed: string[] = [];
  const pumping = inParallel(Array.from({ length: attempts }), PUMP_WIDTH, async (_, index) => {
    const channel = index % 3 === 0 ? "voice" : "sms";
    const outcome = await pumps[index % accounts]?.client.start({ channel, contact: pumpedNumber(index) });
    if (outcome) outcomes.push(meaningOf(outcome));
  });
  const enrolling = inParallel(Array.from({ length: honest }), HONEST_WIDTH, async (_, index) => {
    const trouble = await enroll(site, index).catch(String);
    if (trouble !== null) harmed.push(trouble);
  });
  await Promise.all([pumping, enrolling]);
  const sent = site.simulator.ledger.list("send").map(({ contact = "" }) => contact);
  const pumped = new Set(Array.from({ length: attempts }, (_, index) => pumpedNumber(index)));
  return {
    attempts: outcomes.length,
    sent: sent.filter((contact) => pumped.has(contact)).length,
    toRefusedTypes: sent.filter((contact) => REFUSED.some((prefix) => contact.startsWith(prefix))).length,
    honest,
    harmed,
    outcomes: tally(outcomes),
  };
}

/** Enrolls a number of one's own from one's own address. Returns what went wrong, or null. */
async function enroll(site: Site, index: number): Promise<string | null> {
  const address = `203.0.${Math.floor(index / 250)}.${index % 250}`;
  const caller = openCaller(site, { node: index, address });
  await caller.signIn(`honest-${index}@example.com`);
  const area = HONEST_AREAS[index % HONEST_AREAS.length] ?? 0;
  const contact = `+1${area}${300 + (Math.floor(index / HONEST_AREAS.length) % 600)}${2_000 + (index % 1_000)}`;
  const { client, persist } = caller;
  const begun = await persist((intent) => client.start({ channel: "sms", contact }, intent));
  const enrollment =
    begun.kind === "answered" && begun.answer.flow.step === "code" ? begun.answer.flow.enrollment : null;
  const code = site.simulator.outbox.list().findLast((message) => message.to === contact)?.code;
  if (!enrollment || code === undefined) return `${contact}: ${meaningOf(begun)}`;
  const { enrollmentId } = enrollment;
  const ended = await persist((intent) => client.confirm({ enrollmentId, code }, intent));
  return ended.kind === "answered" ? null : `${contact}: ${meaningOf(ended)}`;
}

/** The number of an attempt: range beside range, and in each the next one. */
function pumpedNumber(index: number): string {
  const last = String(index % 10_000).padStart(4, "0");
  if (index % EVERY_FIFTH === 0) return `${REFUSED[(index / EVERY_FIFTH) % REFUSED.length]}${last}`;
  const area = PUMPED_AREAS[Math.floor(index / 1_000) % PUMPED_AREAS.length];
  return `+1${area}${500 + (Math.floor(index / 4) % 200)}${last}`;
}
