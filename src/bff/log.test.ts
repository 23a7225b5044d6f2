import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confirmed, done, enrolled, MAILBOX, PHONE, proven, refused, started, wrongCode } from "../journeys/errands.ts";
import { createStack } from "../journeys/stack.ts";
import { EVENTS, type SecurityEvent } from "./events.ts";
import { accountTag, createLog, type LogEntry } from "./log.ts";

/** What a line may have: the request's, the event's, and what every line has. */
const REQUEST_FIELDS = [
  "correlationId",
  "route",
  "status",
  "code",
  "durationMs",
  "account",
  "guard",
  "channel",
  "reason",
];
const EVENT_FIELDS = ["event", "outcome", "place", "limiter", "country", "aheadSeconds"];
const FIELDS = new Set([...REQUEST_FIELDS, ...EVENT_FIELDS, "fault", "level", "msg", "time"]);

const ENTRY: LogEntry = { correlationId: "abcdefghijklmnop", route: "start", status: 200, code: null, durationMs: 1 };

/** Writes entries and returns the text that came of them. */
function written(...entries: (LogEntry | SecurityEvent)[]): string {
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line) });
  for (const entry of entries) log(entry);
  return lines.join("");
}

const read = (...entries: (LogEntry | SecurityEvent)[]): Record<string, unknown>[] =>
  written(...entries)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("the log", () => {
  test("has one line for each request, with names, counts and times and nothing else", async () => {
    const lines: string[] = [];
    const stack = createStack({ bff: { log: createLog({ write: (line) => void lines.push(line) }) } });
    const browser = stack.browser();
    await refused(browser, "signIn", { way: "password", username: "robin@example.com", password: "wrong-password" });
    await browser.signInByPassword("robin@example.com");
    const pending = await started(browser);
    await refused(browser, "confirm", { enrollmentId: pending.enrollmentId, code: wrongCode(stack) });
    await confirmed(stack, browser, pending);
    await done(browser, "recoveryCode");
    await done(browser, "acknowledge");
    await enrolled(stack, browser, { channel: "email", contact: MAILBOX });
    const kim = stack.browser();
    await kim.signInByRedirect("kim@example.com", { draft: { channel: "sms", contact: PHONE } });
    await kim.signInByPassword("kim@example.com");
    await proven(stack, kim);
    await done(kim, "signOut");

    const requests = lines
      .map((line): Record<string, unknown> => JSON.parse(line))
      .filter(({ msg }) => msg === "request");
    expect(requests.length).toBeGreaterThan(15);
    expect(new Set(requests.map(({ correlationId }) => correlationId)).size).toBe(requests.length);
    for (const line of lines) for (const field of Object.keys(JSON.parse(line))) expect([...FIELDS]).toContain(field);
    const text = lines.join("");
    expect(text).not.toContain("unfit");
    const { outbox, people } = stack.simulator;
    const secrets = [
      "Enroll-Demo-1",
      "wrong-password",
      "robin",
      "kim",
      PHONE.slice(1),
      "0147",
      MAILBOX,
      "Fe26",
      "eyJ",
      "mfa-enroll-demo-secret",
      pending.enrollmentId,
      people.find("robin@example.com")?.recoveryCode?.code ?? "?",
      browser.jar.get("__Host-mfa") ?? "?",
      ...outbox.list().map(({ code }) => code ?? "?"),
    ];
    // Times and durations are digits too, so codes are looked for where they could stand by themselves.
    for (const secret of secrets) expect(text).not.toMatch(new RegExp(`(?<!\\d)${secret}(?!\\d)`));
  });

  test("names the refusal, and the answer names the line", async () => {
    const stack = createStack();
    const { problem } = await stack.browser().call("start", { channel: "sms", contact: PHONE });
    expect(stack.log.at(-1)).toMatchObject({
      route: "start",
      status: 401,
      code: "signed_out",
      correlationId: problem?.correlationId,
    });
  });

  test("says in UTC when it was, and how much it matters", () => {
    const [request, event] = read(ENTRY, { event: "store_down" });
    expect(request).toMatchObject({ level: "info", time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) });
    expect(event).toMatchObject({
      level: "error",
      event: "store_down",
      outcome: "failed",
      msg: EVENTS.store_down.says,
    });
  });

  test("says who, where from and by which guard, with nobody's name or address", () => {
    const about = { account: accountTag("abcdefghijklmnopqrstuvwxyz"), guard: "site", channel: "voice" } as const;
    expect(read({ ...ENTRY, ...about, place: "203.0.113.0/24" })[0]).toEqual({
      ...ENTRY,
      ...about,
      account: "abcdefghijkl",
      level: "info",
      time: expect.any(String),
      msg: "request",
    });
    const [event] = read({ event: "request_forged", correlationId: "abcdefghijklmnop", place: "2001:db8:12::/48" });
    expect(event).toMatchObject({ place: "2001:db8:12::/48", correlationId: "abcdefghijklmnop" });
  });

  test("has one line for a clock that differs from the tenant's, with what to do about it", () => {
    expect(read({ event: "clock_differs", aheadSeconds: 120 })).toMatchObject([
      { level: "warn", event: "clock_differs", aheadSeconds: 120, msg: expect.stringContaining("check that both are") },
    ]);
  });

  test("drops whatever else an entry may carry, and whatever is no event of the list", () => {
    const secrets = { token: "eyJ", body: "123456", oobCode: "Fe26" };
    expect(written({ ...ENTRY, ...secrets }, { event: "store_down", ...secrets })).not.toMatch(/eyJ|123456|Fe26/);
    // An observer in plain JavaScript can tell of what no type allows.
    expect(written({ event: "toString" } as unknown as SecurityEvent)).toBe("");
  });

  test("stays one readable line an entry and tells nothing, whatever 5,000 hostile texts stand in any field", () => {
    const canaries = ["+12025550147", "robin@example.com", "123456", "ABCDEFGH23456789JKLMNPQR", "eyJhbGciOi.e30.sig"];
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        '"}\n{"level":"info"',
        "\r\n",
        "\u2028\u2029",
        "\0",
        "%0a",
        "\u001b[2J",
        "__proto__",
        "${jndi:ldap://x}",
      ),
      fc.constantFrom(...canaries),
      // With a space: six digits and ten letters could be an id of ours, which is made of chance.
      fc.tuple(fc.constantFrom(...canaries), fc.string()).map(([canary, rest]) => `${canary} ${rest}`),
      fc.constantFrom<unknown>(null, 5, true, ["123456"], { toJSON: "123456" }),
    );
    let texts = 0;
    let text = "";
    const log = createLog({ write: (line) => void (text += line) });
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 13, maxLength: 13 }), fc.boolean(), (values, isEvent) => {
        texts += values.length;
        const [correlationId, route, code, account, place, guard, channel, reason, fault, limiter, country, a, b] =
          values;
        const fields = { correlationId, route, code, account, place, guard, channel, reason, fault, limiter, country };
        const entry = isEvent
          ? { ...fields, event: "limit_reached", aheadSeconds: a, [String(b)]: b }
          : { ...fields, status: a, durationMs: b };
        text = "";
        // What no type allows is what it must withstand: nothing in plain JavaScript keeps it away.
        log(entry as unknown as LogEntry);
        expect(text.match(/[\n\r\u2028\u2029]/g)).toEqual(["\n"]);
        const { time: _, ...line }: Record<string, unknown> = JSON.parse(text);
        expect(Object.keys(line).filter((field) => !FIELDS.has(field))).toEqual([]);
        const told = JSON.stringify(line);
        expect(canaries.filter((canary) => told.includes(canary))).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(texts).toBeGreaterThanOrEqual(5_000);
  });
});
