import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { RunningRedis } from "../kills/redis-server.ts";
import type { Fleet } from "./fleet.ts";
import { storeOutages } from "./store-outages.ts";

/** Something that happens to the cluster while people go on. */
export type Trouble = {
  title: string;
  kind: "kill" | "outage" | "freeze" | "key" | "version";
  happen(): Promise<void>;
};

/** When nothing could be written, epoch ms. */
export type ShutTime = { from: number; to: number };

/** Two more kills than are promised, some of them of two nodes at once. */
const KILLS = 22;
const KILLS_OF_TWO = 3;
/** A supervisor starts a node again in this time. */
const DOWN_AT_MOST_MS = 1_500;
/** Longer than a change holds an account, so that another node takes it over meanwhile. */
const FROZEN_MS = 8_000;
/** How often a node stands still. */
const FREEZES = 2;

/**
 * Plans all troubles of a run in an order that the seed decides; the exchange of the key, node by node in the three steps of the
 * README, and the other version, forth and back, keep their order among them.
 */
export function planTroubles(
  { fleet, redis, key }: { fleet: Fleet; redis: RunningRedis; key: string },
  random: () => number,
): { troubles: Trouble[]; shut: ShutTime[] } {
  const shut: ShutTime[] = [];
  const next = randomBytes(32).toString("base64");
  const kills = Array.from({ length: KILLS }, (_, index): Trouble => {
    const howMany = index < KILLS_OF_TWO ? 2 : 1;
    const downMs = Math.floor(random() * DOWN_AT_MOST_MS);
    return { title: `kill -9 of ${howMany}, ${downMs} ms`, kind: "kill", happen: () => fleet.kill(howMany, downMs) };
  });
  const outages = storeOutages.map(
    ({ title, isShut, happen }): Trouble => ({
      title: `Redis ${title}`,
      kind: "outage",
      async happen() {
        const from = Date.now();
        await happen(redis);
        if (isShut) shut.push({ from, to: Date.now() });
      },
    }),
  );
  const freezes = Array.from(
    { length: FREEZES },
    (): Trouble => ({
      title: "a node stands still",
      kind: "freeze",
      happen: () => fleet.freeze(FROZEN_MS),
    }),
  );
  const rolling: Trouble[] = [
    roll("key", "the other key can be read", { MFA_SECRET_KEY: key, MFA_SECRET_KEY_OTHER: next, MFA_ID_KEY: key }),
    roll("key", "the keys are swapped", { MFA_SECRET_KEY: next, MFA_SECRET_KEY_OTHER: key }),
    { title: "the next version", kind: "version", happen: () => fleet.roll({ build: "serve-next" }) },
    { title: "the earlier version", kind: "version", happen: () => fleet.roll({ build: "serve" }) },
  ];
  function roll(kind: "key", title: string, env: Record<string, string>): Trouble {
    return { title, kind, happen: () => fleet.roll({ env }) };
  }
  const shuffled = [...kills, ...outages, ...freezes]
    .map((trouble) => ({ trouble, at: random() }))
    .concat(rolling.map((trouble, index) => ({ trouble, at: (index + 1) / (rolling.length + 1) })))
    .toSorted((a, b) => a.at - b.at)
    .map(({ trouble }) => trouble);
  return { troubles: shuffled, shut };
}

/** Lets the troubles happen one after the other, spread evenly over the run by how much of it is done. */
export async function makeTrouble(
  troubles: readonly Trouble[],
  share: () => number,
  tell: (trouble: Trouble) => void,
): Promise<void> {
  for (const [index, trouble] of troubles.entries()) {
    while (share() < index / troubles.length) await pause(50);
    tell(trouble);
    await trouble.happen();
  }
}
