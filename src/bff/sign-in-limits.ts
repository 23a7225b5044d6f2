import type { Limiter } from "./limiter.ts";
import { networkOf } from "./network-of.ts";
import type { Limits } from "./read-limits.ts";
import { Refused } from "./refused.ts";
import type { Report } from "./report.ts";
import type { Sealer } from "./sealing.ts";
import { type Count, takeInOrder } from "./take-in-order.ts";

const HOUR_SECONDS = 3_600;

/** Counts passwords before they are tried. */
export type SignInLimits = {
  /** Counts one, and returns what gives it back. Throws {@link Refused} where there are no more, and where it is not known. */
  reserve(asked: { accountId: string; address: string | null }): Promise<{ giveBack(): Promise<void> }>;
  /** Counts somebody who leaves for the tenant's page: each is a visit that is kept. Throws as `reserve` does. */
  begin(address: string | null): Promise<void>;
};

/**
 * Creates the counts of all nodes that share a limiter. A name has its few tries from each address apart, so that a stranger does
 * not lock its owner out; from everywhere together it has as many as one address has for all names.
 */
export function createSignInLimits(options: {
  limiter: Limiter;
  sealer: Sealer;
  limits: Limits;
  report: Report;
}): SignInLimits {
  const { limiter, sealer, limits, report } = options;

  function count(name: string, of: string[], points: number): Count {
    return { name, key: sealer.keyedHash(name, ...of), limit: { points, windowSeconds: HOUR_SECONDS } };
  }

  async function take(counts: readonly Count[]): Promise<{ giveBack(): Promise<void> }> {
    const { refusedBy, giveBack } = await takeInOrder(limiter, counts).catch(() => {
      report({ event: "limiter_down" });
      throw new Refused({ code: "service_unavailable" });
    });
    if (!refusedBy) return { giveBack };
    report({ event: "limit_reached", limiter: refusedBy.name });
    throw new Refused({ code: "sign_in_blocked", retryAt: refusedBy.retryAt });
  }

  return {
    async reserve({ accountId, address }) {
      const network = address === null ? "" : networkOf(address);
      // The address first: an address with no more tries then leaves no trace of the names that it goes on to try.
      const counts = address === null ? [] : [count("sign_in_ip", [network], limits.signInsPerIpHour)];
      counts.push(count("sign_in_name_here", [accountId, network], limits.signInsPerNameHour));
      counts.push(count("sign_in_name", [accountId], limits.signInsPerIpHour));
      return take(counts);
    },
    async begin(address) {
      if (address !== null) await take([count("sign_in_begun", [networkOf(address)], limits.signInsBegunPerIpHour)]);
    },
  };
}
