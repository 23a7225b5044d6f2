import { faultOf } from "../bff/fault-of.ts";
import type { Report } from "../bff/report.ts";

/** What is listened to: the process itself, and where its log goes. */
type Heard = {
  on(event: "unhandledRejection" | "uncaughtException", listener: (error: unknown) => void): unknown;
  stdout: { on(event: "error", listener: () => void): unknown };
};

/**
 * Decides what happens to faults that nobody caught. A rejection that nobody waited for is told of, and the process goes on: the
 * request it belonged to has been answered, and others hold recovery codes in transit. Whatever was thrown outside of any promise
 * has left something half done, so `stop` takes the node out of service in order, for its supervisor to start it anew. A log that
 * nobody reads any more ends nothing.
 */
export function lastResort(heard: Heard, { report, stop }: { report: Report; stop: () => void }): void {
  heard.on("unhandledRejection", (reason) => report({ event: "fault_unheard", fault: faultOf(reason) }));
  heard.on("uncaughtException", (error) => {
    report({ event: "fault_unheard", fault: faultOf(error) });
    stop();
  });
  heard.stdout.on("error", () => {});
}
