import { decodeJwt } from "jose";
import * as oidc from "openid-client";
import { describe, expect, test } from "vitest";

import { type Bench, createBench } from "./bench.ts";
import { demoClient } from "./clients.ts";
import type { SimulatorOptions } from "./simulator.ts";
import { createVisitor, type Place } from "./visitor.ts";

const CALLBACK = "https://app.example/callback";
const MFA = "https://tenant.test/mfa/";
const SCOPE = "openid profile email enroll read:authenticators remove:authenticators";
const PASSWORD = "Enroll-Demo-1";
const KIM = { username: "kim@example.com", password: PASSWORD };
const ROBIN = { username: "robin@example.com", password: PASSWORD };

function createPages(options: Partial<SimulatorOptions> = {}) {
  const bench = createBench({ clients: [demoClient([CALLBACK], ["https://app.example/"])], ...options });
  const visitor = createVisitor(bench.tenant.fetch, "https://tenant.test/");
  return { bench, visitor };
}

function link(more: Readonly<Record<string, string>> = {}): string {
  const parameters = {
    response_type: "code",
    client_id: "mfa-enroll-demo",
    redirect_uri: CALLBACK,
    scope: SCOPE,
    audience: MFA,
    state: "s1",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
    ...more,
  };
  return `https://tenant.test/authorize?${new URLSearchParams(parameters)}`;
}

/** The verifier of RFC 7636 appendix B, whose challenge the links carry. */
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

function exchange(bench: Bench, url: URL, more: Readonly<Record<string, string>> = {}) {
  const code = url.searchParams.get("code") ?? "";
  return bench.token({
    grant_type: "authorization_code",
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    ...more,
  });
}

function awayOf(place: Place): URL {
  if (place.kind === "page") throw new Error(`still at: ${place.title}`);
  return place.url;
}

function pageOf(place: Place) {
  if (place.kind === "away") throw new Error(`left to: ${place.url}`);
  return place;
}

describe("openid-client", () => {
  test("discovers, signs in with PKCE, and accepts the ID token", async () => {
    const { bench, visitor } = createPages({ now: Date.now });
    const customFetch = (url: string, init: object) => bench.tenant.fetch(new Request(url, init));
    const execute: ((config: oidc.Configuration) => void)[] = [];
    const server = new URL("https://tenant.test/");
    const options = { execute, [oidc.customFetch]: customFetch };
    const config = await oidc.discovery(server, "mfa-enroll-demo", "mfa-enroll-demo-secret", undefined, options);
    config[oidc.customFetch] = customFetch;
    const verifier = oidc.randomPKCECodeVerifier();
    const nonce = oidc.randomNonce();
    const state = oidc.randomState();
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: SCOPE,
      audience: MFA,
      max_age: "300",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      nonce,
      state,
    });
    const back = await visitor.signIn(url.href, { ...KIM, readCode: () => bench.lastCode() });
    const tokens = await oidc.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
      maxAge: 300,
      idTokenExpected: true,
    });
    expect(tokens.claims()).toMatchObject({
      sub: "auth0|kim",
      name: "Kim",
      email: "kim@example.com",
      email_verified: false,
    });
    expect(tokens.expires_in).toBe(600);
    expect(await oidc.fetchUserInfo(config, tokens.access_token, "auth0|kim")).toMatchObject({ name: "Kim" });
  });
});

describe("the sign-in page", () => {
  test("says so when the password is wrong, and lets the person try again", async () => {
    const { visitor } = createPages();
    expect(pageOf(await visitor.open(link())).title).toBe("Sign in to Meridian");
    const wrong = pageOf(await visitor.submit({ ...ROBIN, password: "wrong" }));
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('role="alert" id="refused">Wrong email or password.');
    const back = awayOf(await visitor.submit(ROBIN));
    expect(back.origin + back.pathname).toBe(CALLBACK);
    expect(back.searchParams.get("state")).toBe("s1");
  });

  test("does not ask somebody new, or with only an address, for a second factor", async () => {
    for (const username of ["robin@example.com", "sasha@example.com"]) {
      const { bench, visitor } = createPages();
      const back = await visitor.signIn(link(), { username, password: PASSWORD });
      expect((await exchange(bench, back)).body).toMatchObject({ expires_in: 600, scope: SCOPE });
      expect(bench.tenant.ledger.list("send")).toEqual([]);
    }
  });

  test("goes back with access_denied when the person cancels", async () => {
    const { visitor } = createPages();
    await visitor.open(link());
    expect(awayOf(await visitor.submit({}, "cancel")).searchParams.get("error")).toBe("access_denied");
  });

  test("escapes what it shows", async () => {
    const { visitor } = createPages();
    const { html } = pageOf(await visitor.open(link({ login_hint: '"><script>' })));
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(html).not.toContain("<script");
  });
});

describe("the second factor at sign-in", () => {
  test("is always asked for the MFA audience, also in a session that passed it", async () => {
    const { bench, visitor } = createPages();
    await visitor.signIn(link(), { ...KIM, readCode: () => bench.lastCode() });
    const page = pageOf(await visitor.open(link()));
    expect(page.title).toBe("Confirm that it is you");
    // Opening a page sends nothing; a form that a person submits does.
    expect(bench.tenant.ledger.list("send")).toHaveLength(1);
    const send = /value="(send sms[^"]+)"/.exec(page.html)?.[1] ?? "";
    await visitor.submit({}, send);
    expect(awayOf(await visitor.submit({ code: bench.lastCode() })).searchParams.has("code")).toBe(true);
  });

  test("refuses a wrong code in a sentence", async () => {
    const { bench, visitor } = createPages();
    await visitor.open(link());
    expect(pageOf(await visitor.submit(KIM)).html).toContain("A code is on its way to XXXXXXXX0123.");
    const wrong = bench.lastCode() === "000000" ? "000001" : "000000";
    expect(pageOf(await visitor.submit({ code: wrong })).html).toContain("That code is wrong. Try again.");
  });

  test("can be the recovery code, whose successor is shown before the person goes on", async () => {
    const { bench, visitor } = createPages();
    await visitor.open(link());
    await visitor.submit(KIM);
    const old = bench.tenant.people.get("auth0|kim")?.recoveryCode?.code ?? "";
    const page = pageOf(await visitor.submit({ code: old.toLowerCase() }, "recovery"));
    expect(page.html).toContain(bench.tenant.people.get("auth0|kim")?.recoveryCode?.code);
    expect(page.html).not.toContain(old);
    expect(awayOf(await visitor.submit({})).searchParams.has("code")).toBe(true);
  });

  test("is not asked for another API where the policy is never", async () => {
    const { visitor } = createPages();
    const back = await visitor.signIn(link({ audience: "https://api.example/" }), KIM);
    expect(back.searchParams.has("code")).toBe(true);
  });
});

describe("a policy of always", () => {
  test.each(["robin@example.com", "sasha@example.com"])(
    "has %s enroll a phone on the tenant's own page first",
    async (username) => {
      const { bench, visitor } = createPages({ settings: { policy: "always" } });
      await visitor.open(link());
      expect(pageOf(await visitor.submit({ username, password: PASSWORD })).title).toBe("Add your phone");
      expect(pageOf(await visitor.submit({ phone: "+1 202-555-0190" })).html).toContain("The phone number is invalid.");
      expect(pageOf(await visitor.submit({ phone: "+1 202-555-0167" })).title).toBe("Enter the code");
      const kept = pageOf(await visitor.submit({ code: bench.lastCode() }));
      expect(kept.html).toMatch(/<code>[A-Z1-9]{24}<\/code>/);
      const back = awayOf(await visitor.submit({}));
      expect((await exchange(bench, back)).status).toBe(200);
      expect(bench.tenant.ledger.list("confirm")).toMatchObject([{ channel: "sms", contact: "+12025550167" }]);
    },
  );

  test("asks an enrolled person once a session for other APIs", async () => {
    const { bench, visitor } = createPages({ settings: { policy: "always" } });
    const other = link({ audience: "https://api.example/" });
    await visitor.signIn(other, { ...KIM, readCode: () => bench.lastCode() });
    expect(awayOf(await visitor.open(other)).searchParams.has("code")).toBe(true);
  });
});

describe("the tenant's session", () => {
  test("signs in again without a password, keeps the time of it, and honours prompt and max_age", async () => {
    const { bench, visitor } = createPages();
    await visitor.signIn(link(), ROBIN);
    bench.pass(100);
    const again = await exchange(bench, awayOf(await visitor.open(link())));
    expect(decodeJwt(String(again.body["id_token"]))["auth_time"]).toBe(Date.UTC(2026, 0, 1) / 1000);
    expect(awayOf(await visitor.open(link({ prompt: "none" }))).searchParams.has("code")).toBe(true);
    expect(awayOf(await visitor.open(link({ max_age: "100" }))).searchParams.has("code")).toBe(true);
    for (const more of [{ max_age: "99" }, { max_age: "0" }, { prompt: "login" }]) {
      expect(pageOf(await visitor.open(link(more))).title).toBe("Sign in to Meridian");
    }
  });

  test("without one, prompt=none answers login_required; so does a second factor", async () => {
    const { bench, visitor } = createPages();
    expect(awayOf(await visitor.open(link({ prompt: "none" }))).searchParams.get("error")).toBe("login_required");
    await visitor.signIn(link(), { ...KIM, readCode: () => bench.lastCode() });
    const { searchParams } = awayOf(await visitor.open(link({ prompt: "none" })));
    expect(searchParams.get("error")).toBe("login_required");
    expect(searchParams.get("error_description")).toBe("Multifactor authentication required");
  });

  test("ends at /v2/logout, which leads only to listed addresses", async () => {
    const { visitor } = createPages();
    await visitor.signIn(link(), ROBIN);
    const out = (returnTo: string) =>
      `https://tenant.test/v2/logout?${new URLSearchParams({ client_id: "mfa-enroll-demo", returnTo })}`;
    expect(pageOf(await visitor.open(out("https://evil.example/"))).status).toBe(400);
    expect(awayOf(await visitor.open(link({ prompt: "none" }))).searchParams.has("code")).toBe(true);
    expect(awayOf(await visitor.open(out("https://app.example/"))).href).toBe("https://app.example/");
    expect(awayOf(await visitor.open(link({ prompt: "none" }))).searchParams.get("error")).toBe("login_required");
  });
});

describe("an authorization request", () => {
  test.each([
    { client_id: "unknown" },
    { redirect_uri: "https://app.example/callback/" },
    { redirect_uri: "https://app.example/callback?x=1" },
    { redirect_uri: "https://evil.example/callback" },
  ])("that cannot be answered safely gets a page: %o", async (more) => {
    const { visitor } = createPages();
    expect(pageOf(await visitor.open(link(more))).status).toBe(400);
  });

  test.each([
    [{ response_type: "token" }, "unsupported_response_type"],
    [{ code_challenge_method: "plain" }, "invalid_request"],
    [{ code_challenge: "" }, "invalid_request"],
    [{ max_age: "soon" }, "invalid_request"],
    [{ response_mode: "form_post" }, "invalid_request"],
  ])("that is wrong in another way goes back to the application: %o", async (more, error) => {
    const { visitor } = createPages();
    const back = awayOf(await visitor.open(link(more)));
    expect(back.searchParams.get("error")).toBe(error);
    expect(back.searchParams.get("state")).toBe("s1");
  });
});

describe("an authorization code", () => {
  test("works once, for its address and its verifier, for a minute", async () => {
    const { bench, visitor } = createPages();
    const back = await visitor.signIn(link(), ROBIN);
    expect((await exchange(bench, back)).status).toBe(200);
    const again = await exchange(bench, back);
    expect(again.status).toBe(403);
    expect(again.body).toEqual({ error: "invalid_grant", error_description: "Invalid authorization code" });
    const fresh = async () => awayOf(await visitor.open(link()));
    const verifier = await exchange(bench, await fresh(), { code_verifier: "x".repeat(43) });
    expect(verifier.body["error_description"]).toBe("Failed to verify code verifier");
    const address = await exchange(bench, await fresh(), { redirect_uri: "https://app.example/" });
    expect(address.body["error_description"]).toBe("Invalid authorization code");
    const late = await fresh();
    bench.pass(60);
    expect((await exchange(bench, late)).status).toBe(403);
  });
});
