import type { Clock } from "./clock.ts";
import type { Report } from "./report.ts";

/** A minute: as far as two well-kept clocks may differ. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Compares this server's clock with the tenant's. */
export type TenantClock = {
  /** Takes in when a token was issued by the tenant's clock, epoch ms, right after it has come. */
  heard(issuedAt: number): void;
};

/**
 * Creates the comparison. It tells the operator once when the clocks have come to differ by more than a minute, and again only
 * after they have agreed in between: nobody is kept out by it, so a line for each sign-in would say nothing more.
 */
export function createTenantClock(clock: Pick<Clock, "now">, report: Report): TenantClock {
  let isTold = false;
  return {
    heard(issuedAt) {
      const aheadSeconds = Math.round((clock.now() - issuedAt) / 1000);
      const differs = Math.abs(aheadSeconds) > CLOCK_TOLERANCE_SECONDS;
      if (differs && !isTold) report({ event: "clock_differs", aheadSeconds });
      isTold = differs;
    },
  };
}
