import { type Aim, aimsOn, bringsCode, cellOf, ERRANDS, needsLoss, STEPS } from "./cells.ts";
import type { Chance } from "./chance.ts";
import type { Errand, Fault, Schedule } from "./schedule.ts";

/** As many operations as a plain run makes; the first 64 are a new process looking for notices that were left behind. */
const STORE_OPERATIONS = 140;

/** Two ways in which the answer that holds the recovery code gets lost. */
const LOSSES: readonly Fault[] = [
  { on: "tenant", route: "POST /mfa/associate", nth: 1, phase: "afterCommit", action: "reset" },
  { on: "tenant", route: "POST /mfa/associate", nth: 1, phase: "midBody", action: "truncate" },
];

/**
 * Creates what draws schedules: an errand and one to four faults on its way. The first of them is taken from a shuffled deck in
 * which everything that can be struck is once, dealt again when it is used up: left to chance alone, what few errands come by
 * would hardly ever be struck. The others are any.
 */
export function createDrawing(chance: Chance): () => Schedule {
  const everything = new Map(ERRANDS.flatMap(aimsOn).map((aim) => [cellOf(aim), aim]));
  let deck: Aim[] = [];
  return () => {
    if (deck.length === 0) deck = shuffled([...everything.values()], chance);
    const aim = deck.pop();
    if (aim === undefined) throw new Error("There is nothing to strike.");
    const cell = cellOf(aim);
    const comesBy = (errand: Errand) => aimsOn(errand).some((one) => cellOf(one) === cell);
    const errand = chance.pick(ERRANDS.filter(comesBy));
    const first: Fault[] = needsLoss(aim.route) ? [aim, chance.pick(LOSSES)] : [aim];
    // A call that takes a loss to come by is lost again to much else.
    const more = chance.between(0, first.length === 1 ? 3 : 1);
    return { errand, faults: [...first, ...Array.from({ length: more }, () => drawFault(chance, errand))] };
  };
}

function drawFault(chance: Chance, errand: Errand): Fault {
  const kind = chance.next();
  const aims = aimsOn(errand).filter(({ route }) => !needsLoss(route));
  if (kind < 0.7) {
    const on = kind < 0.5 ? "tenant" : "wire";
    return { ...chance.pick(aims.filter((aim) => aim.on === on)), nth: drawNth(chance) };
  }
  if (kind < 0.78) return { on: "kill", nth: chance.between(1, 6), when: chance.pick(["before", "after"] as const) };
  if (kind < 0.84) {
    const how = chance.pick(["fails", "slow", "down"] as const);
    return { on: "store", nth: chance.between(1, STORE_OPERATIONS), how };
  }
  return { on: "step", nth: chance.between(1, 12), what: chance.pick(STEPS) };
}

/** Mostly the first: later ones are met only on long ways. */
function drawNth(chance: Chance): number {
  return chance.next() < 0.7 ? 1 : chance.between(2, 4);
}

function shuffled<T>(items: T[], chance: Chance): T[] {
  return items
    .map((item) => ({ item, at: chance.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Returns every single fault of the tenant and of the wire, each once, on a way that comes by it. */
export function singleFaults(): readonly Schedule[] {
  const seen = new Set<string>();
  const once = (errand: Errand, faults: readonly Fault[]): Schedule[] => {
    const key = JSON.stringify(faults);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ errand, faults }];
  };
  return ERRANDS.flatMap((errand) => [
    // Where only a loss leads to the call, the loss comes with it.
    ...aimsOn(errand).flatMap((aim) => once(errand, needsLoss(aim.route) ? [...LOSSES.slice(0, 1), aim] : [aim])),
    ...[1, 2, 3, 4, 5].flatMap((nth) =>
      (["before", "after"] as const).flatMap((when) => once(errand, [{ on: "kill", nth, when }])),
    ),
    ...[10, 67, 80, 95, 112, 120].flatMap((nth) =>
      (["fails", "slow", "down"] as const).flatMap((how) => once(errand, [{ on: "store", nth, how }])),
    ),
    ...[2, 4, 5, 6, 7].flatMap((nth) => STEPS.flatMap((what) => once(errand, [{ on: "step", nth, what }]))),
    ...(bringsCode(errand) ? LOSSES.flatMap((loss) => once(errand, [loss])) : []),
  ]);
}
