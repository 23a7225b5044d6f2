import { setTimeout as pause } from "node:timers/promises";

/** A message as the simulated tenant's outbox lists it; `at` is epoch ms. */
export interface ReadMessage {
  id: string;
  at: number;
  channel: "sms" | "voice" | "email";
  to: string;
  text: string;
  code?: string;
}

/** What to wait for: the first message that was delivered after `after` and fits the rest. */
export interface WantedMessage {
  channel: ReadMessage["channel"];
  /** The full number or address; any when left out. */
  to?: string;
  /** The id of the last message that does not count; see {@link lastMessageId}. */
  after?: string | null;
  /** Ten seconds when left out: mail goes by SMTP and still arrives in a fraction of one. */
  withinMs?: number;
}

/** Often enough not to slow a test, seldom enough not to be load. */
const LOOK_EVERY_MS = 50;
const WITHIN_MS = 10_000;

/** Reads everything the outbox at `outboxUrl` holds, oldest first. */
export async function readOutbox(outboxUrl: string): Promise<ReadMessage[]> {
  const answer = await fetch(outboxUrl);
  const list: unknown = await answer.json();
  if (!answer.ok || !Array.isArray(list)) throw new Error(`There is no outbox at ${outboxUrl}.`);
  return list.filter(isMessage);
}

/** Returns the id of the newest message, to pass as `after` to what is awaited next; null when there is none. */
export async function lastMessageId(outboxUrl: string): Promise<string | null> {
  return (await readOutbox(outboxUrl)).at(-1)?.id ?? null;
}

/** Waits for a message and returns its code. Rejects when none came in time, or when it came without a code. */
export async function readCode(outboxUrl: string, wanted: WantedMessage): Promise<string> {
  const until = Date.now() + (wanted.withinMs ?? WITHIN_MS);
  for (;;) {
    const found = (await readOutbox(outboxUrl)).find((message) => fits(message, wanted));
    if (found) {
      if (found.code === undefined) throw new Error(`The ${wanted.channel} message has no code.`);
      return found.code;
    }
    if (Date.now() > until) throw new Error(`No ${wanted.channel} message came${wanted.to ? ` to ${wanted.to}` : ""}.`);
    await pause(LOOK_EVERY_MS);
  }
}

function fits(message: ReadMessage, { channel, to, after }: WantedMessage): boolean {
  if (message.channel !== channel || (to !== undefined && message.to !== to)) return false;
  return after === undefined || after === null || Number(message.id) > Number(after);
}

function isMessage(value: unknown): value is ReadMessage {
  return typeof value === "object" && value !== null && "id" in value && "channel" in value && "to" in value;
}
