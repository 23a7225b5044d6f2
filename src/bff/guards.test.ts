import { describe, expect, test } from "vitest";
import { problemSchema } from "../contract/problem.ts";
import { type RouteName, routes } from "../contract/routes.ts";
import { PHONE, visitBy } from "../journeys/errands.ts";
import { createStack, PAGE } from "../journeys/stack.ts";

const OURS = { "x-mfa-enroll": "1", origin: PAGE, "sec-fetch-site": "same-origin" };
const KEY = { "idempotency-key": "one-intent-of-somebody" };
const JSON_BODY = { "content-type": "application/json" };

/** A request of somebody signed in, as anybody could write it. */
async function send(
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string; origin?: string } = {},
) {
  const { stack, browser } = await visitBy("robin@example.com");
  const { origin = PAGE, ...rest } = init;
  const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const headers = { ...rest.headers, cookie };
  const answer = await stack.bff(new Request(`${origin}/api/mfa${path}`, { ...rest, headers }));
  const text = await answer.text();
  return { stack, answer, code: text.startsWith("{") ? (JSON.parse(text) as { code?: string }).code : null };
}

const start = JSON.stringify({ channel: "sms", contact: PHONE });

describe("a request is refused", () => {
  const guarded: [string, Record<string, string>][] = [
    ["without the header that only our script can set", { origin: PAGE, "sec-fetch-site": "same-origin" }],
    ["from another site", { ...OURS, "sec-fetch-site": "cross-site" }],
    ["from a sibling site", { ...OURS, "sec-fetch-site": "same-site" }],
    ["from the address bar", { "x-mfa-enroll": "1", "sec-fetch-site": "none" }],
    ["with another origin", { ...OURS, origin: "https://account.test.evil.example" }],
    ["with the origin of a sandbox", { "x-mfa-enroll": "1", origin: "null" }],
    ["with neither an origin nor fetch metadata", { "x-mfa-enroll": "1" }],
  ];
  test.each(guarded)("%s", async (_, headers) => {
    const { stack, answer, code } = await send("/enrollment", {
      method: "POST",
      headers: { ...headers, ...KEY, ...JSON_BODY },
      body: start,
    });
    expect({ status: answer.status, code }).toEqual({ status: 403, code: "request_refused" });
    expect(stack.simulator.ledger.list("send")).toEqual([]);
    expect((await send("/session", { headers })).code).toBe("request_refused");
  });

  test.each([
    ["with the metadata alone", { "x-mfa-enroll": "1", "sec-fetch-site": "same-origin" }],
    ["with the exact origin alone", { "x-mfa-enroll": "1", origin: PAGE }],
  ])("but not %s", async (_, headers) => {
    expect((await send("/session", { headers })).answer.status).toBe(200);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", ""])(
    "with a body of type %j",
    async (type) => {
      const headers = { ...OURS, ...KEY, ...(type === "" ? {} : { "content-type": type }) };
      const { answer, code } = await send("/enrollment", { method: "POST", headers, body: start });
      expect({ status: answer.status, code }).toEqual({ status: 415, code: "unsupported_media_type" });
    },
  );

  test("with a body of more than four KiB, told or untold", async () => {
    const body = JSON.stringify({ channel: "sms", contact: "1".repeat(5000) });
    const headers = { ...OURS, ...KEY, ...JSON_BODY };
    expect((await send("/enrollment", { method: "POST", headers, body })).code).toBe("payload_too_large");
    const told = { ...headers, "content-length": "5000" };
    expect((await send("/enrollment", { method: "POST", headers: told, body: "{}" })).code).toBe("payload_too_large");
  });

  const hostile = [
    "",
    "{",
    "null",
    "[]",
    '"sms"',
    "\u0000",
    '{"channel":"sms"}',
    '{"channel":"fax","contact":"+12025550147"}',
    '{"channel":"sms","contact":{"$gt":""}}',
    '{"channel":"sms","contact":["+12025550147"]}',
    '{"channel":"sms","contact":"+12025550147","admin":true}',
    '{"channel":"sms","contact":"+12025550147","__proto__":{"x":1}}',
    '{"channel":"sms","contact":"+12025550147","constructor":{}}',
    '{"channel":"otp","contact":"+12025550147"}',
    '{"channel":"sms","contact":""}',
    `{"channel":"sms","contact":"${"1".repeat(255)}"}`,
    '{"channel":"sms","contact":"+12025550147","replaces":"../../etc"}',
    "[".repeat(4000),
    `${'{"a":'.repeat(600)}1${"}".repeat(600)}`,
  ];
  test.each(hostile)("with the body %j", async (body) => {
    const headers = { ...OURS, ...KEY, ...JSON_BODY };
    const { stack, answer, code } = await send("/enrollment", { method: "POST", headers, body });
    expect({ status: answer.status, code }).toEqual({ status: 400, code: "invalid_request" });
    expect(stack.simulator.ledger.list("associate")).toEqual([]);
  });

  test("for a code that is none, before the tenant hears of it", async () => {
    const { browser } = await visitBy("robin@example.com");
    for (const code of ["12345", "1234567", "１２３４５６", "12 34 56", 123456, null, ""]) {
      expect((await browser.call("confirm", { enrollmentId: "a", code })).problem?.code).toBe("invalid_request");
    }
  });

  test("for a path that is not offered, and for a method that is not", async () => {
    expect(await send("/nothing", { headers: OURS })).toMatchObject({ answer: { status: 404 }, code: "not_found" });
    const { answer, code } = await send("/session", { method: "DELETE", headers: OURS });
    expect({ status: answer.status, code, allow: answer.headers.get("allow") }).toEqual({
      status: 405,
      code: "method_not_allowed",
      allow: "GET",
    });
    const outside = await createStack().bff(new Request(`${PAGE}/elsewhere`));
    expect(outside.status).toBe(404);
  });
});

const NAMES = Object.keys(routes) as RouteName[];

describe("every route", () => {
  test.each(NAMES)("%s answers somebody who is not signed in, or refuses, in its own form", async (name) => {
    const browser = createStack().browser();
    const { status, problem } = await browser.call(name, BODIES[name]);
    const open = name === "session" || name === "signIn" || name === "signOut";
    expect(open ? status : problem?.code).toBe(open ? 200 : "signed_out");
  });

  test.each(NAMES)("%s is not kept by any cache and offers nothing to other origins", async (name) => {
    const { method, path } = routes[name];
    const answer = await createStack().bff(new Request(`${PAGE}/api/mfa${path}`, { method }));
    expect(answer.headers.get("cache-control")).toBe("no-store, private");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect([...answer.headers.keys()].filter((key) => key.startsWith("access-control"))).toEqual([]);
    expect(problemSchema.safeParse(await answer.json()).success).toBe(true);
  });
});

const BODIES: Record<RouteName, unknown> = {
  session: undefined,
  signIn: { way: "redirect", returnTo: "/" },
  signOut: {},
  start: { channel: "sms", contact: PHONE },
  contact: undefined,
  resend: { enrollmentId: "a" },
  confirm: { enrollmentId: "a", code: "123456" },
  cancel: {},
  recoveryCode: {},
  acknowledge: {},
  renewRecoveryCode: {},
  endOtherSessions: {},
  remove: { authenticatorId: "a" },
  challenge: { with: "recovery_code" },
  verify: { challengeId: "a", code: "123456" },
};
