import { destination, pino } from "pino";
import { CHANNELS, type Channel } from "../contract/channel.ts";
import { EVENTS, type SecurityEvent } from "./events.ts";
import type { GuardName } from "./manifest.ts";

/** Describes one request for the log: names, counts and times only, so that there is nothing to hide in it. */
export type LogEntry = {
  correlationId: string;
  /** The door's name, `unknown` where there is none; never the path, which anybody can write. */
  route: string;
  status: number;
  /**
   * What came of it: the Problem's code; `left` where the person was sent to the tenant's page, `callback_refused` where they came
   * back with what does not belong to them; `busy` where the node had too much to do; `fault` and `answer_off_contract` for faults of
   * ours; null when it was done.
   */
  code: string | null;
  durationMs: number;
  /** Who: the first twelve characters of the account's id, which is a keyed hash. Absent where nobody is known. */
  account?: string | null;
  /** Where from: the network of `placeOf`. Only events write it. */
  place?: string | null;
  /** The guard that refused. */
  guard?: GuardName | null;
  channel?: Channel | null;
  /** Why a contact was refused, of the contract's list. */
  reason?: string;
  /** The kind and place of a fault, of `faultOf`. */
  fault?: string;
};

/** Writes one request or one event to the log. */
export type Log = (entry: LogEntry | SecurityEvent) => void;

/** As many characters as tell accounts apart, and far too few to find a record by. */
const ACCOUNT_CHARACTERS = 12;

/** Returns what the log knows an account by. */
export function accountTag(accountId: string): string {
  return accountId.slice(0, ACCOUNT_CHARACTERS);
}

/** What each field may look like. What does not is replaced: a name that somebody could choose is no name of ours. */
const SHAPES = {
  correlationId: /^[\w-]{16}$/,
  account: /^[\w-]{12}$/,
  place: /^[\da-f.:]{3,20}\/(?:24|48)$/,
  country: /^[A-Z]{2}$/,
  fault: /^(?:thrown|[A-Za-z]{0,30}(?:Error|Exception|Failure))(?: [\w.-]{1,60}:\d{1,7}:\d{1,7})?$/,
  // Routes, codes, reasons, limiters and guards: words of the program. None begins like a recovery code or holds two digits.
  word: /^[a-z][a-zA-Z_]{1,38}[a-z\d]$/,
} as const;
/** Stands for whatever is not of its field's shape. */
const UNFIT = "unfit";

/**
 * Returns what writes lines to the process's standard output, each at once, so that a process that is killed has said what it did.
 * A reader that goes away ends nothing.
 */
export function standardOutput(): { write(line: string): void } {
  const output = destination({ dest: 1, sync: true });
  output.on("error", () => {});
  return { write: (line) => void output.write(line) };
}

/** Creates a log of JSON lines. Only the listed fields are written, and only in their shape, whatever else an entry may carry. */
export function createLog(stream: { write(line: string): void }): Log {
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    stream,
  );
  return (entry) => {
    if ("event" in entry) return writeEvent(entry);
    const { correlationId, route, status, code, durationMs, account, guard, channel, reason, fault } = entry;
    logger.info(
      {
        correlationId: fit("correlationId", correlationId),
        route: fit("word", route),
        status: count(status),
        code: fit("word", code),
        durationMs: count(durationMs),
        account: fit("account", account),
        guard: fit("word", guard),
        channel: channelIn(channel),
        reason: fit("word", reason),
        fault: fit("fault", fault),
      },
      "request",
    );
  };

  function writeEvent(told: SecurityEvent): void {
    // An observer in plain JavaScript may tell of anything.
    if (!Object.hasOwn(EVENTS, told.event)) return;
    const { severity, outcome, says } = EVENTS[told.event];
    logger[severity](
      {
        event: told.event,
        outcome,
        correlationId: fit("correlationId", told.correlationId),
        account: fit("account", told.account),
        place: fit("place", told.place),
        route: fit("word", told.route),
        code: fit("word", told.code),
        guard: fit("word", told.guard),
        limiter: fit("word", told.limiter),
        channel: channelIn(told.channel),
        country: fit("country", told.country),
        aheadSeconds: count(told.aheadSeconds),
        fault: fit("fault", told.fault),
      },
      says,
    );
  }
}

/** A field that is absent stays absent; JSON leaves it out. */
function fit(shape: keyof typeof SHAPES, value: string | null | undefined): string | null | undefined {
  if (value == null) return value;
  return typeof value === "string" && SHAPES[shape].test(value) ? value : UNFIT;
}

function count(value: number | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function channelIn(channel: Channel | null | undefined): string | null | undefined {
  return channel == null || CHANNELS.includes(channel) ? channel : UNFIT;
}
