import type { ActionName, Errand, Fault, StepFault, WireFault } from "./schedule.ts";
import { PHASES } from "./schedule.ts";

/*
 * Knows what can be struck: each call to the tenant in each phase by each action, each request of the page, and the rest. A
 * campaign's table has a row for each of them, so that what was never struck is seen too.
 */

const MFA_OOB = "POST /oauth/token mfa-oob";
const MANAGEMENT = ["POST /oauth/token client_credentials", "POST /api/v2/users/:id/recovery-code-regeneration"];
/** What happens to a request of the page. */
const WIRE_HOW: readonly WireFault["how"][] = ["requestLost", "answerLost", "slow", "late", "portal", "offline"];
/** What happens to a person or their device. */
export const STEPS: readonly StepFault["what"][] = [
  "reload",
  "doubleClick",
  "tab",
  "sleep",
  "ahead",
  "behind",
  "wrongCode",
  "restart",
  "putOff",
];

const plain = (who: Errand["who"], way: Errand["way"], goal: Errand["goal"]): Errand => ({
  who,
  way,
  goal,
  repair: true,
});

/** The errands that can be run: who has what decides what can be wanted. */
export const ERRANDS: readonly Errand[] = (["password", "redirect"] as const).flatMap((way): Errand[] => [
  plain("robin", way, "add sms"),
  plain("robin", way, "add voice"),
  plain("robin", way, "add email"),
  { ...plain("robin", way, "add sms"), repair: false },
  plain("toni", way, "add sms"),
  plain("sasha", way, "add sms"),
  plain("kim", way, "add email"),
  plain("kim", way, "add sms"),
  plain("kim", way, "remove"),
  plain("kim", way, "replace"),
]);

/** Tells whether an errand brings a recovery code about. */
export function bringsCode({ who, goal }: Errand): boolean {
  return goal !== "remove" && who !== "toni" && who !== "kim";
}

/** Returns the tenant's routes that an errand comes by; the last two only where its recovery code got lost. */
function routesOf(errand: Errand): readonly string[] {
  const { who, way, goal, repair } = errand;
  const into =
    way === "password"
      ? ["POST /oauth/token password"]
      : ["POST /oauth/token authorization_code", "GET /.well-known/openid-configuration"];
  const adds = goal === "remove" ? [] : ["POST /mfa/associate", MFA_OOB];
  const proves = who === "kim" && way === "password" ? ["POST /mfa/challenge", MFA_OOB] : [];
  const removes = goal === "remove" || goal === "replace" ? ["DELETE /mfa/authenticators/:id"] : [];
  const renews = repair && bringsCode(errand) ? MANAGEMENT : [];
  return [...new Set([...into, "GET /mfa/authenticators", ...adds, ...proves, ...removes, ...renews])];
}

/** Tells whether a route is come by only after a recovery code got lost. */
export function needsLoss(route: string): boolean {
  return MANAGEMENT.includes(route) || route === "POST /recovery-code/renew";
}

/** Returns the BFF's routes that an errand comes by. */
function pathsOf(errand: Errand): readonly string[] {
  const { who, way, goal, repair } = errand;
  const adds = goal === "remove" ? [] : ["POST /enrollment", "POST /enrollment/confirm"];
  const proves = who === "kim" && way === "password" ? ["POST /challenge", "POST /challenge/verify"] : [];
  const removes = goal === "remove" ? ["POST /authenticators/remove"] : [];
  const recovery = bringsCode(errand) ? ["POST /recovery-code", "POST /recovery-code/acknowledge"] : [];
  const renews = repair && bringsCode(errand) ? ["POST /recovery-code/renew"] : [];
  return ["GET /session", "POST /sign-in", ...adds, ...recovery, ...renews, ...proves, ...removes];
}

/** One thing that can be struck on an errand: the fault at its first occasion. */
export type Aim = Extract<Fault, { on: "tenant" | "wire" }>;

/** Returns everything of the tenant and of the wire that can be struck on an errand. */
export function aimsOn(errand: Errand): readonly Aim[] {
  const tenant = routesOf(errand).flatMap((route) =>
    (["before", "afterCommit", "midBody"] as const).flatMap((phase) =>
      PHASES[phase].map((action: ActionName): Aim => ({ on: "tenant", route, nth: 1, phase, action })),
    ),
  );
  const wire = pathsOf(errand).flatMap((route) => WIRE_HOW.map((how): Aim => ({ on: "wire", route, nth: 1, how })));
  return [...tenant, ...wire];
}

/** Returns the row of the table that a fault counts in. */
export function cellOf(fault: Fault): string {
  switch (fault.on) {
    case "tenant":
      return `${fault.route} ${fault.phase} ${fault.action}`;
    case "wire":
      return `${fault.route} wire ${fault.how}`;
    case "kill":
      return `process killed ${fault.when} a call`;
    case "store":
      return `store ${fault.how}`;
    case "step":
      return `person ${fault.what}`;
  }
}

/** Returns every row of the table. */
export function allCells(): readonly string[] {
  const rest: readonly Fault[] = [
    ...(["before", "after"] as const).map((when): Fault => ({ on: "kill", nth: 1, when })),
    ...(["fails", "slow", "down"] as const).map((how): Fault => ({ on: "store", nth: 1, how })),
    ...STEPS.map((what): Fault => ({ on: "step", nth: 1, what })),
  ];
  return [...new Set([...ERRANDS.flatMap(aimsOn), ...rest].map(cellOf))];
}
