import { pino } from "pino";

/** Describes one request for the log: names, counts and times only, so that there is nothing to hide in it. */
export type LogEntry = {
  correlationId: string;
  route: string;
  status: number;
  /**
   * The Problem's code; `answer_off_contract` where what would have been answered was not of the contract; `busy` where the node had
   * too much to do already; null when it was done.
   */
  code: string | null;
  durationMs: number;
};

/** Describes what an operator should look into: this server's clock is `aheadSeconds` ahead of the tenant's, behind it where negative. */
export type Warning = { event: "clock_differs"; aheadSeconds: number };

/** Writes one request, or one warning to the operator, to the log. */
export type Log = (entry: LogEntry | Warning) => void;

/** Creates a log of JSON lines. Only the listed fields are written, whatever else an entry may carry. */
export function createLog(stream: { write(line: string): void }): Log {
  const logger = pino({ base: null }, stream);
  return (entry) => {
    if ("event" in entry) {
      const { event, aheadSeconds } = entry;
      const message =
        "this server's clock and the tenant's differ by more than a minute: check that both are synchronised";
      logger.warn({ event, aheadSeconds }, message);
      return;
    }
    const { correlationId, route, status, code, durationMs } = entry;
    logger.info({ correlationId, route, status, code, durationMs }, "request");
  };
}
