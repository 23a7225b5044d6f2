import { createMemoryStore } from "../bff/store.ts";
import type { Notice } from "../bff/notices.ts";
import type { Upstream } from "../bff/upstream.ts";
import { openPage, type Page } from "../journeys/page.tsx";
import { createEavesdropper, type Place } from "../journeys/places.ts";
import { createStack, START } from "../journeys/stack.ts";
import { createVirtualTime } from "../journeys/virtual-time.ts";
import { createVirtualUpstream } from "../journeys/virtual-upstream.ts";
import { createBadStore } from "./bad-store.ts";
import { createChance } from "./chance.ts";
import { type Evidence, recoveryOf, violationsOf } from "./invariants.ts";
import { isDone } from "./goal.ts";
import { createPerson } from "./person.ts";
import { createProcess, type Process } from "./process.ts";
import { ACTIONS, type Fault, type Schedule, type StepFault } from "./schedule.ts";
import { look } from "./screen.ts";
import { createBadWire } from "./wire.ts";
import { createWitness } from "./witness.ts";

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
/** The longest anything is still under way once all is well: the BFF's 30 s, and its lease. */
const CALM_MS = 45_000;

/** Runs a schedule from an empty page to its end, then once more without faults until the page has said its last. */
export async function runSchedule(
  schedule: Schedule,
  options: { /** Stands between the BFF and the tenant. */ readonly around?: (upstream: Upstream) => Upstream } = {},
): Promise<Outcome> {
  const { errand, faults } = schedule;
  const { around = (upstream) => upstream } = options;
  const time = createVirtualTime(START);
  const giveBack = time.install();
  const struck: Record<string, number> = {};
  const strike = (fault: Fault) => {
    const key = fault.on === "wire" ? `${fault.route} wire ${fault.how}` : nameOf(fault);
    struck[key] = (struck[key] ?? 0) + 1;
  };
  const of = <On extends Fault["on"]>(on: On) =>
    faults.filter((fault): fault is Extract<Fault, { on: On }> => fault.on === on);

  const badStore = createBadStore({
    inner: createMemoryStore(time),
    faults: of("store"),
    clock: time,
    onStruck: strike,
  });
  let kills = of("kill");
  let calls = 0;
  let verifyCalls = 0;
  let isTroubled = false;
  const received: string[] = [];
  const notices = new Map<string, Notice>();
  let running: Process | null = null;
  const chance = createChance(1);
  const stack = createStack({
    clock: time,
    connection: (answer) => Promise.race(running === null ? [answer] : [answer, running.end]),
    env: { MFA_SIGN_IN: errand.way === "redirect" ? "redirect" : "redirect,password" },
    random: (count) => Uint8Array.from({ length: count }, () => chance.between(0, 255)),
    bff() {
      running = createProcess({
        clock: time,
        store: badStore.store,
        upstream: around(createVirtualUpstream(stackFetch, time)),
        onCall(when, { body = "" }, answer) {
          if (when === "before") calls += 1;
          const kill = kills.find((fault) => fault.nth === calls && fault.when === when);
          if (kill !== undefined) {
            strike(kill);
            isTroubled = true;
            restart();
            return;
          }
          if (when === "before" && /mfa-(oob|otp)/.test(body)) verifyCalls += 1;
          const codes = /"recovery_codes?":\s*\[?"([A-Z0-9]{24})"/.exec(answer?.text ?? "")?.[1];
          if (codes !== undefined && of("store").length === 0) received.push(codes);
        },
      });
      const notify = async (notice: Notice) => {
        notices.set(notice.id, notice);
      };
      return { ...running.parts, notify };
    },
  });
  function stackFetch(request: Request): Promise<Response> {
    return stack.simulator.fetch(request);
  }
  function restart() {
    running?.kill();
    stack.restart();
  }
  for (const { route, nth, phase, action } of of("tenant"))
    stack.simulator.faults.add({ route, nth, phase, action: ACTIONS[action] });

  const ear = createEavesdropper();
  const bad = createBadWire({ faults: of("wire"), clock: time, onStruck: strike });
  let ahead = 0;
  const browser = stack.browser();
  const pages: Page[] = [];
  const open = async () => {
    const page = await openPage(browser, {
      time,
      clockAhead: () => ahead,
      wire: (request, send) => bad.wire(request, (passed) => ear.wire(passed, send)),
    });
    pages.push(page);
    return page;
  };

  try {
    let page = await open();
    const witness = createWitness({ simulator: stack.simulator, errand, now: time.now });
    const passed: string[] = [];
    const person = createPerson({
      errand,
      time,
      page: () => page,
      inbox: () => stack.simulator.outbox.list(),
      onLook(sight, mind) {
        if (passed.at(-1) !== sight.heading) passed.push(sight.heading);
        witness.look(sight, mind);
      },
    });

    const happen = async ({ what }: StepFault) => {
      if (what === "reload") await page.reload();
      else if (what === "tab") page = await open();
      else if (what === "sleep") await time.sleep(SLEEP_MS);
      else if (what === "ahead") ahead = DAY_MS;
      else if (what === "behind") ahead = -DAY_MS;
      else if (what === "restart") restart();
      else if (what === "wrongCode") person.mind.mistypesNext = true;
      else person.mind.pressesTwiceNext = true;
    };

    let ended: Outcome["ended"] = "unfinished";
    const walk = async (steps: number, withFaults: boolean) => {
      for (let nth = 1; nth <= steps; nth += 1) {
        for (const fault of withFaults ? of("step").filter((each) => each.nth === nth) : []) {
          strike(fault);
          await happen(fault);
        }
        const went = await person.step();
        if (went !== "on") return went;
      }
      return "unfinished";
    };
    ended = await walk(STEPS, true);

    // Now everything works again, and the page is loaded anew: what it says at last has to be so.
    const tenantStruck = stack.simulator.faults.struck();
    for (const [key, count] of Object.entries(tenantStruck)) struck[key] = count;
    stack.simulator.faults.clear();
    bad.heal();
    badStore.heal();
    kills = [];
    await time.advance(CALM_MS);
    await page.reload();
    const after = await walk(STEPS_AFTER, false);
    if (ended !== "through") ended = after === "unfinished" ? ended : after;
    const last = look(page.container);
    if (ended === "through" && !isDone(errand, last)) ended = "unfinished";

    // What a process left behind is found by the next one within five minutes.
    await time.sleep(NOTICE_MS);
    const log: Place = { where: "the log", text: JSON.stringify(stack.log), may: [] };
    const kept: Place = { where: "the store", text: badStore.texts.join("\n"), may: [] };
    const evidence: Evidence = {
      errand,
      simulator: stack.simulator,
      mind: person.mind,
      witness,
      places: [...ear.heard, log, kept],
      verifyCalls,
      notices: [...notices.values()],
      received: isTroubled ? [] : received,
      lastScreen: last.text,
    };
    const violations = violationsOf(evidence);
    const sends = stack.simulator.ledger.list("send").length;
    return {
      schedule,
      violations,
      sends,
      duplicateSends: Math.max(0, sends - person.mind.asked),
      falseClaims: witness.falseClaims.size,
      retyped: person.mind.retyped,
      strays: violations.filter((sentence) => sentence.startsWith("I7")).length,
      received: received.length,
      recovery: recoveryOf(evidence),
      ended,
      struck,
      passed,
      lastScreen: last.text,
      log: stack.log.map(({ route, code, status }) => `${route} ${code ?? status}`).join(", "),
    };
  } finally {
    for (const page of pages) page.close();
    giveBack();
  }
}

function nameOf(fault: Exclude<Fault, { on: "wire" }>): string {
  switch (fault.on) {
    case "tenant":
      return `${fault.route} ${fault.phase} ${fault.action}`;
    case "kill":
      return `process killed ${fault.when} a call`;
    case "store":
      return `store ${fault.how}`;
    case "step":
      return `person ${fault.what}`;
  }
}
