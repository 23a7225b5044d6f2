import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { challengeIn, done, enrolled, MAILBOX, proven, refused, started, wrongCode } from "../journeys/errands.ts";
import { createStack, PAGE, type Stack, TENANT } from "../journeys/stack.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import type { UpstreamRequest } from "./upstream.ts";

/** What only a browser could have said; it must reach nobody. */
const CANARY = "canary-of-the-browser";
/** What only the tenant could have said in a header; the same. */
const TENANTS_OWN = {
  "set-cookie": "did=canary-of-the-tenant; Path=/",
  location: "https://evil.example/canary-of-the-tenant",
  server: "canary-of-the-tenant",
  "x-request-id": "canary-of-the-tenant",
  "access-control-allow-origin": "*",
};

/** A back end whose every call to the tenant is kept, and whose tenant says more in its headers than anybody asked for. */
function overheardStack(): { stack: Stack; calls: UpstreamRequest[]; answers: Headers[] } {
  const calls: UpstreamRequest[] = [];
  const answers: Headers[] = [];
  const stack = createStack({
    connection: async (answer) => {
      const answered = await answer;
      answers.push(answered.headers);
      return answered;
    },
    upstream: (fetch) => {
      const toTenant = createFetchUpstream(TENANT, fetch);
      return async (request) => {
        calls.push(request);
        const answer = await toTenant(request);
        return { ...answer, headers: { ...answer.headers, ...TENANTS_OWN } };
      };
    },
  });
  return { stack, calls, answers };
}

/** Everything that the BFF can ask of the tenant, by both ways in. */
async function everything(stack: Stack): Promise<void> {
  const robin = stack.browser();
  await robin.signInByPassword("robin@example.com");
  const pending = await started(robin);
  await refused(robin, "confirm", { enrollmentId: pending.enrollmentId, code: wrongCode(stack) });
  await stack.clock.advance(31_000);
  await done(robin, "resend", { enrollmentId: pending.enrollmentId });
  await enrolled(stack, robin);
  const view = await enrolled(stack, robin, { channel: "email", contact: MAILBOX });
  await done(robin, "remove", { authenticatorId: view.authenticators?.items[0]?.id });
  const kim = stack.browser();
  await kim.signInByPassword("kim@example.com");
  await proven(stack, kim);
  const recovering = stack.browser();
  await recovering.signInByPassword("kim@example.com");
  const challenge = await done(recovering, "challenge", { with: "recovery_code" });
  const recoveryCode = "K7M2P9Q4R8S3T6V5W1X2Y9ZA";
  await done(recovering, "verify", { challengeId: challengeIn(challenge), recoveryCode });
  const sasha = stack.browser();
  await sasha.signInByRedirect("sasha@example.com");
}

const PLACES = [
  "DELETE /mfa/authenticators/:id",
  "GET /.well-known/jwks.json",
  "GET /.well-known/openid-configuration",
  "GET /mfa/authenticators",
  "POST /mfa/associate",
  "POST /mfa/challenge",
  "POST /oauth/token",
];

/** The method and the path of a call; an id of the tenant's own making, as it lists them, stands as `:id`. */
function placeOf({ method, path }: UpstreamRequest): string {
  return `${method} ${path.replace(/^(\/mfa\/authenticators\/)(?:sms|voice|email)%7Cdev_\w{16}$/, "$1:id")}`;
}

describe("a call to the tenant", () => {
  test("is made as our application wherever Auth0 asks for that, in the body and never in the address", async () => {
    const { stack, calls } = overheardStack();
    await everything(stack);
    const secret = stack.settings.tenant.clientSecret;
    const authenticated = calls.filter(({ path }) => path === "/oauth/token" || path === "/mfa/challenge");
    expect(authenticated.length).toBeGreaterThan(8);
    for (const { body = "" } of authenticated) {
      const fields = body.startsWith("{")
        ? (JSON.parse(body) as object)
        : Object.fromEntries(new URLSearchParams(body));
      expect(fields).toMatchObject({ client_id: "mfa-enroll-demo", client_secret: secret });
    }
    expect(calls.filter(({ path }) => path.includes("?") || path.includes(secret))).toEqual([]);
  });

  test("goes to the listed methods and paths, and to no other", async () => {
    const { stack, calls } = overheardStack();
    await everything(stack);
    expect([...new Set(calls.map(placeOf))].toSorted()).toEqual(PLACES);
  });

  test("goes nowhere else whatever handles the browser invents", async () => {
    const { stack, calls } = overheardStack();
    const browser = stack.browser();
    await browser.signInByRedirect("kim@example.com");
    const ids = fc.oneof(
      fc.stringMatching(/^[\w-]{1,64}$/),
      fc.string({ unit: "binary" }),
      fc.constantFrom("../oauth/token", "..%2f", "sms|dev_0000000000000000", "/", "", "9".repeat(400), "__proto__"),
    );
    const asking = fc.constantFrom(
      ...([
        ["remove", (id) => ({ authenticatorId: id })],
        ["challenge", (id) => ({ with: "authenticator", authenticatorId: id })],
        ["verify", (id) => ({ challengeId: id, code: "123456" })],
        ["confirm", (id) => ({ enrollmentId: id, code: "123456" })],
        ["resend", (id) => ({ enrollmentId: id })],
        ["cancel", (id) => ({ enrollmentId: id })],
        ["start", (id) => ({ channel: "sms", contact: "+12025550147", replaces: id })],
      ] as const satisfies readonly (readonly [string, (id: string) => object])[]),
    );
    await fc.assert(
      fc.asyncProperty(asking, ids, async ([name, bodyOf], id) => {
        await browser.call(name, bodyOf(id));
      }),
      { numRuns: 1_000 },
    );
    expect(calls.map(placeOf).filter((place) => !PLACES.includes(place))).toEqual([]);
    expect(stack.simulator.ledger.list().map(({ type }) => type)).toEqual(["challenge", "send", "verify", "signIn"]);
  });

  test("carries nothing of the browser's", async () => {
    const { stack, calls } = overheardStack();
    const robin = stack.browser();
    await robin.signInByPassword("robin@example.com");
    const cookie = [...robin.jar].map((pair) => pair.join("=")).join("; ");
    const theirs = [
      "authorization",
      "user-agent",
      "accept-language",
      "x-forwarded-for",
      "auth0-forwarded-for",
      "forwarded",
    ];
    await stack.bff(
      new Request(`${PAGE}/api/mfa/enrollment?${CANARY}`, {
        method: "POST",
        headers: {
          ...Object.fromEntries(theirs.map((name) => [name, CANARY])),
          "x-mfa-enroll": "1",
          origin: PAGE,
          "content-type": "application/json",
          "idempotency-key": `${CANARY}-key`,
          cookie: `${cookie}; other=${CANARY}`,
        },
        body: JSON.stringify({ channel: "sms", contact: "+12025550147" }),
      }),
    );
    expect(calls.map(({ path }) => path)).toContain("/mfa/associate");
    const told = JSON.stringify(calls);
    expect(told).not.toContain(CANARY);
    for (const value of robin.jar.values()) expect(told).not.toContain(value);
    const names = new Set(calls.flatMap(({ headers }) => Object.keys(headers)));
    expect([...names].toSorted()).toEqual(["accept", "authorization", "content-type"]);
  });

  test("brings none of the tenant's own headers back to the browser", async () => {
    const { stack, answers } = overheardStack();
    await everything(stack);
    expect(answers.length).toBeGreaterThan(20);
    for (const headers of answers) {
      expect([...headers].filter((header) => header.join().includes("canary"))).toEqual([]);
      for (const name of ["server", "x-request-id", "access-control-allow-origin"])
        expect(headers.has(name)).toBe(false);
    }
  });
});
