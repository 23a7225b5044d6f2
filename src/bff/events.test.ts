import { describe, expect, test } from "vitest";
import { problemSchema } from "../contract/problem.ts";
import { eventOf } from "./event-of.ts";
import { EVENTS, type EventName } from "./events.ts";
import type { LogEntry } from "./log.ts";
import { type DoorName, doors, type GuardName } from "./manifest.ts";

const CODES = problemSchema.def.options.flatMap(({ shape }) => shape.code.def.values);
const GUARDS: GuardName[] = [
  "host",
  "repeated",
  "header",
  "site",
  "origin",
  "key",
  "mediaType",
  "encoding",
  "size",
  "form",
];

/** What no request is: told where it happens, by `report`. */
const TOLD_ELSEWHERE: EventName[] = [
  "cookie_unknown",
  "cookie_repeated",
  "recovery_code_lost",
  "limit_reached",
  "breaker_opened",
  "limiter_down",
  "store_down",
  "store_back",
  "key_not_known",
  "notice_failed",
  "clock_differs",
  "fault_unheard",
  "node_started",
  "node_stopping",
];

function request(route: DoorName | "unknown", code: string | null, rest: Partial<LogEntry> = {}): LogEntry {
  return { correlationId: "abcdefghijklmnop", route, status: code === null ? 200 : 400, code, durationMs: 3, ...rest };
}

const named = (...about: Parameters<typeof request>) => eventOf(request(...about))?.event ?? null;

describe("the security event that a request was", () => {
  test("is one of a list of more than twenty-four, and every one of the list can be told", () => {
    const names = doors.map(({ name }) => name);
    const codes = [null, ...CODES, "left", "callback_refused", "busy", "fault", "answer_off_contract"];
    const told = new Set([
      ...TOLD_ELSEWHERE,
      ...names.flatMap((name) => codes.map((code) => named(name, code))),
      ...GUARDS.map((guard) => named("start", "request_refused", { guard })),
    ]);
    expect(Object.keys(EVENTS).length).toBeGreaterThanOrEqual(24);
    expect(told).toEqual(new Set([null, ...Object.keys(EVENTS)]));
  });

  test("is told for each door that changes something, and not for reading", () => {
    const quiet = doors.map(({ name }) => name).filter((name) => named(name, null) === null);
    expect(quiet).toEqual(["session", "contact"]);
    const events = doors.map(({ name }) => named(name, null)).filter((event) => event !== null);
    // Signing in ends at one of two doors.
    expect(new Set(events).size).toBe(events.length - 1);
  });

  test("tells a forged request from a malformed one by the guard that refused it", () => {
    const events = GUARDS.map((guard) => named("start", "request_refused", { guard }));
    expect(events).toEqual([
      ...Array.from({ length: 5 }, () => "request_forged"),
      ...Array.from({ length: 5 }, () => "request_malformed"),
    ]);
    expect(named("start", "signed_out", { guard: "signedIn" })).toBeNull();
  });

  test("tells a wrong code of an enrollment from one that was to prove who is there", () => {
    expect(named("confirm", "wrong_code")).toBe("code_refused");
    expect(named("verify", "wrong_code")).toBe("step_up_refused");
    expect(named("confirm", "code_expired")).toBe("code_refused");
    expect(named("verify", "code_expired")).toBe("step_up_refused");
    expect(named("verify", "wrong_recovery_code")).toBe("step_up_refused");
  });

  test("tells a number that the policy refuses from one that was mistyped", () => {
    expect(named("start", "invalid_phone", { reason: "premium" })).toBe("message_refused_by_policy");
    expect(named("start", "invalid_phone", { reason: "country_not_served" })).toBe("message_refused_by_policy");
    expect(named("start", "invalid_phone", { reason: "too_short" })).toBeNull();
  });

  test("says who, where from, by which door and guard, and in which request", () => {
    const about = {
      account: "abcdefghijkl",
      place: "203.0.113.0/24",
      guard: "site",
      channel: "sms",
      fault: "Error",
    } as const;
    expect(eventOf(request("start", "request_refused", about))).toEqual({
      event: "request_forged",
      correlationId: "abcdefghijklmnop",
      route: "start",
      code: "request_refused",
      ...about,
    });
  });

  test("is none for a door or a code that is not known", () => {
    expect(named("unknown", null)).toBeNull();
    expect(named("start", "constructor")).toBeNull();
    expect(eventOf({ ...request("start", null), route: "toString" })).toBeNull();
  });
});
