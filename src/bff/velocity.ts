import type { MessageChannel } from "../contract/channel.ts";
import { type Breaker, createBreaker, type Destination } from "./breaker.ts";
import type { Limiter } from "./limiter.ts";
import { networkOf } from "./network-of.ts";
import { countryOf } from "./phone-plan.ts";
import type { Limits } from "./read-limits.ts";
import { Refused } from "./refused.ts";
import type { Report } from "./report.ts";
import type { Sealer } from "./sealing.ts";
import { type Count, takeInOrder } from "./take-in-order.ts";
import type { Told } from "./tenant.ts";

/*
 * Counts messages before they are asked for, whoever's they are: by visit, address, contact, range, country and day. The account's
 * own budget stands in its record. What of a key would name somebody is hashed with another key, so that a dump of the counts names nobody.
 */

const TEN_MINUTES = 600;
const HOUR = 3_600;
const DAY = 86_400;
/** As many digits as NANP gives to one exchange, and most plans to ten thousand numbers or fewer. */
const RANGE_DIGITS = 7;

/** Describes a message that somebody asks for. */
export type Wanted = {
  channel: MessageChannel;
  /** Where it goes: what was typed, in its one form, or a method of which only the tenant knows the contact. */
  to: { contact: string } | { authenticatorId: string };
  visitId: string;
  /** The client's address; null where there is none to trust. */
  address: string | null;
  /** How many messages the same enrollment or challenge has had: the page has promised it some, though to one contact. */
  sends: number;
};

/** A message that was counted. */
export type Reserved = {
  /** In how many ranges of numbers its code is awaited; it goes with the enrollment until the code is entered. */
  ranges: number;
  /** Asks the tenant for the message. From then on it stays counted, unless the answer proves that nothing was sent. */
  spend<T>(call: () => Promise<Told<T>>): Promise<Told<T>>;
  /** Gives the count back, where nothing was sent. Never rejects. */
  giveBack(): Promise<void>;
};

/** Counts messages over all accounts. */
export type Velocity = {
  /** Counts a message. Throws {@link Refused} where one of the counts has no more, and where it is not known. */
  reserve(wanted: Wanted): Promise<Reserved>;
  /** Counts that a code was entered that had come by these messages. Never rejects. */
  entered(channel: MessageChannel, contact: string, messages: readonly number[]): Promise<void>;
};

/** Creates the counts of all nodes that share a limiter. */
export function createVelocity(options: {
  limiter: Limiter;
  sealer: Sealer;
  limits: Limits;
  report: Report;
}): Velocity {
  const { limiter, sealer, limits, report } = options;
  const breaker: Breaker = createBreaker(options);

  function count(name: string, of: string, [points, windowSeconds]: [points: number, windowSeconds: number]): Count {
    return { name, key: `${name} ${of}`, limit: { points, windowSeconds } };
  }

  /** What would tell somebody apart; a visit's id, a range of numbers and a country do not. */
  const hidden = (text: string) => sealer.keyedHash("count", text);

  function countsOf({ to, visitId, address, sends }: Wanted, destination: Destination | null): Count[] {
    // One person's own messages alone may be more: the last one that an enrollment has was promised.
    const perContact = Math.max(limits.sendsPerContactTenMinutes, sends + 1);
    const contact = "contact" in to ? to.contact : to.authenticatorId;
    const counts = [count("visit", visitId, [limits.sendsPerVisitHour, HOUR])];
    if (address !== null) counts.push(count("ip", hidden(networkOf(address)), [limits.sendsPerIpHour, HOUR]));
    counts.push(count("contact", hidden(contact.toLowerCase()), [perContact, TEN_MINUTES]));
    if (destination) {
      counts.push(count("prefix", destination.e164.slice(1, RANGE_DIGITS + 1), [limits.sendsPerPrefixHour, HOUR]));
      counts.push(count("country", destination.country ?? "", [limits.sendsPerCountryHour, HOUR]));
    } else if ("contact" in to) {
      const domain = to.contact.slice(to.contact.lastIndexOf("@") + 1).toLowerCase();
      counts.push(count("domain", hidden(domain), [limits.sendsPerDomainHour, HOUR]));
    }
    return [...counts, count("day", "", [limits.sendsPerDay, DAY])];
  }

  return {
    async reserve(wanted) {
      const { channel, to } = wanted;
      const destination = channel !== "email" && "contact" in to ? destinationOf(to.contact) : null;
      const own = countsOf(wanted, destination);
      const ranges = destination ? breaker.countsOf(destination) : [];
      const { refusedBy, counts, giveBack } = await takeInOrder(limiter, [...own, ...ranges]).catch(() => {
        report({ event: "limiter_down" });
        throw new Refused({ code: "service_unavailable" });
      });
      if (refusedBy) {
        report({ event: "limit_reached", limiter: refusedBy.name, channel, country: destination?.country ?? null });
        throw new Refused({ code: "too_many_messages", retryAt: refusedBy.retryAt, channel });
      }
      const rangeCounts = counts.slice(own.length);
      if (destination) breaker.taken(destination, rangeCounts);
      let isSpent = false;
      return {
        ranges: rangeCounts.length,
        async spend(call) {
          isSpent = true;
          const told = await call();
          isSpent = told.is === "done" || told.is === "unclear";
          report({ measure: "sent", channel, country: destination?.country ?? null, outcome: told.is });
          return told;
        },
        giveBack: async () => (isSpent ? undefined : giveBack()),
      };
    },
    async entered(channel, contact, messages) {
      const destination = channel === "email" ? null : destinationOf(contact);
      report({ measure: "confirmed", channel, country: destination?.country ?? null });
      if (destination) await breaker.entered(destination, messages);
    },
  };
}

/** Gives a message's count back where there is one: for what is assigned in another function, which a compiler does not follow. */
export async function giveBack(reserved: Reserved | null): Promise<void> {
  await reserved?.giveBack();
}

function destinationOf(e164: string): Destination {
  return { e164, country: countryOf(e164) };
}
