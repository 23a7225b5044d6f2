import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect, test } from "vitest";
import { done } from "../journeys/errands.ts";
import { createStack, PAGE, START, TENANT } from "../journeys/stack.ts";
import { createTenantVisit } from "../journeys/tenant-visit.ts";
import { createMinted } from "../simulator/minted.ts";
import { createTokens } from "../simulator/tokens.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import type { UpstreamAnswer, UpstreamRequest } from "./upstream.ts";

const SECOND = START / 1000;
const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

/** The keys that sign are the process's own, so what this makes is the tenant's in all but what a test says. */
function idToken(
  nonce: string,
  {
    issuer = TENANT,
    audience = "mfa-enroll-demo",
    subject = "auth0|robin",
    seconds = 3600,
    ...claims
  }: { issuer?: string; audience?: string; subject?: string; seconds?: number } & Record<string, unknown> = {},
): Promise<string> {
  const tokens = createTokens({ issuer, now: () => START, random, minted: createMinted() });
  const told = { nonce, auth_time: SECOND, name: "Robin", email: "robin@example.com", ...claims };
  return tokens.id(told, { clientId: audience, subject, seconds });
}

/** Signs in by redirect at a tenant that answers the code with this ID token, and returns what the page is told. */
async function arriveWith(make: (nonce: string) => Promise<string | undefined>) {
  let nonce = "";
  const asked: string[] = [];
  const stack = createStack({
    upstream: (fetch) => {
      const toTenant = createFetchUpstream(TENANT, fetch);
      return async (request: UpstreamRequest): Promise<UpstreamAnswer> => {
        asked.push(request.path);
        const answer = await toTenant(request);
        if (request.path !== "/oauth/token") return answer;
        const { id_token: _, ...rest } = JSON.parse(answer.text) as Record<string, unknown>;
        return { ...answer, text: JSON.stringify({ ...rest, id_token: await make(nonce) }) };
      };
    },
  });
  const browser = stack.browser();
  const signIn = async () => {
    const left = await done(browser, "signIn", { way: "redirect", returnTo: "/" });
    const location = left.outcome === "leave" ? left.location : "";
    nonce = new URL(location).searchParams.get("nonce") ?? "";
    await browser.followSignIn(location, { username: "robin@example.com" });
    return browser.view();
  };
  return { asked, signIn, view: await signIn() };
}

test("an ID token that says what was asked for signs somebody in, and the tenant's keys are read once for many", async () => {
  const { asked, signIn, view } = await arriveWith((nonce) => idToken(nonce));
  expect(view).toMatchObject({ person: expect.anything(), can: { add: "yes", remove: "yes" } });
  await signIn();
  expect(asked.filter((path) => path === "/.well-known/jwks.json")).toHaveLength(1);
});

const FOREIGN: [string, (nonce: string) => Promise<string | undefined>][] = [
  ["that is not there", async () => undefined],
  ["of another tenant", (nonce) => idToken(nonce, { issuer: "https://other.test/" })],
  ["for another application", (nonce) => idToken(nonce, { audience: "somebody-else" })],
  ["for another sign-in", () => idToken("another-nonce")],
  ["without the sign-in it is for", (nonce) => idToken(nonce, { nonce: undefined })],
  ["that has ended", (nonce) => idToken(nonce, { seconds: -120 })],
  ["of nobody", (nonce) => idToken(nonce, { subject: "" })],
  ["of a password from six minutes ago", (nonce) => idToken(nonce, { auth_time: SECOND - 360 })],
  ["that does not say when the password was given", (nonce) => idToken(nonce, { auth_time: undefined })],
  ["that a stranger has signed", (nonce) => signedByStranger(nonce)],
  ["whose claims were changed after it was signed", async (nonce) => withOtherSubject(await idToken(nonce))],
  ["that nobody has signed", async (nonce) => unsigned(await idToken(nonce))],
];

test.each(FOREIGN)("an ID token %s signs nobody in", async (_, make) => {
  const { view } = await arriveWith(make);
  expect(view).toMatchObject({ person: null, signIn: { problem: "refused" }, can: { add: "no", remove: "no" } });
});

test("a stranger's keys are not the tenant's, wherever the token says that they lie", async () => {
  const { publicKey } = await generateKeyPair("RS256");
  const jwk = await exportJWK(publicKey);
  const { asked, view } = await arriveWith((nonce) =>
    signedByStranger(nonce, { jwk, jku: "https://evil.example/keys" }),
  );
  expect(view.person).toBeNull();
  expect(asked.filter((path) => path.includes("evil") || path.includes("keys"))).toEqual([]);
});

async function signedByStranger(nonce: string, header: object = {}): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256");
  return new SignJWT({ nonce, auth_time: SECOND, name: "Robin" })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", ...header })
    .setIssuer(TENANT)
    .setAudience("mfa-enroll-demo")
    .setSubject("auth0|robin")
    .setIssuedAt(SECOND)
    .setExpirationTime(SECOND + 3600)
    .sign(privateKey);
}

function withOtherSubject(token: string): string {
  const [head, body = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as object;
  return [head, encoded({ ...claims, sub: "auth0|kim" }), signature].join(".");
}

function unsigned(token: string): string {
  return [encoded({ alg: "none", typ: "JWT" }), token.split(".")[1], ""].join(".");
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

test.each(["token_endpoint", "jwks_uri"])(
  "a %s on another host is asked nothing, whoever names it",
  async (endpoint) => {
    const asked: string[] = [];
    const stack = createStack({
      upstream: (fetch) => {
        const toTenant = createFetchUpstream(TENANT, fetch);
        return async (request: UpstreamRequest): Promise<UpstreamAnswer> => {
          asked.push(request.path);
          const answer = await toTenant(request);
          if (!request.path.startsWith("/.well-known/openid")) return answer;
          const named = new URL(String((JSON.parse(answer.text) as Record<string, unknown>)[endpoint]));
          return { ...answer, text: answer.text.replace(`"${named.href}"`, `"https://evil.example/elsewhere"`) };
        };
      },
    });
    const view = await stack.browser().signInByRedirect("robin@example.com");
    expect(view).toMatchObject({ person: null, signIn: { problem: "unavailable" } });
    expect(asked).not.toContain("/elsewhere");
  },
);

test("a tenant whose keys cannot be read is told as not available, and the next sign-in works", async () => {
  const stack = createStack();
  const browser = stack.browser();
  stack.simulator.faults.add({
    route: "GET /.well-known/jwks.json",
    phase: "before",
    action: { type: "status", status: 503 },
  });
  expect((await browser.signInByRedirect("robin@example.com")).signIn.problem).toBe("unavailable");
  stack.simulator.faults.clear();
  expect((await browser.signInByRedirect("robin@example.com")).person).not.toBeNull();
});

test("a code that another browser earned is worth nothing here, with its own state or with ours", async () => {
  const stack = createStack();
  const leave = async () => {
    const browser = stack.browser();
    const left = await done(browser, "signIn", { way: "redirect", returnTo: "/" });
    return { browser, location: left.outcome === "leave" ? left.location : "" };
  };
  const thief = await leave();
  const victim = await leave();
  const earned = await createTenantVisit(stack.simulator, PAGE).signIn(thief.location, { username: "kim@example.com" });
  const cross = { headers: { "sec-fetch-site": "cross-site" } };
  await victim.browser.fetch(new Request(earned, cross));
  expect(await victim.browser.view()).toMatchObject({ person: null, signIn: { problem: null } });
  const planted = new URL(earned);
  planted.searchParams.set("state", new URL(victim.location).searchParams.get("state") ?? "");
  await victim.browser.fetch(new Request(planted, cross));
  expect(await victim.browser.view()).toMatchObject({ person: null, signIn: { problem: "refused" } });
});
