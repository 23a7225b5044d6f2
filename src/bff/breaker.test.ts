import { describe, expect, test } from "vitest";
import { createManualClock } from "../journeys/manual-clock.ts";
import { createBreaker, type Destination } from "./breaker.ts";
import { createMemoryLimiter, type Limiter } from "./limiter.ts";
import { readLimits } from "./read-limits.ts";
import type { Told } from "./report.ts";
import { takeInOrder } from "./take-in-order.ts";

const START = Date.UTC(2026, 0, 15, 9, 0, 0);
const HOUR = 3_600_000;

/** A breaker, the events it has told of, and people who get a text and enter its code, or do not. */
function house() {
  const clock = createManualClock(START);
  const events: Told[] = [];
  const limiter = createMemoryLimiter(clock);
  const breakerOver = (over: Limiter) =>
    createBreaker({ limiter: over, limits: readLimits({}, []), report: (told) => events.push(told) });
  const breaker = breakerOver(limiter);
  /** Takes a message as the counts of messages do; returns in how many ranges, or null where one holds it back. */
  async function take(to: Destination): Promise<number | null> {
    const { refusedBy, counts } = await takeInOrder(limiter, breaker.countsOf(to));
    if (refusedBy) return null;
    breaker.taken(to, counts);
    return counts.length;
  }
  async function text(e164: string, isEntered: boolean, country = "US"): Promise<boolean> {
    const ranges = await take({ e164, country });
    if (ranges === null) return false;
    if (isEntered) await breaker.entered({ e164, country }, [ranges]);
    return true;
  }
  /** Texts numbers one after the other and counts the messages. */
  async function texts(numbers: readonly string[], entered: (index: number) => boolean): Promise<number> {
    let sent = 0;
    for (const [index, number] of numbers.entries()) if (await text(number, entered(index))) sent += 1;
    return sent;
  }
  return { clock, limiter, breakerOver, breaker, events, take, text, texts };
}

/** North American numbers that begin so, each in the range of ten thousand beside that of the last one as far as the prefix leaves any. */
function numbers(prefix: string, howMany: number): string[] {
  const open = "+1202555".length - prefix.length;
  const rangeOf = (index: number) => (open === 0 ? "" : String(index % 10 ** open).padStart(open, "0"));
  return Array.from({ length: howMany }, (_, index) => `${prefix}${rangeOf(index)}${String(index).padStart(4, "0")}`);
}

describe("a range whose codes nobody enters", () => {
  test("gets five messages in an hour, and an hour later five again", async () => {
    const { clock, texts } = house();
    expect(await texts(numbers("+1202555", 500), () => false)).toBe(5);
    await clock.advance(HOUR);
    expect(await texts(numbers("+1202555", 500), () => false)).toBe(5);
  });

  test("takes the ranges beside it along: moving on by a digit, or by several, earns little", async () => {
    for (const [step, atMost] of [
      ["+120255", 8],
      ["+12025", 11],
      ["+1202", 17],
    ] as const) {
      const { texts } = house();
      expect(await texts(numbers(step, 1500), () => false)).toBe(atMost);
    }
  });

  test("takes the whole country along where it is everywhere at once, and no other country", async () => {
    const { text } = house();
    let sent = 0;
    for (let area = 201; area < 999; area += 1) if (await text(`+1${area}5550123`, false)) sent += 1;
    expect(sent).toBe(45);
    expect(await text("+447700900123", false, "GB")).toBe(true);
  });

  test("does not go on by going from country to country", async () => {
    const { text } = house();
    let sent = 0;
    for (let country = 0; country < 30; country += 1)
      for (let area = 100; area < 150; area += 1)
        if (await text(`+${200 + country}${area}55501`, false, `C${country}`)) sent += 1;
    expect(sent).toBe(150);
    expect(await text("+447700900123", false, "GB")).toBe(false);
  });

  test("is told of once when it is held back, by how wide it is and by country, and never by number", async () => {
    const { events, texts } = house();
    await texts(numbers("+1202555", 500), () => false);
    expect(events).toEqual([{ event: "breaker_opened", limiter: "unentered_prefix_7", country: "US" }]);
    expect(JSON.stringify(events)).not.toContain("1202");
  });

  test("two codes in a hundred are as good as none", async () => {
    const { texts } = house();
    expect(await texts(numbers("+1202555", 500), (index) => index % 50 === 0)).toBeLessThanOrEqual(8);
  });
});

describe("people who enter their codes", () => {
  test("go on where seven of ten do, however many they are", async () => {
    const { texts } = house();
    expect(await texts(numbers("+1202", 1000), (index) => index % 10 < 7)).toBe(1000);
  });

  test("go on beside a fraud in their country, whether it is narrow or everywhere", async () => {
    const { text } = house();
    const honest = Array.from({ length: 40 }, (_, area) => `+1${401 + area}555`);
    for (const prefix of honest) expect(await text(`${prefix}0100`, true)).toBe(true);
    for (let area = 601; area < 999; area += 1) await text(`+1${area}5550123`, false);
    expect(await text("+12025550100", false)).toBe(false);
    for (const prefix of honest) expect(await text(`${prefix}0101`, true)).toBe(true);
  });

  test("do not buy a fraud in their range more than a little", async () => {
    const { texts } = house();
    await texts(numbers("+1202599", 200), () => true);
    expect(await texts(numbers("+1202599", 200), () => false)).toBe(15);
  });

  test("pay for each of the messages that their code took", async () => {
    const { breaker, take, text } = house();
    const to = { e164: "+12025550100", country: "US" };
    for (let person = 0; person < 20; person += 1) {
      const first = await take(to);
      const second = await take(to);
      await breaker.entered(to, [first ?? 0, second ?? 0]);
      expect([first, second]).not.toContain(null);
    }
    expect(await text("+12025550101", true)).toBe(true);
  });

  test("are not kept waiting where it cannot be counted that they did", async () => {
    const { breakerOver, limiter } = house();
    const broken = breakerOver({ ...limiter, giveBack: () => Promise.reject(new Error("It is away.")) });
    await expect(broken.entered({ e164: "+12025550100", country: "US" }, [5])).resolves.toBeUndefined();
  });
});
