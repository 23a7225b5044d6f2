import type { Chance } from "./chance.ts";
import {
  type ActionName,
  type Errand,
  type Fault,
  PHASES,
  type Schedule,
  type StepFault,
  type WireFault,
} from "./schedule.ts";

/** The errands that can be run: who has what decides what can be wanted. */
export const ERRANDS: readonly Errand[] = (["password", "redirect"] as const).flatMap((way): Errand[] => [
  { who: "robin", way, goal: "add sms" },
  { who: "robin", way, goal: "add voice" },
  { who: "robin", way, goal: "add email" },
  { who: "toni", way, goal: "add sms" },
  { who: "sasha", way, goal: "add sms" },
  { who: "kim", way, goal: "add email" },
  { who: "kim", way, goal: "add sms" },
  { who: "kim", way, goal: "remove" },
  { who: "kim", way, goal: "replace" },
]);

const MFA_OOB = "POST /oauth/token mfa-oob";
const WIRE_HOW: readonly WireFault["how"][] = ["requestLost", "answerLost", "slow", "late", "portal", "offline"];
const STEPS: readonly StepFault["what"][] = [
  "reload",
  "doubleClick",
  "tab",
  "sleep",
  "ahead",
  "behind",
  "wrongCode",
  "restart",
];

/** As many operations as a plain run makes; the first 64 are a new process looking for notices that were left behind. */
const STORE_OPERATIONS = 140;

/** Returns the tenant's routes that an errand comes by. */
function routesOf({ who, way, goal }: Errand): readonly string[] {
  const into =
    way === "password"
      ? ["POST /oauth/token password"]
      : ["POST /oauth/token authorization_code", "GET /.well-known/openid-configuration"];
  const adds = goal === "remove" ? [] : ["POST /mfa/associate", MFA_OOB];
  const proves = who === "kim" && way === "password" ? ["POST /mfa/challenge", MFA_OOB] : [];
  const removes = goal === "remove" || goal === "replace" ? ["DELETE /mfa/authenticators/:id"] : [];
  return [...new Set([...into, "GET /mfa/authenticators", ...adds, ...proves, ...removes])];
}

/** Returns the BFF's routes that an errand comes by. */
function pathsOf({ who, way, goal }: Errand): readonly string[] {
  const adds = goal === "remove" ? [] : ["POST /enrollment", "POST /enrollment/confirm"];
  const saves = goal !== "remove" && who !== "toni" && who !== "kim";
  const proves = who === "kim" && way === "password" ? ["POST /challenge", "POST /challenge/verify"] : [];
  const removes = goal === "remove" ? ["POST /authenticators/remove"] : [];
  const recovery = saves ? ["POST /recovery-code", "POST /recovery-code/acknowledge"] : [];
  return ["GET /session", "POST /sign-in", ...adds, ...recovery, ...proves, ...removes];
}

/** Draws an errand and one to four faults on its way. */
export function drawSchedule(chance: Chance): Schedule {
  const errand = chance.pick(ERRANDS);
  const count = chance.between(1, 4);
  return { errand, faults: Array.from({ length: count }, () => drawFault(chance, errand)) };
}

function drawFault(chance: Chance, errand: Errand): Fault {
  const kind = chance.next();
  if (kind < 0.5) {
    const phase = chance.pick(["before", "afterCommit", "midBody"] as const);
    const route = chance.pick(routesOf(errand));
    return { on: "tenant", route, nth: drawNth(chance), phase, action: chance.pick<ActionName>(PHASES[phase]) };
  }
  if (kind < 0.7)
    return { on: "wire", route: chance.pick(pathsOf(errand)), nth: drawNth(chance), how: chance.pick(WIRE_HOW) };
  if (kind < 0.78) return { on: "kill", nth: chance.between(1, 6), when: chance.pick(["before", "after"] as const) };
  if (kind < 0.84)
    return {
      on: "store",
      nth: chance.between(1, STORE_OPERATIONS),
      how: chance.pick(["fails", "slow", "down"] as const),
    };
  return { on: "step", nth: chance.between(1, 12), what: chance.pick(STEPS) };
}

/** Mostly the first: later ones are met only on long ways. */
function drawNth(chance: Chance): number {
  return chance.next() < 0.7 ? 1 : chance.between(2, 4);
}

/** Returns every single fault of the tenant and of the wire, each once, on a way that comes by it. */
export function singleFaults(): readonly Schedule[] {
  const seen = new Set<string>();
  const once = (errand: Errand, fault: Fault): Schedule[] => {
    const key = JSON.stringify(fault);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ errand, faults: [fault] }];
  };
  return ERRANDS.flatMap((errand) => [
    ...routesOf(errand).flatMap((route) =>
      (["before", "afterCommit", "midBody"] as const).flatMap((phase) =>
        PHASES[phase].flatMap((action) => once(errand, { on: "tenant", route, nth: 1, phase, action })),
      ),
    ),
    ...pathsOf(errand).flatMap((route) => WIRE_HOW.flatMap((how) => once(errand, { on: "wire", route, nth: 1, how }))),
    ...[1, 2, 3, 4, 5].flatMap((nth) =>
      (["before", "after"] as const).flatMap((when) => once(errand, { on: "kill", nth, when })),
    ),
    ...[10, 67, 80, 95, 112, 120].flatMap((nth) =>
      (["fails", "slow", "down"] as const).flatMap((how) => once(errand, { on: "store", nth, how })),
    ),
    ...[2, 4, 5, 6, 7].flatMap((nth) => STEPS.flatMap((what) => once(errand, { on: "step", nth, what }))),
  ]);
}
