import type { FaultRule } from "../simulator/faults.ts";

/*
 * The fault engine: runs a person through the whole stack while things go wrong, and checks afterwards that nothing was lost,
 * sent twice or claimed that is not so. It must never know how the parts work inside: it sees a screen, a phone and the
 * tenant's ledger.
 */

/** Who does what: the one thing the person of a schedule wants. */
export type Errand = {
  readonly who: "robin" | "kim" | "sasha" | "toni";
  readonly way: "password" | "redirect";
  readonly goal: "add sms" | "add voice" | "add email" | "remove" | "replace";
  /** Whether the BFF has the credential with which a lost recovery code can be replaced. */
  readonly repair: boolean;
};

/** The tenant's misbehaviour. `action` is a name of {@link ACTIONS}. */
export type TenantFault = {
  readonly on: "tenant";
  readonly route: string;
  readonly nth: number;
  readonly phase: FaultRule["phase"];
  readonly action: ActionName;
};

/** What happens between the page and the BFF, to the nth request of a route. */
export type WireFault = {
  readonly on: "wire";
  readonly route: string;
  readonly nth: number;
  readonly how: "requestLost" | "answerLost" | "slow" | "late" | "portal" | "offline";
};

/** The BFF's process ends at its nth call to the tenant, before it leaves or once it is answered, and another starts. */
export type KillFault = { readonly on: "kill"; readonly nth: number; readonly when: "before" | "after" };

/** The store misbehaves from its nth operation on: once, slowly, or for a while. */
export type StoreFault = { readonly on: "store"; readonly nth: number; readonly how: "fails" | "slow" | "down" };

/** What happens to the person or the device, before their nth step. */
export type StepFault = {
  readonly on: "step";
  readonly nth: number;
  readonly what: "reload" | "doubleClick" | "tab" | "sleep" | "ahead" | "behind" | "wrongCode" | "restart" | "putOff";
};

/** One thing that goes wrong. */
export type Fault = TenantFault | WireFault | KillFault | StoreFault | StepFault;

/** One run: an errand and what goes wrong during it. */
export type Schedule = { readonly errand: Errand; readonly faults: readonly Fault[] };

/** What a tenant's fault does, by name. The waits lie below the page's 8 s, between it and the BFF's 30 s, and beyond. */
export const ACTIONS = {
  "503": { type: "status", status: 503 },
  "500": {
    type: "status",
    status: 500,
    body: '{"error":"server_error"}',
    headers: { "content-type": "application/json" },
  },
  "429": { type: "status", status: 429, body: '{"error":"too_many_requests"}', headers: { "retry-after": "5" } },
  garbage: { type: "garbage" },
  reset: { type: "reset" },
  delay3: { type: "delay", milliseconds: 3_000 },
  delay9: { type: "delay", milliseconds: 9_000 },
  delay40: { type: "delay", milliseconds: 40_000 },
  truncate: { type: "truncate", bytes: 40 },
  drip: { type: "drip", milliseconds: 500, bytes: 64 },
} as const satisfies Record<string, FaultRule["action"]>;

/** Names an action. */
export type ActionName = keyof typeof ACTIONS;

/** The actions that make sense in each phase: an answer that does not exist yet cannot be cut. */
export const PHASES: Readonly<Record<FaultRule["phase"], readonly ActionName[]>> = {
  before: ["503", "500", "429", "garbage", "reset", "delay3", "delay9", "delay40"],
  afterCommit: ["503", "500", "garbage", "reset", "delay3", "delay9", "delay40", "truncate"],
  midBody: ["reset", "truncate", "drip"],
};

/** Writes a schedule as one line that {@link parseSchedule} reads. */
export function printSchedule({ errand, faults }: Schedule): string {
  const { who, way, goal, repair } = errand;
  return [`${who}, ${way}, ${goal}${repair ? "" : ", no repair"}`, ...faults.map(printFault)].join(" | ");
}

function printFault(fault: Fault): string {
  switch (fault.on) {
    case "tenant":
      return `tenant: ${fault.route} #${fault.nth}: ${fault.phase} ${fault.action}`;
    case "wire":
      return `wire: ${fault.route} #${fault.nth}: ${fault.how}`;
    case "kill":
      return `kill: call #${fault.nth}: ${fault.when}`;
    case "store":
      return `store: operation #${fault.nth}: ${fault.how}`;
    case "step":
      return `step: #${fault.nth}: ${fault.what}`;
  }
}

/** Reads a schedule from its line. Throws when it is none. */
export function parseSchedule(line: string): Schedule {
  const [head = "", ...rest] = line.split("|").map((part) => part.trim());
  const [who, way, goal, repair] = head.split(", ");
  return { errand: { who, way, goal, repair: repair !== "no repair" } as Errand, faults: rest.map(parseFault) };
}

function parseFault(text: string): Fault {
  const found = /^(\w+): (?:(.*) )?#(\d+): (?:(\w+) )?(\w+)$/.exec(text);
  if (!found) throw new Error(`This is no fault: ${text}`);
  const [, on, route = "", count, phase, last] = found;
  const nth = Number(count);
  const parts: Readonly<Record<string, object>> = {
    tenant: { on, route, nth, phase, action: last },
    wire: { on, route, nth, how: last },
    kill: { on, nth, when: last },
    store: { on, nth, how: last },
    step: { on, nth, what: last },
  };
  const fault = parts[on ?? ""];
  if (fault === undefined) throw new Error(`This is no fault: ${text}`);
  return fault as Fault;
}
