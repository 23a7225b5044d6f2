import type { Report } from "./report.ts";
import type { Limit, Limiter } from "./limiter.ts";
import type { Limits } from "./read-limits.ts";
import type { Count } from "./take-in-order.ts";

/*
 * Stops messages to ranges of numbers whose codes nobody enters: that is how money is made of texts, by whoever shares in what a
 * range earns. Each message is a debt of its range, and of the wider ones around it, so that moving to the range beside does not
 * help; an entered code pays its own debts and one more. So a range goes on where at least every second code is entered, and where
 * more are entered than not, a message is no matter of the wider ranges: people beside a fraud go on. The widest is everywhere: a fraud
 * that goes from country to country finds the last ones shut.
 */

const HOUR_SECONDS = 3_600;
/** How many first digits make a range, the calling code among them, from ten thousand numbers to an area code or a network. */
const PREFIXES = [7, 6, 5, 4];
/** Each digit less is ten times the numbers, of which a fraud has some and people the rest: a little more than half of it again. */
const WIDER = 1.5;
/** What a range can be ahead by: enough for people who give up, not enough for a fraud to live on what others entered. */
const MOST_AHEAD = 10;

/** Says where a number is: E.164, and ISO 3166 letters, null where no plan names one. */
export type Destination = { e164: string; country: string | null };

/** Holds back messages to ranges whose codes are not entered. */
export type Breaker = {
  /** The counts that a message to a number is taken from, the narrowest range first: it is held back where one has no more. */
  countsOf(to: Destination): Count[];
  /** Hears what these counts are with a message that was taken, and tells of each range that is held back from now on. */
  taken(to: Destination, counts: readonly number[]): void;
  /** Counts that a code was entered. `messages` tells for each message of it how many ranges it was taken from. Never rejects. */
  entered(to: Destination, messages: readonly number[]): Promise<void>;
};

/** Creates the breaker of all nodes that share a limiter. */
export function createBreaker(options: { limiter: Limiter; limits: Limits; report: Report }): Breaker {
  const { limiter, limits, report } = options;
  const { unenteredPerPrefixHour, unenteredPerCountryHour, unenteredPerHour } = limits;

  function countsOf({ e164, country }: Destination): Count[] {
    const digits = e164.slice(1);
    const prefixes = PREFIXES.map((length, step) => ({
      name: `unentered_prefix_${length}`,
      key: `unentered ${digits.slice(0, length)}`,
      limit: hourly(Math.round(unenteredPerPrefixHour * WIDER ** step)),
      stopsWhenPaid: true as const,
    }));
    return [
      ...prefixes,
      { name: "unentered_country", key: `unentered ${country ?? ""}`, limit: hourly(unenteredPerCountryHour) },
      { name: "unentered_everywhere", key: "unentered everywhere", limit: hourly(unenteredPerHour) },
    ];
  }

  return {
    countsOf,
    taken(to, counts) {
      // Told when the last one goes, and not with each of the thousands that are refused then.
      for (const [step, { name, limit }] of countsOf(to).entries())
        if (counts[step] === limit.points) report({ event: "breaker_opened", limiter: name, country: to.country });
    },
    async entered(to, messages) {
      const paying = countsOf(to).map(async ({ key, limit }, step) => {
        const owed = messages.filter((ranges) => ranges > step).length;
        const floor = step < PREFIXES.length ? -MOST_AHEAD : 0;
        if (owed > 0) await limiter.giveBack(key, limit, { points: owed + 1, floor });
      });
      // A debt that cannot be paid now stays one; whoever entered the code is not kept waiting for it.
      await Promise.allSettled(paying);
    },
  };
}

function hourly(points: number): Limit {
  return { points, windowSeconds: HOUR_SECONDS };
}
