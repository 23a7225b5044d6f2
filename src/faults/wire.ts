import type { Clock } from "../bff/clock.ts";
import type { Wire } from "../journeys/page.tsx";
import type { WireFault } from "./schedule.ts";

/** Three seconds of a bad connection; twenty, which is longer than the BFF lets a page wait. */
const SLOW_MS = 3_000;
const LATE_MS = 20_000;
/** Long enough that a person presses the button once in vain. */
const OFFLINE_MS = 6_000;

/** Creates what lies between the page and the BFF: each fault strikes the nth request of its route, once. */
export function createBadWire(options: {
  readonly faults: readonly WireFault[];
  readonly clock: Clock;
  readonly onStruck: (fault: WireFault) => void;
}): { readonly wire: Wire; readonly heal: () => void } {
  const { clock, onStruck } = options;
  let faults = options.faults;
  let offlineUntil = 0;
  const seen = new Map<string, number>();
  const lost = () => new TypeError("Failed to fetch");
  return {
    heal() {
      faults = [];
      offlineUntil = 0;
    },
    async wire(request, send) {
      const route = `${request.method} ${new URL(request.url).pathname.replace(/^\/api\/mfa/, "")}`;
      const nth = (seen.get(route) ?? 0) + 1;
      seen.set(route, nth);
      if (offlineUntil > clock.now()) throw lost();
      const fault = faults.find((candidate) => candidate.route === route && candidate.nth === nth);
      if (fault === undefined) return send(request);
      onStruck(fault);
      switch (fault.how) {
        case "requestLost":
          throw lost();
        case "offline":
          offlineUntil = clock.now() + OFFLINE_MS;
          throw lost();
        case "portal":
          return new Response("<html><title>Sign in to this network</title>", {
            headers: { "content-type": "text/html" },
          });
        case "answerLost":
          await send(request);
          throw lost();
        case "slow":
          await clock.wait(SLOW_MS);
          return send(request);
        case "late": {
          const answer = await send(request);
          await clock.wait(LATE_MS);
          return answer;
        }
      }
    },
  };
}
