import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { GENEROUS_LIMITS } from "../bff/generous-limits.ts";
import { demoClient } from "../simulator/clients.ts";
import { type ServedTenant, startTenant } from "../simulator/serve-tenant.ts";
import { freePort } from "./free-port.ts";
import type { PlannedKill } from "./kill-plan.ts";
import { createNodeProcess, type NodeProcess } from "./node-process.ts";
import { openRedisGate, type RedisGate, type Trap } from "./redis-gate.ts";

/*
 * One tenant, one node, and a door in front of the Redis that all lanes share. Lanes run side by side; a kill in one is felt in
 * that one alone.
 */

/** A lane that is ready for people. */
export type Lane = {
  origin: string;
  tenant: ServedTenant;
  node: NodeProcess;
  gate: RedisGate;
  /** Gets ready to kill the node during the next change; `struck` resolves once it has been killed and runs again. */
  arm(kill: PlannedKill): { struck: Promise<void>; disarm: () => void };
  close(): Promise<void>;
};

/** Where a change stands: asked for, at the tenant, done by the tenant, answered. */
type Stage = "asked" | "arrived" | "committed";

/** The two waits that the tenant is told to take, as names of the places where it takes them. */
const ARRIVED = 1;
const COMMITTED = 2;
/** A tenant's own time for a call, on each side of the work: long enough for a kill to find it. */
const TENANT_TAKES_MS = 15;
const ROUTES = ["POST /mfa/associate", "POST /oauth/token mfa-oob"];

/** Starts a lane. */
export async function openLane(redisPort: number): Promise<Lane> {
  let stage: Stage = "asked";
  /** Set while a kill in flight is planned: the tenant stands still at that place until the node is gone. */
  let stop: { at: number; reached: () => void; released: Promise<void> } | null = null;

  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const tenant = await startTenant({
    port: 0,
    people: [],
    clients: [demoClient([`${origin}/api/mfa/callback`], [origin])],
    wait: async (place) => {
      stage = place === ARRIVED ? "arrived" : "committed";
      await pause(TENANT_TAKES_MS);
      if (stop?.at !== place) return;
      stop.reached();
      await stop.released;
    },
  });
  for (const route of ROUTES) {
    tenant.simulator.faults.add({ route, phase: "before", action: { type: "delay", milliseconds: ARRIVED } });
    tenant.simulator.faults.add({ route, phase: "afterCommit", action: { type: "delay", milliseconds: COMMITTED } });
  }
  const gate = await openRedisGate(redisPort);
  const node = createNodeProcess(port, {
    AUTH0_DOMAIN: tenant.origin,
    AUTH0_CLIENT_ID: "mfa-enroll-demo",
    AUTH0_CLIENT_SECRET: "mfa-enroll-demo-secret",
    MFA_PUBLIC_URL: origin,
    MFA_SECRET_KEY: randomBytes(32).toString("base64"),
    MFA_SIGN_IN: "password",
    ...GENEROUS_LIMITS,
    REDIS_URL: `redis://127.0.0.1:${gate.port}`,
  });
  await node.start();

  function arm(kill: PlannedKill): { struck: Promise<void>; disarm: () => void } {
    stage = "asked";
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const reached =
      kill.window === "random"
        ? pause(kill.afterMs)
        : kill.window === "in_flight"
          ? new Promise<void>((resolve) => {
              stop = { at: kill.end === "early" ? ARRIVED : COMMITTED, reached: resolve, released };
            })
          : gate.set(trapOf(kill, () => stage));
    const disarm = () => {
      stop = null;
      gate.clear();
    };
    const struck = reached.then(async () => {
      await node.kill();
      disarm();
      // The tenant goes on with what it was asked for, though nobody is there to hear of it.
      release();
      await node.start();
    });
    return { struck, disarm };
  }

  return {
    origin,
    tenant,
    node,
    gate,
    arm,
    async close() {
      await node.kill();
      gate.close();
      await tenant.close();
    },
  };
}

/** Finds the edges of a window among the node's commands to Redis, knowing where the change stands at the tenant. */
function trapOf({ window, end }: PlannedKill, stage: () => Stage): Trap {
  let settled = false;
  return ({ name, key }) => {
    const isWrite = name === "eval";
    const isAccount = isWrite && key.startsWith("mfa-enroll:account:");
    if (window === "before_call") {
      // Early: the reservation never reaches Redis. Late: it is there, and the call would be next.
      if (stage() !== "asked" || !isAccount) return "pass";
      return end === "early" ? "hold_command" : "hold_answer";
    }
    if (stage() !== "committed") return "pass";
    // Early: the first thing that is written after the answer. Late: the account's own record, the last before it counts.
    if (window === "not_stored") return (end === "early" ? isWrite : isAccount) ? "hold_command" : "pass";
    // Early: it is stored, and the node does not know it yet. Late: it knows, and is about to go on.
    if (settled) return "hold_command";
    if (isAccount) {
      if (end === "early") return "hold_answer";
      settled = true;
    }
    return "pass";
  };
}
