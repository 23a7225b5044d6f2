import { setTimeout as pause } from "node:timers/promises";
import type { Outbox } from "../simulator/outbox.ts";

/** What has arrived at each contact, the newest last. */
export type Inbox = {
  codes(contact: string): readonly string[];
  /** Resolves with the newest code once at least `wanted` messages have arrived. Throws after half a minute. */
  newest(contact: string, wanted: number): Promise<string>;
};

/** A message is there in a fraction of a second; on a machine with much else to do it may take many. */
const WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Keeps every message that an outbox posts from now on. */
export function createInbox(outbox: Outbox): Inbox {
  const arrived = new Map<string, string[]>();
  outbox.subscribe(({ to, code }) => {
    if (code !== undefined) arrived.set(to, [...(arrived.get(to) ?? []), code]);
  });
  const codes = (contact: string) => arrived.get(contact) ?? [];
  return {
    codes,
    async newest(contact, wanted) {
      for (const until = Date.now() + WITHIN_MS; Date.now() < until; await pause(LOOK_EVERY_MS)) {
        const newest = codes(contact).at(-1);
        if (codes(contact).length >= wanted && newest !== undefined) return newest;
      }
      throw new Error("The message never arrived.");
    },
  };
}
