import { expect, test } from "vitest";

import { createInProcessTarget, type Spoiling } from "./in-process-target.ts";
import { type Outcome, play } from "./play.ts";
import { SUITE } from "./suite.ts";

const ALL = SUITE.flatMap(({ behaviours }) => behaviours);

/** Answers that one kind of request is given a changed body or status. */
function altering(line: string, change: (body: string, answer: Response) => [number, string] | string): Spoiling {
  return {
    async alter(answer, request) {
      const { pathname } = new URL(request.url);
      if (!`${request.method} ${pathname}`.startsWith(line) || answer.status === 204) return answer;
      const changed = change(await answer.text(), answer);
      const [status, body] = typeof changed === "string" ? [answer.status, changed] : changed;
      return new Response(body, { status, headers: answer.headers });
    },
  };
}

const swap = (line: string, from: string | RegExp, to: string): Spoiling =>
  altering(line, (body) => body.replaceAll(from, to));

const withStatus = (line: string, from: number, to: number): Spoiling =>
  altering(line, (body, { status }) => [status === from ? to : status, body]);

const withoutHeader = (name: string): Spoiling => ({
  alter(answer) {
    answer.headers.delete(name);
    return answer;
  },
});

/** A limit that no switch lowers. */
const FIXED_LIMIT = { get: () => ({ burst: 1000, refillSeconds: 1 }), enumerable: true };

/** What is wrong with the tenant, how it is put wrong, and the start of the title of a behaviour that must say so. */
const FAULTS: readonly (readonly [string, Spoiling, string])[] = [
  ["a day's token lasts an hour", { settings: { seconds: { accessToken: 3600 } } }, "POST /oauth/token takes a form"],
  ["an MFA JWT lasts an hour", { settings: { seconds: { mfaJwt: 3600 } } }, "the MFA audience, slash included"],
  ["the scope is left out", { settings: { omitScope: true } }, "POST /oauth/token takes a form"],
  ["no default directory is set", { settings: { defaultDirectory: "" } }, "POST /oauth/token takes JSON"],
  ["mfa_required lacks its token", { settings: { mfaTokenMissing: true } }, "a sign-in that needs a second factor"],
  ["mfa_requirements come unasked", { settings: { customizableMfa: true } }, "a sign-in that needs a second factor"],
  ["a grant asks twice", { settings: { chainedMfa: true } }, "mfa-otp passes a sign-in of an enrolled app"],
  ["malformed tokens are an outage", { settings: { statuses: { malformed: 500 } } }, "an mfa_token that is none"],
  ["old tokens are a bad request", { settings: { statuses: { expired: 400 } } }, "associate with an old mfa_token"],
  [
    "a bad number is an outage of another kind",
    { settings: { statuses: { invalidPhone: 503 } } },
    "a number that is none",
  ],
  ["the lock is a conflict", { settings: { statuses: { tooManyCodes: 409 } } }, "the eleventh bad code"],
  [
    "the lock comes after three codes",
    { settings: { limits: { badCodes: { burst: 3, refillSeconds: 60 } } } },
    "the eleventh bad code",
  ],
  ["the lock is never told", { settings: { lockedOut: "stillInvalid" } }, "the eleventh bad code"],
  [
    "a denied push is told the other way",
    { settings: { pushRejected: "documented" } },
    "a push that was denied is 400",
  ],
  ["texts are switched off", { settings: { phoneMessageTypes: { sms: false } } }, "POST /mfa/associate sms"],
  ["calls are switched off", { settings: { phoneMessageTypes: { voice: false } } }, "with texts and calls on"],
  ["push is switched off", { settings: { factors: { push: false } } }, "POST /mfa/associate auth0 (push)"],
  [
    "recovery codes are switched off",
    { settings: { factors: { recoveryCode: false } } },
    "recovery_codes come with the first",
  ],
  ["mail is switched off", { settings: { factors: { email: false } } }, "a verified address is listed by itself"],
  [
    "confirming rotates the recovery code",
    { settings: { rotateRecoveryCodeOnConfirm: true } },
    "confirming by code brings no",
  ],
  ["the limit of entries is ten", { settings: { entityLimit: 10 } }, "fifty entries that were never confirmed"],
  [
    "twenty texts go out",
    { settings: { limits: { phoneMessages: { burst: 20, refillSeconds: 60 } } } },
    "ten texts go out in a row",
  ],
  ["429 carries Retry-After", { settings: { retryAfter: true } }, "too many requests are 429 too_many_requests, its"],
  ["a used mfa_token is dead", { settings: { usedMfaToken: "refused" } }, "an mfa_token still lists after"],
  ["an oob_code fits any sign-in", { settings: { oobCodeBinding: "person" } }, "an oob_code of another sign-in"],
  [
    "nobody but the policy asks for a factor",
    swap("POST /oauth/token", "mfa_required", "login_required"),
    "the MFA audience asks a person with a phone",
  ],
  ["a wrong password is 401", withStatus("POST /oauth/token", 403, 401), "a wrong password is 403"],
  [
    "the words of a wrong code change",
    swap("POST /oauth/token", "Invalid binding_code.", "Invalid code."),
    "a wrong code of a message",
  ],
  [
    "the words of a wrong app code change",
    swap("POST /oauth/token", "Invalid otp_code.", "Invalid code."),
    "a wrong code of an authenticator app",
  ],
  ["a push that waits is 200", withStatus("POST /oauth/token", 400, 200), "mfa-oob without binding_code polls a push"],
  [
    "the channel is told in the plural",
    swap("POST /mfa/associate", '"oob_channel"', '"oob_channels"'),
    "POST /mfa/associate voice",
  ],
  [
    "binding_method is missing",
    swap("POST /mfa/", /,?"binding_method":"prompt"/g, ""),
    "POST /mfa/challenge of a phone by text",
  ],
  [
    "a challenge of an app says more",
    swap("POST /mfa/challenge", '"otp"', '"otp","oob_code":"x"'),
    "POST /mfa/challenge of an authenticator app",
  ],
  [
    "an associate answer has an id",
    swap("POST /mfa/associate", '{"authenticator_type"', '{"id":"x","authenticator_type"'),
    "POST /mfa/associate otp",
  ],
  ["tokens are short", swap("POST /oauth/token", /(Fe26\.2\*)[^"]+/g, "$1short"), "an mfa_token is an iron seal"],
  [
    "the list is wrapped",
    altering("GET /mfa/authenticators", (body) => `{"authenticators":${body}}`),
    "GET /mfa/authenticators is 200 with an empty array",
  ],
  ["numbers are masked another way", swap("GET /mfa/authenticators", /X+(\d{4})/g, "*** $1"), "each row has id"],
  [
    "an app's id starts with otp",
    swap("GET /mfa/authenticators", "totp|", "otp|"),
    "an authenticator app's id starts with totp",
  ],
  [
    "a deletion answers 200",
    { alter: (answer) => (answer.status === 204 ? new Response("{}") : answer) },
    "DELETE /mfa/authenticators/{id}",
  ],
  ["the limit is not told", withoutHeader("x-ratelimit-reset"), "normal answers of the token endpoint carry"],
  [
    "/mfa/* answers without charset",
    {
      alter(answer) {
        answer.headers.set("content-type", "application/json");
        return answer;
      },
    },
    "/mfa/* answers with content-type",
  ],
  [
    "refusals are pages",
    { alter: (answer) => (answer.ok ? answer : new Response("<h1>No</h1>", { status: answer.status })) },
    "mfa-otp of somebody without an app",
  ],
  [
    "the tenant goes away",
    {
      spoil: (tenant) =>
        tenant.faults.add({ route: "POST /mfa/associate", phase: "before", action: { type: "reset" } }),
    },
    "auth0-auth-js enrolls by text",
  ],
  [
    "a client is told garbage",
    {
      spoil: (tenant) =>
        tenant.faults.add({ route: "POST /oauth/token", phase: "before", action: { type: "garbage" } }),
    },
    "auth0/legacy signs in by password-realm",
  ],
  [
    "the issuer is another",
    swap("GET /.well-known/openid-configuration", '"issuer":"https://tenant.test/"', '"issuer":"https://other.test/"'),
    "openid-client discovers",
  ],
  [
    "an application's token lasts an hour",
    { settings: { seconds: { managementToken: 3600 } } },
    "client_credentials for the Management API",
  ],
  [
    "a new recovery code is short",
    swap("POST /api/v2/users/", /("recovery_code":"\w{20})\w{4}/g, "$1"),
    "regeneration: 200 with recovery_code alone",
  ],
  [
    "a new recovery code is not the one that works",
    swap("POST /api/v2/users/", /("recovery_code":")\w{4}/g, "$1AAAA"),
    "ManagementClient gets its token",
  ],
  [
    "the Management API words a missing scope as OAuth does",
    swap("POST /api/v2/users/", '"errorCode"', '"error_code"'),
    "regeneration without update:users",
  ],
  [
    "nobody is a bad request",
    withStatus("POST /api/v2/users/", 404, 400),
    "ManagementClient tells a user that is none",
  ],
  [
    "the Management API has no limit worth the name",
    { spoil: (tenant) => Object.defineProperty(tenant.settings.limits, "management", FIXED_LIMIT) },
    "too many calls of the Management API",
  ],
];

test.each(FAULTS)("the suite notices when %s", async (_what, spoiling, start) => {
  const [behaviour, ...more] = ALL.filter(({ title }) => title.startsWith(start));
  if (behaviour === undefined || more.length > 0) throw new Error(`"${start}" must name one behaviour`);
  const outcome = await play(behaviour, createInProcessTarget(spoiling));
  expect(outcome).toMatchObject({ kind: "failed" });
});

test("a tenant that offers less is asked less, and the reason is told", async () => {
  const target = { ...createInProcessTarget(), offers: new Set(["client"] as const) };
  const outcomes: Outcome[] = [];
  for (const behaviour of ALL) outcomes.push(await play(behaviour, target));
  const skipped = outcomes.filter(({ kind }) => kind === "skipped");
  expect(skipped.length).toBeGreaterThan(150);
  expect(skipped.every((outcome) => outcome.kind === "skipped" && outcome.why.length > 20)).toBe(true);
});
