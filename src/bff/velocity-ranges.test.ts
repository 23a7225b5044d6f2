import { expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createMemoryLimiter } from "./limiter.ts";
import { readLimits } from "./read-limits.ts";
import { Refused } from "./refused.ts";
import type { Told } from "./report.ts";
import { createSealer } from "./sealing.ts";
import { createVelocity } from "./velocity.ts";

const NUMBER = "+12025550147";
const ASKED = { channel: "sms", to: { contact: NUMBER }, visitId: "visit", address: "203.0.113.9", sends: 0 } as const;

/** The counts of messages, the keys of each taking, and what is told. */
function house(env: Record<string, string> = {}) {
  const limiter = createMemoryLimiter(createManualClock(Date.UTC(2026, 0, 15, 9, 0, 0)));
  const takings: string[][] = [];
  const told: Told[] = [];
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
  return { velocity, takings, told };
}

test("a message is counted in one step, from what is nearest to what most share, its ranges after all else", async () => {
  const { velocity, takings } = house();
  await velocity.reserve(ASKED);
  await velocity.reserve({ ...ASKED, channel: "email", to: { contact: "robin@example.net" } });
  expect(takings.map((keys) => keys.map((key) => key.split(" ")[0]))).toEqual([
    ["visit", "ip", "contact", "prefix", "country", "day", ...Array.from({ length: 6 }, () => "unentered")],
    ["visit", "ip", "contact", "domain", "day"],
  ]);
  const ranges = ["1202555", "120255", "12025", "1202", "US"].map((of) => `unentered ${of}`);
  expect(takings[0]?.slice(-6)).toEqual([...ranges, "unentered everywhere"]);
});

test("a message says in how many ranges its code is awaited: in none beyond one where more are entered than not", async () => {
  const { velocity } = house();
  const { ranges } = await velocity.reserve(ASKED);
  expect(ranges).toBe(6);
  await velocity.entered("sms", NUMBER, [ranges]);
  expect((await velocity.reserve(ASKED)).ranges).toBe(1);
  expect((await velocity.reserve({ ...ASKED, channel: "email", to: { contact: "robin@example.net" } })).ranges).toBe(0);
});

test("each range that messages fill is told of once, and with the message that fills it", async () => {
  const { velocity, told } = house({ MFA_UNENTERED_PER_PREFIX_HOUR: "2", MFA_UNENTERED_PER_COUNTRY_HOUR: "2" });
  await velocity.reserve(ASKED);
  expect(told).toEqual([]);
  await velocity.reserve(ASKED);
  const opened = ["unentered_prefix_7", "unentered_country"].map((limiter) => ({
    event: "breaker_opened",
    limiter,
    country: "US",
  }));
  expect(told).toEqual(opened);
  await expect(velocity.reserve(ASKED)).rejects.toBeInstanceOf(Refused);
  expect(told.filter((one) => "event" in one && one.event === "breaker_opened")).toEqual(opened);
});
