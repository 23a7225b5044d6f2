import type { FaultAction, FaultRule, Faults } from "../simulator/faults.ts";

/** Makes a tenant fail now and then, for as long as a run goes on. */
export type TenantTrouble = {
  /** How many calls were troubled so far, by what was done to them. */
  struck(): ReadonlyMap<string, number>;
  stop(): void;
};

/** One call in ten, on each of these routes. A sign-in is only made slow: where it fails people see it, and do it again. */
const ONE_IN = 10;
const TROUBLED = ["POST /mfa/associate", "POST /oauth/token mfa-oob", "POST /mfa/challenge", "GET /mfa/authenticators"];
const SLOW = ["POST /oauth/token password", "POST /oauth/token password-realm"];
/** The rules count calls, so they are made anew for the next few seconds' calls before those of the last have all struck. */
const RENEW_EVERY_MS = 5_000;
const CALLS_AHEAD = 600;

type Kind = { title: string; phase: FaultRule["phase"]; action: FaultAction };
const DELAY: Kind = { title: "slow", phase: "before", action: { type: "delay", milliseconds: 700 } };
const KINDS: readonly Kind[] = [
  DELAY,
  { title: "slow afterwards", phase: "afterCommit", action: { type: "delay", milliseconds: 1_500 } },
  { title: "500", phase: "before", action: { type: "status", status: 500 } },
  { title: "503 afterwards", phase: "afterCommit", action: { type: "status", status: 503 } },
  { title: "reset", phase: "before", action: { type: "reset" } },
  { title: "reset afterwards", phase: "afterCommit", action: { type: "reset" } },
  { title: "cut off", phase: "afterCommit", action: { type: "truncate", bytes: 20 } },
  { title: "garbage", phase: "afterCommit", action: { type: "garbage" } },
];

/** Begins to make a tenant fail. `random` gives numbers from 0 to 1. */
export function troubleTenant(faults: Faults, random: () => number): TenantTrouble {
  const counts = new Map<string, number>();
  const pick = (kinds: readonly Kind[]) => kinds[Math.floor(random() * kinds.length)] ?? DELAY;

  function renew(): void {
    faults.clear();
    for (const [routes, kinds] of [
      [TROUBLED, KINDS],
      [SLOW, [DELAY]],
    ] as const) {
      for (const route of routes) {
        for (let call = 0; call < CALLS_AHEAD; call += ONE_IN) {
          const { title, phase, action } = pick(kinds);
          const nth = call + 1 + Math.floor(random() * ONE_IN);
          faults.add({ route, nth, phase, action }, () => counts.set(title, (counts.get(title) ?? 0) + 1));
        }
      }
    }
  }

  renew();
  const renewing = setInterval(renew, RENEW_EVERY_MS);
  return {
    struck: () => counts,
    stop() {
      clearInterval(renewing);
      faults.clear();
    },
  };
}
