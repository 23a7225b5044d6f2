import { pino } from "pino";

/** Describes one request for the log: names, counts and times only, so that there is nothing to hide in it. */
export type LogEntry = {
  correlationId: string;
  route: string;
  status: number;
  /** The Problem's code; null when it was done. */
  code: string | null;
  durationMs: number;
};

/** Writes one request to the log. */
export type Log = (entry: LogEntry) => void;

/** Creates a log of JSON lines. Only the listed fields are written, whatever else an entry may carry. */
export function createLog(stream: { write(line: string): void }): Log {
  const logger = pino({ base: null }, stream);
  return ({ correlationId, route, status, code, durationMs }) => {
    logger.info({ correlationId, route, status, code, durationMs }, "request");
  };
}
