import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemSchema } from "../contract/problem.ts";
import { PROBLEM_MEDIA_TYPE } from "../contract/routes.ts";
import { type Browser, createStack, PAGE, type Stack } from "../journeys/stack.ts";
import { refusalOf, retryAtOf, type TenantCall, type TenantRefusal } from "./tenant-refusal.ts";
import type { UpstreamAnswer } from "./upstream.ts";

const NOW = Date.UTC(2026, 0, 15, 9);
const MINUTE = 60_000;

const CALLS: TenantCall[] = ["password", "associate", "challenge", "list", "remove", "oob", "otp", "recovery_code"];

function answer(status: number, error: string, error_description = "", headers: Record<string, string> = {}) {
  return { status, headers, text: JSON.stringify({ error, error_description }) };
}

describe("each row of the mapping table", () => {
  type Row = [TenantCall, number, string, string, TenantRefusal["is"]];
  const rows: Row[] = [
    [
      "otp",
      400,
      "authorization_pending",
      "Authorization pending: please repeat the request in a few seconds.",
      "pending",
    ],
    [
      "oob",
      400,
      "authorization_pending",
      "Authorization pending: please repeat the request in a few seconds.",
      "pending",
    ],
    ["oob", 429, "slow_down", "Polling too fast", "slow_down"],
    ["oob", 400, "slow_down", "", "slow_down"],
    ["oob", 400, "access_denied", "MFA Authorization rejected.", "push_rejected"],
    ["oob", 403, "invalid_grant", "MFA Authorization rejected.", "push_rejected"],
    ["recovery_code", 403, "invalid_grant", "MFA Authorization rejected.", "wrong_recovery_code"],
    ["otp", 403, "invalid_grant", "Invalid otp_code.", "wrong_code"],
    ["oob", 403, "invalid_grant", "Invalid binding_code.", "wrong_code"],
    ["oob", 400, "invalid_grant", "Invalid Code", "wrong_code"],
    ["oob", 403, "invalid_grant", "INVALID BINDING_CODE", "wrong_code"],
    ["oob", 429, "invalid_request", "Too many failed codes. Wait for some minutes before retrying.", "too_many_codes"],
    ["oob", 400, "invalid_request", "Too many failed codes. Wait for some minutes before retrying.", "too_many_codes"],
    [
      "associate",
      429,
      "invalid_request",
      "Too many SMS sent by the user. Wait for some minutes before retrying.",
      "too_many_messages",
    ],
    [
      "associate",
      400,
      "invalid_request",
      "Too many emails sent by the user. Wait for some minutes before retrying.",
      "too_many_messages",
    ],
    [
      "challenge",
      429,
      "invalid_request",
      "Too many SMS sent by the user. Wait for some minutes before retrying.",
      "too_many_messages",
    ],
    ["associate", 401, "expired_token", "mfa_token is expired", "credential_over"],
    ["challenge", 403, "invalid_grant", "Malformed mfa_token", "credential_over"],
    ["list", 401, "invalid_grant", "The mfa_token provided is invalid. Try getting a new token.", "credential_over"],
    ["remove", 401, "invalid_grant", "The mfa_token provided is invalid. Try getting a new token.", "credential_over"],
    ["oob", 401, "expired_token", "oob_code is expired", "code_expired"],
    ["oob", 403, "expired_token", "Verification code is expired", "code_expired"],
    ["oob", 403, "invalid_grant", "Malformed oob_code", "code_expired"],
    ["oob", 400, "invalid_request", "The oob_code doesn't match the mfa_token", "code_expired"],
    ["oob", 400, "invalid_request", "mfa_token not issued to this client", "misconfigured"],
    ["associate", 403, "access_denied", "User is already enrolled.", "already_enrolled"],
    [
      "associate",
      401,
      "unsupported_challenge_type",
      'SMS Verifier is disabled for your tenant. You can turn it on from dashboard turning on "SMS" on Guardian MFA section.',
      "channel_off",
    ],
    [
      "challenge",
      401,
      "unsupported_challenge_type",
      "User does not have any enrolled authenticator with the supported challenge type (oob)",
      "not_enrolled",
    ],
    [
      "otp",
      401,
      "unsupported_challenge_type",
      "User is not enrolled. You can use /mfa/associate endpoint to enroll the first authenticator.",
      "not_enrolled",
    ],
    ["recovery_code", 403, "unsupported_challenge_type", "User does not have a recovery-code.", "not_enrolled"],
    ["challenge", 403, "association_required", "", "not_enrolled"],
    ["associate", 502, "bad_gateway", "The phone number is invalid.", "contact_refused"],
    ["associate", 400, "bad_gateway", "The phone number is invalid.", "contact_refused"],
    ["associate", 400, "invalid_request", "The email address is invalid.", "contact_refused"],
    [
      "associate",
      400,
      "too_many_entities",
      "You reached the limit of entities of the sms type for this user.",
      "enrollment_limit",
    ],
    ["associate", 403, "insufficient_scope", "Insufficient scope, expected any of: enroll", "misconfigured"],
    [
      "remove",
      403,
      "insufficient_scope",
      "Insufficient scope, expected any of: remove:authenticators",
      "misconfigured",
    ],
    ["oob", 403, "unauthorized_client", "Grant type 'x' not allowed for the client.", "misconfigured"],
    ["oob", 401, "invalid_client", "", "misconfigured"],
    ["password", 401, "invalid_client", "", "misconfigured"],
    ["password", 500, "server_error", "Authorization server not configured with default connection.", "misconfigured"],
    ["password", 500, "server_error", "Something else.", "unknown"],
    ["associate", 500, "server_error", "", "unknown"],
    ["password", 403, "invalid_grant", "Wrong email or password.", "wrong_password"],
    ["password", 401, "access_denied", "Unauthorized", "wrong_password"],
    ["password", 403, "password_leaked", "", "wrong_password"],
    ["password", 403, "requires_verification", "Suspicious request requires verification", "wrong_password"],
    ["password", 429, "too_many_attempts", "", "sign_in_blocked"],
    ["associate", 429, "too_many_requests", "Too many requests. Check the headers.", "rate_limited"],
    ["list", 429, "", "", "rate_limited"],
    ["challenge", 403, "access_denied", "Could not find the requested authenticator", "not_found"],
    ["remove", 404, "not_found", "Authenticator not found", "not_found"],
    ["remove", 404, "", "", "not_found"],
    ["remove", 403, "access_denied", "", "automatic"],
    ["list", 401, "", "", "credential_over"],
    ["associate", 418, "teapot", "I am one.", "unknown"],
    ["oob", 503, "", "", "unknown"],
  ];
  test.each(rows)("%s answered %i %s %s means %s", (call, status, error, description, is) => {
    expect(refusalOf(answer(status, error, description), call, NOW).is).toBe(is);
  });

  test("asking for a second factor keeps its token, and tells when there is none", () => {
    const body = { error: "mfa_required", error_description: "Multifactor authentication required", mfa_token: "Fe26" };
    const told = (text: object) => refusalOf({ status: 403, headers: {}, text: JSON.stringify(text) }, "password", NOW);
    expect(told(body)).toEqual({ is: "mfa_required", mfaToken: "Fe26" });
    expect(told({ ...body, mfa_token: undefined })).toEqual({ is: "mfa_required", mfaToken: null });
    expect(told({ ...body, mfa_token: 7 })).toEqual({ is: "mfa_required", mfaToken: null });
  });
});

describe("how long to wait", () => {
  const wait = (headers: Record<string, string>, fallback = 5 * MINUTE) => retryAtOf(headers, NOW, fallback) - NOW;
  const seconds = (ms: number) => String(Math.round((NOW + ms) / 1000));

  test("is read off the tenant's headers, and else it is the fallback", () => {
    expect(wait({ "x-ratelimit-reset": seconds(90_000) })).toBe(90_000);
    expect(wait({ "retry-after": "30" })).toBe(30_000);
    expect(wait({ "retry-after": new Date(NOW + 40_000).toUTCString() })).toBe(40_000);
    expect(wait({})).toBe(5 * MINUTE);
  });

  test.each([
    [{ "x-ratelimit-reset": "soon" }, 5 * MINUTE],
    [{ "x-ratelimit-reset": "-1" }, 5 * MINUTE],
    [{ "x-ratelimit-reset": "0" }, 5 * MINUTE],
    [{ "x-ratelimit-reset": "Infinity" }, 5 * MINUTE],
    [{ "x-ratelimit-reset": "99999999999" }, 60 * MINUTE],
    [{ "retry-after": "1000000000" }, 60 * MINUTE],
    [{ "retry-after": "-5" }, 5 * MINUTE],
    [{ "retry-after": "0" }, 5 * MINUTE],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, 5 * MINUTE],
    [{ "retry-after": "0.001" }, 1_000],
  ])("is never absurd, even for %j", (headers, ms) => {
    expect(wait(headers as Record<string, string>)).toBe(ms);
  });

  test("of a person's own budget is not that of the endpoint, which says its state with every answer", () => {
    const endpoint = { "x-ratelimit-remaining": "299", "x-ratelimit-reset": seconds(1_000) };
    const codes = answer(429, "invalid_request", "Too many failed codes. Wait for some minutes.", endpoint);
    expect(refusalOf(codes, "oob", NOW)).toEqual({ is: "too_many_codes", retryAt: NOW + 6 * MINUTE });
    const empty = { ...endpoint, "x-ratelimit-remaining": "0", "x-ratelimit-reset": seconds(7 * MINUTE) };
    const told = answer(429, "invalid_request", "Too many failed codes. Wait for some minutes.", empty);
    expect(refusalOf(told, "oob", NOW)).toEqual({ is: "too_many_codes", retryAt: NOW + 7 * MINUTE });
    expect(refusalOf(answer(429, "too_many_requests"), "oob", NOW)).toEqual({
      is: "rate_limited",
      retryAt: NOW + MINUTE,
    });
  });
});

const hostileText = fc.oneof(
  fc.string({ maxLength: 400, unit: "binary" }),
  fc.json(),
  fc.record({ error: fc.anything(), error_description: fc.anything(), mfa_token: fc.anything() }).map((body) => {
    try {
      return JSON.stringify(body) ?? "";
    } catch {
      return "";
    }
  }),
  fc.constantFrom("<html>CANARY</html>", "[".repeat(2000), '{"__proto__":{"error":"CANARY"}}', "\u0000", "null", "0"),
  fc
    .constantFrom("mfa_required", "access_denied", "expired_token", "CANARY")
    .map((error) =>
      JSON.stringify({ error, error_description: "CANARY", oob_code: 7, access_token: null, id: "CANARY" }),
    ),
);
const hostileHeaders = fc.dictionary(
  fc.constantFrom("x-ratelimit-reset", "x-ratelimit-remaining", "retry-after", "content-type"),
  fc.oneof(fc.constantFrom("NaN", "-1", "1e400", "0", "", "CANARY"), fc.string({ unit: "grapheme-ascii" })),
);
const hostileAnswer: fc.Arbitrary<UpstreamAnswer> = fc.record({
  status: fc.oneof(
    fc.constantFrom(200, 201, 204, 301, 302, 400, 401, 403, 404, 409, 418, 429, 500, 502, 503),
    fc.integer({ min: 200, max: 599 }),
  ),
  headers: hostileHeaders,
  text: hostileText,
});

describe("any answer at all", () => {
  test("is read as one of the known meanings, with a wait between a second and an hour", () => {
    fc.assert(
      fc.property(hostileAnswer, fc.constantFrom(...CALLS), (told, call) => {
        const why = refusalOf(told, call, NOW);
        expect(why.is).toMatch(/^[a-z_]+$/);
        if ("retryAt" in why) {
          expect(why.retryAt).toBeGreaterThanOrEqual(NOW + 1_000);
          expect(why.retryAt).toBeLessThanOrEqual(NOW + 60 * MINUTE);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("becomes a view or a refusal of the catalogue, never a word of the tenant's", async () => {
    let hostile: UpstreamAnswer | null = null;
    const stack = createStack({
      upstream: (fetch) => async (request) => {
        if (hostile) return hostile;
        const init = {
          method: request.method,
          headers: request.headers,
          ...(request.body ? { body: request.body } : {}),
        };
        const real = await fetch(new Request(new URL(request.path, "https://tenant.test"), init));
        return { status: real.status, headers: Object.fromEntries(real.headers), text: await real.text() };
      },
    });
    await fc.assert(
      fc.asyncProperty(hostileAnswer, fc.constantFrom(...ACTIONS), async (told, act) => {
        hostile = null;
        await stack.clock.advance(3 * 60 * MINUTE);
        const browser = stack.browser();
        const { body, path } = await act(stack, browser);
        hostile = told;
        const response = await browser.fetch(
          new Request(`${PAGE}/api/mfa${path}`, {
            method: "POST",
            headers: {
              "x-mfa-enroll": "1",
              origin: PAGE,
              "content-type": "application/json",
              "idempotency-key": crypto.randomUUID(),
            },
            body: JSON.stringify(body),
          }),
        );
        const text = await response.text();
        expect(text).not.toContain("CANARY");
        if (response.status === 200) return;
        expect(response.headers.get("content-type")).toBe(PROBLEM_MEDIA_TYPE);
        expect(response.status).not.toBe(500);
        const problem = problemSchema.parse(JSON.parse(text));
        // A fault of ours would be told as this.
        expect(problem.code).not.toBe("service_unavailable");
      }),
      { numRuns: 120 },
    );
  });
});

type Act = (stack: Stack, browser: Browser) => Promise<{ path: string; body: unknown }>;

const start = { channel: "email", contact: "robin.other@example.net" };
/** What somebody is about to do when the tenant loses its mind. */
const ACTIONS: Act[] = [
  async () => ({ path: "/sign-in", body: { way: "password", username: "robin@example.com", password: "x" } }),
  async (_, browser) => {
    await browser.signInByPassword("toni@example.com");
    return { path: "/enrollment", body: start };
  },
  async (stack, browser) => {
    await browser.signInByPassword("toni@example.com");
    const { answer: view } = await browser.call("start", start);
    const enrollmentId = view?.flow.step === "code" ? view.flow.enrollment.enrollmentId : "";
    return { path: "/enrollment/confirm", body: { enrollmentId, code: stack.code() } };
  },
  async (_, browser) => {
    const view = await browser.signInByRedirect("kim@example.com");
    return { path: "/authenticators/remove", body: { authenticatorId: view.authenticators?.items[0]?.id } };
  },
  async (_, browser) => {
    const view = await browser.signInByPassword("kim@example.com");
    return { path: "/challenge", body: { with: "authenticator", authenticatorId: view.authenticators?.items[0]?.id } };
  },
  async (_, browser) => {
    await browser.signInByPassword("kim@example.com");
    const { answer: view } = await browser.call("challenge", { with: "recovery_code" });
    const challengeId = view?.flow.step === "proof" ? view.flow.challenge.challengeId : "";
    return { path: "/challenge/verify", body: { challengeId, recoveryCode: "AAAAAAAAAAAAAAAAAAAAAAAA" } };
  },
];
