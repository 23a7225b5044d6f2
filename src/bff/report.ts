import type { MessageChannel } from "../contract/channel.ts";
import { eventOf } from "./event-of.ts";
import type { SecurityEvent } from "./events.ts";
import type { Log, LogEntry } from "./log.ts";

/** Counts something that no request's own line tells. Durations are ms; `country` is ISO 3166 letters, null for a mailbox. */
export type Measure =
  | { measure: "sent"; channel: MessageChannel; country: string | null; outcome: SendOutcome }
  | { measure: "confirmed"; channel: MessageChannel; country: string | null }
  | { measure: "notice"; outcome: "delivered" | "failed" }
  | { measure: "tenant_call"; operation: string; outcome: string; durationMs: number }
  | { measure: "store_call"; operation: "read" | "write" | "remove"; outcome: "done" | "failed"; durationMs: number };

/** How a message left: `unclear` may have been sent, `not_sent` is proved not to have been. */
export type SendOutcome = "done" | "refused" | "unclear" | "not_sent";

/** Says one thing about the program at work: a request that is over, a security event, or a measurement. */
export type Told = LogEntry | SecurityEvent | Measure;

/** Takes in whatever is told, to count it or to pass it on. Called within the request: it must be quick and must not wait. */
export type Observe = (told: Told) => void;

/** Tells of something. It never throws: whoever counts or writes must not be able to refuse anybody. */
export type Report = (told: Told) => void;

/** Creates the one place where everything is told: to the log what a log may hold, to the observer all of it. */
export function createReport({ log, observe }: { log: Log | null; observe: Observe | null }): Report {
  function pass(told: Told): void {
    if (log && !("measure" in told)) quietly(log, told);
    if (observe) quietly(observe, told);
  }
  return (told) => {
    pass(told);
    if ("event" in told || "measure" in told) return;
    const event = eventOf(told);
    if (event) pass(event);
  };
}

/** A full disk, or a fault of the host's own counting, is theirs; the person goes on. */
function quietly<T extends Told>(take: (told: T) => void, told: T): void {
  try {
    take(told);
  } catch {
    return;
  }
}
