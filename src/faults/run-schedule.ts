import type { Upstream } from "../bff/upstream.ts";
import { isDone } from "./goal.ts";
import { type Evidence, recoveryOf, violationsOf } from "./invariants.ts";
import { createPerson } from "./person.ts";
import type { Schedule, StepFault } from "./schedule.ts";
import { look } from "./screen.ts";
import { createWitness, unconfirmedOf } from "./witness.ts";
import { createWorld, type World } from "./world.ts";

/** What a run came to. */
export type Outcome = {
  readonly schedule: Schedule;
  readonly violations: readonly string[];
  readonly sends: number;
  readonly duplicateSends: number;
  readonly falseClaims: number;
  readonly retyped: number;
  readonly strays: number;
  readonly received: number;
  readonly recovery: ReturnType<typeof recoveryOf>;
  readonly ended: "through" | "gave up" | "unfinished";
  /** How often each fault struck, by what it is. */
  readonly struck: Readonly<Record<string, number>>;
  /** The screens that were passed, for whoever wants to know how it came to this. */
  readonly passed: readonly string[];
  readonly lastScreen: string;
  /** What the BFF was asked and answered, one word a request. */
  readonly log: string;
};

/** Steps with faults, and steps for finding one's way once everything works again. */
const STEPS = 45;
const STEPS_AFTER = 30;
const DAY_MS = 86_400_000;
const SLEEP_MS = 20 * 60_000;
const NOTICE_MS = 10 * 60_000;
/** A new recovery code can be asked for once an hour. */
const RENEWAL_MS = 61 * 60_000;
/** The longest anything is still under way once all is well: the BFF's 30 s, and its lease. */
const CALM_MS = 45_000;

/** Runs a schedule from an empty page to its end, then once more without faults until the page has said its last. */
export async function runSchedule(
  schedule: Schedule,
  options: { /** Stands between the BFF and the tenant. */ readonly around?: (upstream: Upstream) => Upstream } = {},
): Promise<Outcome> {
  const { errand, faults } = schedule;
  const world = createWorld(schedule, options.around ?? ((upstream) => upstream));
  const { time, stack } = world;
  const { simulator } = stack;
  try {
    let page = await world.open();
    const witness = createWitness({ simulator, errand, now: time.now, heard: world.heard });
    const passed: string[] = [];
    const person = createPerson({
      errand,
      time,
      page: () => page,
      inbox: () => simulator.outbox.list(),
      onLook(sight, mind) {
        if (passed.at(-1) !== sight.heading) passed.push(sight.heading);
        witness.look(sight, mind);
      },
    });

    const happen = async ({ what }: StepFault) => {
      if (what === "reload") await page.reload();
      else if (what === "tab") page = await world.open();
      else if (what === "sleep") await time.deviceSleeps(SLEEP_MS);
      else if (what === "ahead") world.setAhead(DAY_MS);
      else if (what === "behind") world.setAhead(-DAY_MS);
      else if (what === "restart") world.restart();
      else if (what === "wrongCode") person.mind.mistypesNext = true;
      else if (what === "putOff") person.mind.putsOffNext = true;
      else person.mind.pressesTwiceNext = true;
    };
    const walk = async (steps: number, withFaults: boolean): Promise<Outcome["ended"]> => {
      for (let nth = 1; nth <= steps; nth += 1) {
        for (const fault of withFaults ? faults : []) {
          if (fault.on !== "step" || fault.nth !== nth) continue;
          world.strike(fault);
          await happen(fault);
        }
        const went = await person.step();
        if (went !== "on") return went;
      }
      return "unfinished";
    };
    let ended = await walk(STEPS, true);

    // Now everything works again, and the page is loaded anew: what it says at last has to be so.
    world.heal();
    await time.advance(CALM_MS);
    await page.reload();
    const after = await walk(STEPS_AFTER, false);
    if (ended !== "through") ended = after === "unfinished" ? ended : after;
    if (ended === "through" && !isDone(errand, look(page.container))) ended = "unfinished";

    const judged = (leftovers: number): Evidence => ({
      errand,
      simulator,
      mind: person.mind,
      witness,
      places: world.places(),
      verifyCalls: world.verifyCalls(),
      notices: world.notices(),
      received: world.received(),
      lastScreen: look(page.container).text,
      sends: simulator.ledger.list("send").length,
      leftovers,
    });
    if (errand.repair && /truthfully|silent/.test(recoveryOf(judged(0)))) {
      // The way to a new code stays open to whoever could not or would not go it at once.
      await time.deviceSleeps(RENEWAL_MS);
      person.mind.mayNotRenew = false;
      await page.reload();
      await walk(STEPS_AFTER, false);
    }
    // What a process left behind is found by the next one within five minutes.
    await time.deviceSleeps(NOTICE_MS);
    const sends = simulator.ledger.list("send").length;
    const evidence = { ...judged(await leftovers(world, schedule)), sends };
    const violations = violationsOf(evidence);
    return {
      schedule,
      violations,
      sends,
      duplicateSends: Math.max(0, sends - person.mind.asked),
      falseClaims: witness.falseClaims.size,
      retyped: person.mind.retyped,
      strays: violations.filter((sentence) => sentence.startsWith("I7")).length,
      received: evidence.received.length,
      recovery: recoveryOf(evidence),
      ended,
      struck: world.struck,
      passed,
      lastScreen: evidence.lastScreen,
      log: stack.log.map(({ route, code, status }) => `${route} ${code ?? status}`).join(", "),
    };
  } finally {
    world.close();
  }
}

/**
 * Counts what was begun and never confirmed, once the time for confirming is over and the owner has come back with a token that
 * allows to sweep it.
 */
async function leftovers({ stack, time }: World, { errand: { who } }: Schedule): Promise<number> {
  if (unconfirmedOf(stack.simulator, who) === 0) return 0;
  await stack.browser().signInByRedirect(`${who}@example.com`);
  await time.settle();
  return unconfirmedOf(stack.simulator, who);
}
