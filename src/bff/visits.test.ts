import { describe, expect, test } from "vitest";
import { done, enrolled, PHONE, refused, started, visitBy } from "../journeys/errands.ts";
import { createStack, PAGE } from "../journeys/stack.ts";

const MINUTE = 60_000;
const NAME = "__Host-mfa";

describe("the cookie", () => {
  test("is an opaque 256-bit value that no script can read, for this host and https alone", async () => {
    const stack = createStack();
    const body = JSON.stringify({ way: "password", username: "robin@example.com", password: "Enroll-Demo-1" });
    const headers = { "x-mfa-enroll": "1", origin: PAGE, "content-type": "application/json" };
    const answer = await stack.bff(new Request(`${PAGE}/api/mfa/sign-in`, { method: "POST", headers, body }));
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-mfa=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
    ]);
  });

  test("is another one after a sign-in, and the earlier one is worth nothing", async () => {
    const { browser, stack } = await visitBy("robin@example.com");
    const earlier = browser.jar.get(NAME) ?? "";
    await browser.signInByPassword("robin@example.com");
    expect(browser.jar.get(NAME)).not.toBe(earlier);
    const thief = stack.browser();
    thief.jar.set(NAME, earlier);
    expect((await thief.view()).person).toBeNull();
    expect(await refused(thief, "start", { channel: "sms", contact: PHONE })).toBe("signed_out");
  });

  test("that somebody planted before the sign-in is not the one after it, by either way in", async () => {
    const stack = createStack();
    const browser = stack.browser();
    await done(browser, "signIn", { way: "redirect", returnTo: "/" });
    const planted = browser.jar.get(NAME) ?? "";
    await browser.signInByRedirect("robin@example.com");
    expect(browser.jar.get(NAME)).not.toBe(planted);
    const thief = stack.browser();
    thief.jar.set(NAME, planted);
    expect((await thief.view()).person).toBeNull();
  });

  test("with an unknown value is cleared and never taken on", async () => {
    const stack = createStack();
    const browser = stack.browser();
    browser.jar.set(NAME, "A".repeat(43));
    expect((await browser.view()).person).toBeNull();
    expect(browser.jar.has(NAME)).toBe(false);
    browser.jar.set(NAME, "A".repeat(43));
    await browser.signInByPassword("robin@example.com");
    expect(browser.jar.get(NAME)).not.toBe("A".repeat(43));
  });

  test("that was sent before a sign-in ended clears nothing when its answer comes after", async () => {
    const { browser, stack } = await visitBy("robin@example.com");
    const late = stack.browser();
    late.jar.set(NAME, browser.jar.get(NAME) ?? "");
    await browser.signInByPassword("robin@example.com");
    await late.view();
    // A Set-Cookie here would have thrown away the new visit in a real browser, where both share one jar.
    expect(late.jar.has(NAME)).toBe(true);
  });

  test("twice in one request is none", async () => {
    const { browser, stack } = await visitBy("robin@example.com");
    const value = browser.jar.get(NAME) ?? "";
    const cookie = `${NAME}=${value}; ${NAME}=${value}`;
    const headers = { "x-mfa-enroll": "1", origin: PAGE, cookie };
    const answer = await stack.bff(new Request(`${PAGE}/api/mfa/session`, { headers }));
    expect(await answer.json()).toMatchObject({ person: null });
  });

  test("has its plain name on loopback, where there is no https", async () => {
    const stack = createStack({ env: { MFA_PUBLIC_URL: "http://127.0.0.1:4300" } });
    const body = JSON.stringify({ way: "password", username: "robin@example.com", password: "Enroll-Demo-1" });
    const headers = { "x-mfa-enroll": "1", origin: "http://127.0.0.1:4300", "content-type": "application/json" };
    const answer = await stack.bff(
      new Request("http://127.0.0.1:4300/api/mfa/sign-in", { method: "POST", headers, body }),
    );
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^mfa=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });
});

describe("a visit ends", () => {
  test("after fifteen minutes without an action; looking is none", async () => {
    const { stack, browser, view } = await visitBy("robin@example.com");
    expect(view.person?.signedOutAt).toBe(stack.clock.now() + 15 * MINUTE);
    for (let minute = 0; minute < 14; minute += 1) {
      await stack.clock.advance(MINUTE);
      expect((await browser.view()).person).not.toBeNull();
    }
    await stack.clock.advance(MINUTE);
    expect((await browser.view()).person).toBeNull();
    expect(browser.jar.has(NAME)).toBe(false);
  });

  test("after eight hours, whatever is done", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    for (let quarter = 0; quarter < 34; quarter += 1) {
      await stack.clock.advance(14 * MINUTE);
      await done(browser, "cancel");
    }
    expect((await browser.view()).person?.signedOutAt).toBe(stack.clock.now() + 4 * MINUTE);
    await stack.clock.advance(4 * MINUTE);
    expect((await browser.view()).person).toBeNull();
  });

  test("with a sign-out, which works twice and tells where the tenant's own session ends", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const cookie = browser.jar.get(NAME) ?? "";
    expect(await done(browser, "signOut")).toEqual({ location: null });
    expect(browser.jar.has(NAME)).toBe(false);
    expect(await done(browser, "signOut")).toEqual({ location: null });
    browser.jar.set(NAME, cookie);
    expect((await browser.view()).person).toBeNull();

    const other = stack.browser();
    await other.signInByRedirect("robin@example.com");
    const { location } = await done(other, "signOut");
    const leaving = new URL(location ?? "");
    expect(leaving.origin + leaving.pathname).toBe("https://tenant.test/v2/logout");
    expect(leaving.searchParams.get("returnTo")).toBe(PAGE);
  });

  test("and what was typed with it", async () => {
    const { browser } = await visitBy("robin@example.com");
    await started(browser);
    await done(browser, "signOut");
    const view = await browser.signInByPassword("robin@example.com");
    expect(view).toMatchObject({ draft: null, flow: { step: "idle" } });
    expect(await refused(browser, "contact")).toBe("enrollment_over");
  });
});

describe("somebody else at the same browser", () => {
  test("finds nothing of what was typed or pending before", async () => {
    const { browser } = await visitBy("kim@example.com");
    await refused(browser, "start", { channel: "sms", contact: PHONE });
    const view = await browser.signInByPassword("sasha@example.com");
    expect(view).toMatchObject({ draft: null, flow: { step: "idle" } });
    expect(view.authenticators?.items).toMatchObject([{ channels: ["email"] }]);
  });
});

describe("what was typed before a sign-in ended", () => {
  const draft = { channel: "sms", contact: PHONE };
  const byPassword = { way: "password", password: "Enroll-Demo-1", draft };

  test.each(["redirect", "password"] as const)(
    "is there for the same person by %s, and for nobody else",
    async (way) => {
      const { stack, browser, view } = await visitBy("robin@example.com");
      await done(browser, "signOut");
      const typedBy = view.person?.id;
      const comeBack = async (username: string) => {
        const visitor = stack.browser();
        if (way === "password") await done(visitor, "signIn", { ...byPassword, username, typedBy });
        else {
          const left = await done(visitor, "signIn", { way, returnTo: "/", draft, typedBy });
          await visitor.followSignIn(left.outcome === "leave" ? left.location : "", { username });
        }
        return visitor.view();
      };
      expect(await comeBack("sasha@example.com")).toMatchObject({ draft: null });
      expect(view.person?.id).not.toBe((await comeBack("sasha@example.com")).person?.id);
      if (way === "password") expect(await comeBack("robin@example.com")).toMatchObject({ draft: { channel: "sms" } });
    },
  );

  test("is told apart by an id that is the same at each sign-in and through the first code", async () => {
    const { stack, browser, view } = await visitBy("robin@example.com");
    const id = view.person?.id;
    expect((await enrolled(stack, browser)).person?.id).toBe(id);
    await done(browser, "signOut");
    const again = await browser.call("signIn", { ...byPassword, username: "robin@example.com", typedBy: id });
    expect(again.answer).toMatchObject({ view: { person: { id }, draft: { channel: "sms" } } });
    expect((await stack.browser().signInByPassword("sasha@example.com")).person?.id).not.toBe(id);
  });

  test("is there for somebody who comes back by the other way in, once it is known who they are", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    await enrolled(stack, browser);
    const other = stack.browser();
    const typedBy = (await other.signInByRedirect("robin@example.com")).person?.id;
    const { answer } = await stack.browser().call("signIn", { ...byPassword, username: "robin@example.com", typedBy });
    expect(answer).toMatchObject({ view: { draft: { channel: "sms" }, person: { id: typedBy } } });
  });
});

describe("leaving for the tenant's page", () => {
  async function leave(returnTo: string) {
    const stack = createStack();
    const browser = stack.browser();
    return { stack, browser, ...(await browser.call("signIn", { way: "redirect", returnTo })) };
  }

  test("asks for exactly what the MFA API needs, bound to this browser", async () => {
    const { answer } = await leave("/settings?tab=security");
    const { searchParams: query } = new URL(answer?.outcome === "leave" ? answer.location : "");
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: "code",
      audience: "https://tenant.test/mfa/",
      scope: "openid profile email enroll read:authenticators remove:authenticators",
      code_challenge_method: "S256",
      redirect_uri: `${PAGE}/api/mfa/callback`,
      max_age: "300",
    });
    expect(query.get("state")?.length).toBeGreaterThan(40);
    expect(query.get("nonce")?.length).toBeGreaterThan(40);
  });

  test.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/elsewhere",
    "settings",
    "/settings/../x",
  ])("does not come back to %s", async (returnTo) => {
    expect((await leave(returnTo)).problem?.code).toBe("invalid_request");
  });

  test("lands where it began, the query included", async () => {
    const { browser, answer } = await leave("/settings?tab=security");
    const location = answer?.outcome === "leave" ? answer.location : "";
    expect(await browser.followSignIn(location, { username: "robin@example.com" })).toBe("/settings?tab=security");
    expect((await browser.view()).person).not.toBeNull();
  });

  test("comes back once, to the browser that left, with the answer to its own question", async () => {
    const { stack, browser, answer } = await leave("/settings");
    const callback = (query: string, by = browser) =>
      by.fetch(new Request(`${PAGE}/api/mfa/callback?${query}`, { headers: { "sec-fetch-site": "cross-site" } }));
    const state = new URL(answer?.outcome === "leave" ? answer.location : "").searchParams.get("state") ?? "";
    // Somebody else's link changes nothing, and the sign-in that is under way goes on.
    expect((await callback("code=stolen&state=foreign")).headers.get("location")).toBe("/settings");
    expect((await callback(`code=stolen&state=${state}`, stack.browser())).headers.get("location")).toBe("/");
    expect((await browser.view()).signIn.problem).toBeNull();
    await callback(`code=invented&state=${state}`);
    expect(await browser.view()).toMatchObject({ person: null, signIn: { problem: "refused" } });
    expect((await callback(`code=invented&state=${state}`)).headers.get("location")).toBe("/");
  });

  test.each([
    ["error=access_denied", "cancelled"],
    ["error=server_error", "refused"],
  ])("with %s is told as %s", async (query, problem) => {
    const { browser, answer } = await leave("/settings");
    const state = new URL(answer?.outcome === "leave" ? answer.location : "").searchParams.get("state") ?? "";
    const landed = await browser.fetch(new Request(`${PAGE}/api/mfa/callback?${query}&state=${state}`));
    expect(landed.headers.get("location")).toBe("/settings");
    expect((await browser.view()).signIn.problem).toBe(problem);
  });

  test("that takes longer than ten minutes is over, and so is one whose tenant went down meanwhile", async () => {
    const { stack, browser, answer } = await leave("/settings");
    const location = answer?.outcome === "leave" ? answer.location : "";
    await stack.clock.advance(10 * MINUTE);
    await browser.followSignIn(location, { username: "robin@example.com" });
    expect((await browser.view()).signIn.problem).toBe("expired");

    stack.simulator.faults.add({
      route: "POST /oauth/token",
      phase: "before",
      action: { type: "status", status: 503 },
    });
    const again = await done(browser, "signIn", { way: "redirect", returnTo: "/" });
    await browser.followSignIn(again.outcome === "leave" ? again.location : "", { username: "robin@example.com" });
    expect((await browser.view()).signIn.problem).toBe("unavailable");
    stack.simulator.faults.clear();
    expect((await browser.signInByRedirect("robin@example.com")).signIn.problem).toBeNull();
  });
});

describe("the password way in", () => {
  test("says no alike to a wrong password and an unknown person, and when it may go on after too many", async () => {
    const { simulator, browser: open } = createStack();
    const browser = open();
    const call = (username: string) => browser.call("signIn", { way: "password", username, password: "wrong" });
    const wrong = await call("robin@example.com");
    const unknown = await call("nobody@example.com");
    expect(wrong).toMatchObject({ status: 422, problem: { code: "sign_in_refused" } });
    expect(unknown.problem).toEqual({ ...wrong.problem, correlationId: unknown.problem?.correlationId });
    for (let count = 0; count < 10; count += 1) await call("robin@example.com");
    expect((await call("robin@example.com")).problem).toMatchObject({ code: "sign_in_blocked" });
    expect(simulator.ledger.list("signIn")).toEqual([]);
  });

  test("is not there where the settings do not offer it", async () => {
    const stack = createStack({ env: { MFA_SIGN_IN: "redirect" } });
    const body = { way: "password", username: "robin@example.com", password: "Enroll-Demo-1" };
    expect(await refused(stack.browser(), "signIn", body)).toBe("not_found");
    expect(stack.simulator.ledger.list()).toEqual([]);
  });

  test("tells the tenant from whose address it is, as the listener saw it", async () => {
    const seen: (string | undefined)[] = [];
    const stack = createStack({
      peer: "203.0.113.7",
      upstream: (fetch) => async (request) => {
        seen.push(request.headers["auth0-forwarded-for"]);
        const init = {
          method: request.method,
          headers: request.headers,
          ...(request.body ? { body: request.body } : {}),
        };
        const answer = await fetch(new Request(new URL(request.path, "https://tenant.test"), init));
        return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
      },
    });
    await stack.browser().signInByPassword("robin@example.com");
    expect(seen[0]).toBe("203.0.113.7");
  });

  test("wants a name the first time, and not again from somebody who is there", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    expect((await done(browser, "signIn", { way: "password", password: "Enroll-Demo-1" })).outcome).toBe("signed_in");
    const body = { way: "password", password: "Enroll-Demo-1" };
    expect(await refused(stack.browser(), "signIn", body)).toBe("invalid_request");
  });

  test("works against a named directory", async () => {
    const env = { AUTH0_REALM: "Username-Password-Authentication" };
    const { view } = await visitBy("robin@example.com", { env, tenant: { defaultDirectory: "" } });
    expect(view.person).not.toBeNull();
  });

  test("tells a tenant without a default directory as misconfigured", async () => {
    const stack = createStack({ tenant: { defaultDirectory: "" } });
    const body = { way: "password", username: "robin@example.com", password: "Enroll-Demo-1" };
    expect(await refused(stack.browser(), "signIn", body)).toBe("tenant_misconfigured");
  });
});
