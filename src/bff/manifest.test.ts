import { describe, expect, test } from "vitest";
import { CALLBACK_PATH, routes } from "../contract/routes.ts";
import { PHONE, started, visitBy } from "../journeys/errands.ts";
import { type Browser, createStack, PAGE, type Stack } from "../journeys/stack.ts";
import { type Door, doors, type GuardName } from "./manifest.ts";

type Sent = { headers: Record<string, string>; body: string | Uint8Array | null };

const KEY = "one-intent-of-somebody";
const ID = "x".repeat(22);

/** A body that each door would read. */
const BODIES: Readonly<Record<string, unknown>> = {
  signIn: { way: "password", username: "robin@example.com", password: "Enroll-Demo-1" },
  start: { channel: "sms", contact: PHONE },
  resend: { enrollmentId: ID },
  confirm: { enrollmentId: ID, code: "000000" },
  remove: { authenticatorId: ID },
  challenge: { with: "recovery_code" },
  verify: { challengeId: ID, code: "000000" },
};

/** A request as the page would send it. */
function honest(door: Door, browser: Browser): Sent {
  const headers: Record<string, string> = {
    host: new URL(PAGE).host,
    "x-mfa-enroll": "1",
    "sec-fetch-site": "same-origin",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
    origin: PAGE,
    "idempotency-key": KEY,
    cookie: [...browser.jar].map((pair) => pair.join("=")).join("; "),
  };
  if (door.method === "GET") return { headers, body: null };
  return { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(BODIES[door.name] ?? {}) };
}

/** What each guard is there to refuse: one change to an honest request, with the status and code it must come to. */
const FORGED: Readonly<Record<GuardName, { change: (sent: Sent) => Sent; status: number; code: string }>> = {
  host: { change: withHeader("host", "evil.example"), status: 421, code: "misdirected" },
  repeated: { change: (sent) => sent, status: 403, code: "request_refused" },
  header: { change: withHeader("x-mfa-enroll", null), status: 403, code: "request_refused" },
  site: { change: withHeader("sec-fetch-site", "same-site"), status: 403, code: "request_refused" },
  origin: { change: withHeader("origin", "https://evil.example"), status: 403, code: "request_refused" },
  key: { change: withHeader("idempotency-key", null), status: 400, code: "idempotency_key_missing" },
  mediaType: { change: withHeader("content-type", "text/plain"), status: 415, code: "unsupported_media_type" },
  encoding: { change: withHeader("content-encoding", "gzip"), status: 415, code: "unsupported_media_type" },
  size: {
    change: ({ headers }) => ({ headers, body: JSON.stringify({ way: "x".repeat(5000) }) }),
    status: 413,
    code: "payload_too_large",
  },
  form: {
    change: ({ headers }) => ({ headers, body: '{"way":"password","way":"redirect"}' }),
    status: 400,
    code: "invalid_request",
  },
  signedIn: { change: withHeader("cookie", null), status: 401, code: "signed_out" },
};

function withHeader(name: string, value: string | null): (sent: Sent) => Sent {
  return ({ headers: { [name]: _, ...others }, body }) => ({
    headers: value === null ? others : { ...others, [name]: value },
    body,
  });
}

/** Sends through the inner door, which takes what a Fetch request cannot say. */
async function send(stack: Stack, door: Door, { headers, body }: Sent, twice?: string) {
  const bytes = body === null ? new Uint8Array() : typeof body === "string" ? new TextEncoder().encode(body) : body;
  const { status, body: text } = await stack.exchange({
    method: door.method,
    path: `/api/mfa${door.path}`,
    search: "",
    values(name) {
      const value = headers[name];
      return value === undefined ? [] : name === twice ? [value, value] : [value];
    },
    peer: null,
    body: async (limit) => (bytes.length > limit ? null : bytes),
    request: () => new Request(PAGE, { headers }),
  });
  const said = text === null ? null : (JSON.parse(text) as { code?: string });
  return { status, code: said?.code ?? null };
}

describe.each(doors.map((door) => [door.name, door] as const))("the door %s", (_, door) => {
  const standing = (Object.keys(FORGED) as GuardName[]).filter((guard) => !Object.hasOwn(door.without, guard));

  test.each(standing)("refuses what its guard %s is there for, and changes nothing", async (guard) => {
    const { stack, browser } = await visitBy("robin@example.com");
    await started(browser);
    const before = { view: await browser.view(), ledger: stack.simulator.ledger.list() };
    const { change, status, code } = FORGED[guard];
    const sent = guard === "repeated" ? await send(stack, door, honest(door, browser), "host") : null;
    expect(sent ?? (await send(stack, door, change(honest(door, browser))))).toEqual({ status, code });
    expect({ view: await browser.view(), ledger: stack.simulator.ledger.list() }).toEqual(before);
  });

  test("lets its honest request through its guards", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await started(browser);
    const { code } = await send(stack, door, honest(door, browser));
    // Only what is asked for may be refused then: a visit in this state has nothing to verify, and no such method.
    expect([
      null,
      "not_found",
      "challenge_over",
      "proof_needed",
      "enrollment_over",
      "no_recovery_code",
      "resend_too_soon",
    ]).toContain(code);
  });
});

describe("the manifest", () => {
  test("is every route of the contract and the way back, each once", () => {
    const known = [
      ...Object.entries(routes).map(([name, { method, path }]) => [name, method, path]),
      ["callback", "GET", CALLBACK_PATH],
    ];
    expect(doors.map(({ name, method, path }) => [name, method, path])).toEqual(known);
  });

  test("says why wherever a guard does not stand, and takes no guard away from a change of somebody's methods", () => {
    for (const { name, without } of doors) {
      for (const [guard, reason] of Object.entries(without))
        expect(reason, `${name} without ${guard}`).toMatch(/^[A-Z].{10,}\.$/);
    }
    const bare = doors.filter(({ without }) => Object.keys(without).length === 0).map(({ name }) => name);
    expect(bare).toEqual([
      "start",
      "resend",
      "confirm",
      "cancel",
      "acknowledge",
      "renewRecoveryCode",
      "endOtherSessions",
      "remove",
      "challenge",
      "verify",
    ]);
  });

  test("has all guards before a door that says nothing", async () => {
    const stack = createStack();
    const door: Door = { name: "remove", method: "POST", path: "/authenticators/remove", without: {} };
    expect(await send(stack, door, { headers: {}, body: "{}" })).toEqual({ status: 421, code: "misdirected" });
    expect(await send(stack, door, { headers: { host: new URL(PAGE).host }, body: "{}" })).toEqual({
      status: 403,
      code: "request_refused",
    });
  });

  test("answers a method that a door does not have with the one it has, and an address without a door with nothing", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    for (const door of doors) {
      for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "BREW"]) {
        if (method === door.method) continue;
        const other = { ...door, method: method as Door["method"] };
        expect(await send(stack, other, honest(other, browser)), `${method} ${door.name}`).toEqual({
          status: 405,
          code: "method_not_allowed",
        });
      }
    }
    for (const path of [
      "/",
      "",
      "/Session",
      "/session/",
      "//session",
      "/session;x",
      "/%73ession",
      "/../session",
      "/session\0",
    ]) {
      const other: Door = { name: "session", method: "GET", path, without: {} };
      expect(await send(stack, other, honest(other, browser)), path).toEqual({ status: 404, code: "not_found" });
    }
  });
});
