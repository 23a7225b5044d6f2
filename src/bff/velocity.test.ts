import { describe, expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createMemoryLimiter, type Limiter } from "./limiter.ts";
import { readLimits } from "./read-limits.ts";
import { type Refusal, Refused } from "./refused.ts";
import type { Told } from "./report.ts";
import { createSealer } from "./sealing.ts";
import { createVelocity, type Wanted } from "./velocity.ts";

const START = Date.UTC(2026, 0, 15, 9, 0, 0);
const MINUTE = 60_000;

/** So many that only what a test narrows can stand in the way. */
const WIDE = Object.fromEntries(
  ["VISIT", "IP", "PREFIX", "COUNTRY", "DOMAIN"].map((name) => [`MFA_SENDS_PER_${name}_HOUR`, "9999999"]),
);
const OPEN = {
  ...WIDE,
  MFA_SENDS_PER_CONTACT_TEN_MINUTES: "9999999",
  MFA_SENDS_PER_DAY: "9999999",
  MFA_UNENTERED_PER_PREFIX_HOUR: "9999999",
  MFA_UNENTERED_PER_COUNTRY_HOUR: "9999999",
  MFA_UNENTERED_PER_HOUR: "9999999",
};

function house(env: Record<string, string>, limiterOf: (clock: { now(): number }) => Limiter = createMemoryLimiter) {
  const clock = createManualClock(START);
  const told: Told[] = [];
  const takings: string[][] = [];
  const limiter = limiterOf(clock);
  const velocity = createVelocity({
    limiter: {
      ...limiter,
      take(asked) {
        takings.push(asked.map(({ key }) => key));
        return limiter.take(asked);
      },
    },
    sealer: createSealer(Buffer.alloc(32, 7)),
    limits: readLimits(env, []),
    report: (one) => told.push(one),
  });
  /** Asks for a message, and returns the refusal, or null when it was counted. */
  async function ask(wanted: Partial<Wanted> & { contact?: string }): Promise<Refusal | null> {
    const { contact = "+12025550147", ...rest } = wanted;
    const asked = {
      channel: "sms",
      to: { contact },
      visitId: "visit",
      address: "203.0.113.9",
      sends: 0,
      ...rest,
    } as const;
    return velocity.reserve(asked).then(
      () => null,
      (error: unknown) => {
        if (error instanceof Refused) return error.refusal;
        throw error;
      },
    );
  }
  return { clock, velocity, ask, told, takings };
}

/** Areas of the United States: a number for each index, no two of one range. */
const AREAS = [202, 212, 213, 214];
const number = (index: number) => `+1${AREAS[index % 4]}${555 + Math.floor(index / 4)}0147`;
const several = Array.from({ length: 30 }, (_, index) => index);

describe("each count alone ends it, and gives way when its time is over", () => {
  const cases: [
    string,
    Record<string, string>,
    number,
    number,
    (index: number) => Parameters<ReturnType<typeof house>["ask"]>[0],
  ][] = [
    [
      "a visit",
      { MFA_SENDS_PER_VISIT_HOUR: "" },
      10,
      60,
      (index) => ({ contact: number(index), address: `192.0.2.${index}` }),
    ],
    ["an address", { MFA_SENDS_PER_IP_HOUR: "" }, 20, 60, (index) => ({ contact: number(index), visitId: `${index}` })],
    [
      "the /64 of an address",
      { MFA_SENDS_PER_IP_HOUR: "" },
      20,
      60,
      (index) => ({ contact: number(index), visitId: `${index}`, address: `2001:db8:1:2:${index}::1` }),
    ],
    ["a number", { MFA_SENDS_PER_CONTACT_TEN_MINUTES: "" }, 3, 10, (index) => ({ visitId: `${index}`, address: null })],
    [
      "a mail address, however it is written",
      { MFA_SENDS_PER_CONTACT_TEN_MINUTES: "" },
      3,
      10,
      (index) => ({ channel: "email", contact: index % 2 ? "Robin@example.net" : "robin@example.net", address: null }),
    ],
    [
      "a method whose contact only the tenant knows",
      { MFA_SENDS_PER_CONTACT_TEN_MINUTES: "" },
      3,
      10,
      (index) => ({ to: { authenticatorId: "phone|dev_1" }, visitId: `${index}` }),
    ],
    [
      "a range of numbers",
      { MFA_SENDS_PER_PREFIX_HOUR: "" },
      20,
      60,
      (index) => ({ contact: `+120255501${index + 10}`, visitId: `${index}`, address: null }),
    ],
    ["a country", { MFA_SENDS_PER_COUNTRY_HOUR: "7" }, 7, 60, (index) => ({ contact: number(index) })],
    [
      "a mail domain",
      { MFA_SENDS_PER_DOMAIN_HOUR: "7" },
      7,
      60,
      (index) => ({ channel: "email", contact: `robin.${index}@example.net` }),
    ],
    ["a day", { MFA_SENDS_PER_DAY: "7" }, 7, 24 * 60, (index) => ({ contact: number(index) })],
    [
      "a range whose codes nobody enters",
      { MFA_UNENTERED_PER_PREFIX_HOUR: "" },
      5,
      60,
      (index) => ({ contact: `+120255501${index + 10}` }),
    ],
  ];

  test.each(cases)("%s", async (_, narrow, points, minutes, wantedOf) => {
    const { clock, ask } = house({ ...OPEN, ...narrow });
    const refusals = [];
    for (const index of several) refusals.push(await ask(wantedOf(index)));
    expect(refusals.filter((refusal) => refusal === null)).toHaveLength(points);
    const { channel = "sms" } = wantedOf(0);
    expect(refusals.at(-1)).toEqual({ code: "too_many_messages", retryAt: START + minutes * MINUTE, channel });
    await clock.advance(minutes * MINUTE - 1);
    expect(await ask(wantedOf(0))).not.toBeNull();
    await clock.advance(1);
    expect(await ask(wantedOf(0))).toBeNull();
  });

  test("and a request without an address that can be trusted has none to be counted by", async () => {
    const { ask } = house({ ...OPEN, MFA_SENDS_PER_IP_HOUR: "1" });
    for (const index of several) expect(await ask({ contact: number(index), address: null })).toBeNull();
  });
});

describe("a message that was counted", () => {
  const FOUR_TIMES = [0, 1, 2, 3];

  test("is a promise that the page made: the fourth of one enrollment goes, of several the fourth does not", async () => {
    const own = house({});
    for (const sends of FOUR_TIMES) expect(await own.ask({ sends })).toBeNull();
    const others = house({});
    const refusals = [];
    for (const index of FOUR_TIMES) refusals.push(await others.ask({ visitId: `${index}` }));
    expect(refusals.map((refusal) => refusal?.code)).toEqual([undefined, undefined, undefined, "too_many_messages"]);
  });

  test("is given back where it is proved that nothing was sent, and stays where that is not known", async () => {
    const { velocity, ask } = house({ ...OPEN, MFA_SENDS_PER_DAY: "1" });
    const wanted = { channel: "sms", to: { contact: number(0) }, visitId: "v", address: null, sends: 0 } as const;
    const told = [{ is: "not_sent" }, { is: "refused", why: { is: "unknown" } }, { is: "unclear" }] as const;
    for (const one of told) {
      const reserved = await velocity.reserve(wanted);
      await reserved.spend(async () => one);
      await reserved.giveBack();
      await reserved.giveBack();
    }
    expect(await ask({ contact: number(1) })).not.toBeNull();
  });

  test("stays counted where whoever sends it fails before it is known", async () => {
    const { velocity, ask } = house({ ...OPEN, MFA_SENDS_PER_DAY: "1" });
    const wanted = { channel: "sms", to: { contact: number(0) }, visitId: "v", address: null, sends: 0 } as const;
    const reserved = await velocity.reserve(wanted);
    await expect(reserved.spend(() => Promise.reject(new Error("A fault.")))).rejects.toThrow("A fault.");
    await reserved.giveBack();
    expect(await ask({ contact: number(1) })).not.toBeNull();
  });

  test("that one count refuses leaves all others as they were", async () => {
    const { ask } = house({ ...OPEN, MFA_SENDS_PER_IP_HOUR: "2", MFA_SENDS_PER_DAY: "4" });
    for (const index of several) await ask({ contact: number(index) });
    expect(await ask({ address: "192.0.2.1" })).toBeNull();
    expect(await ask({ address: "192.0.2.1" })).toBeNull();
    expect(await ask({ address: "192.0.2.2" })).not.toBeNull();
  });

  test("that a later count refuses is given back to the earlier ones", async () => {
    const { ask } = house({ ...OPEN, MFA_SENDS_PER_IP_HOUR: "2", MFA_SENDS_PER_COUNTRY_HOUR: "1" });
    for (const index of several) await ask({ contact: number(index) });
    expect(await ask({ contact: "+447911123456" })).toBeNull();
    expect(await ask({ contact: "+4915112345678" })).not.toBeNull();
  });

  test("leaves nothing in the limiter that names a number, an address or a person: ranges and countries alone", async () => {
    const { ask, takings } = house({});
    await ask({});
    await ask({ channel: "email", contact: "robin@example.net" });
    const keys = takings.flat();
    expect(keys.length).toBeGreaterThan(10);
    const plain = /^(?:visit [\w-]+|day |prefix \d{7}|country [A-Z]{2}|unentered (?:\d{4,7}|[A-Z]{2}|everywhere))$/;
    for (const key of keys) expect(key).toMatch(plain.test(key) ? plain : /^(?:ip|contact|domain) [\w-]{43}$/);
  });

  test("is told of by its limiter, and by country, when it is refused", async () => {
    const { ask, told } = house({ ...OPEN, MFA_SENDS_PER_DAY: "1" });
    await ask({});
    await ask({});
    expect(told).toContainEqual({ event: "limit_reached", limiter: "day", channel: "sms", country: "US" });
  });
});

describe("a limiter that does not answer", () => {
  test.each([
    ["before it has counted", false],
    ["after it has counted", true],
  ])("means that nothing is sent: %s", async (_, counts) => {
    const { ask, told } = house({}, (clock) => {
      const inner = createMemoryLimiter(clock);
      return {
        ...inner,
        async take(asked) {
          if (counts) await inner.take(asked);
          throw new Error("It is away.");
        },
      };
    });
    expect(await ask({})).toEqual({ code: "service_unavailable" });
    expect(told).toContainEqual({ event: "limiter_down" });
  });
});
