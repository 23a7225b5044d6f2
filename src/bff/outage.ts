import type { EventName } from "./events.ts";
import type { Report } from "./report.ts";

/** Follows whether something that is asked all the time answers. */
export type Outage = { failed(): void; answered(): void };

/** Creates what tells of an outage once when it begins and once when it is over, and not with every request in between. */
export function createOutage(report: Report, events: { down: EventName; back: EventName }): Outage {
  let isDown = false;
  return {
    failed() {
      if (!isDown) report({ event: events.down });
      isDown = true;
    },
    answered() {
      if (isDown) report({ event: events.back });
      isDown = false;
    },
  };
}
