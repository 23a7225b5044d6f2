import { describe, expect, test } from "vitest";
import { confirmed, done, enrolled, PHONE, refused, started } from "../journeys/errands.ts";
import { createStack } from "../journeys/stack.ts";
import type { HostAccount } from "./host-account.ts";

const CLIENT = { client_id: "mfa-enroll-demo", client_secret: "mfa-enroll-demo-secret" };

/** A host that keeps the sign-in itself and hands over what it got from the tenant. */
async function hosted(username: string) {
  let account: HostAccount | null = null;
  const stack = createStack({ bff: { account: async () => account, stepUpAddress: "/login?again=1" } });
  async function signIn(): Promise<void> {
    const scope = "openid profile email enroll read:authenticators remove:authenticators";
    const body = JSON.stringify({
      ...CLIENT,
      grant_type: "password",
      username,
      password: "Enroll-Demo-1",
      audience: "https://tenant.test/mfa/",
      scope,
    });
    const headers = { "content-type": "application/json" };
    const answer = await stack.simulator.fetch(
      new Request("https://tenant.test/oauth/token", { method: "POST", headers, body }),
    );
    const told = (await answer.json()) as { access_token?: string; mfa_token?: string };
    const now = stack.clock.now();
    account = {
      subject: stack.simulator.people.find(username)?.subject ?? "",
      email: username,
      provenAt: now,
      credential: told.access_token
        ? { kind: "mfaJwt", value: told.access_token, expiresAt: now + 600_000 }
        : { kind: "mfaToken", value: told.mfa_token ?? "", expiresAt: now + 300_000 },
    };
  }
  return { stack, browser: stack.browser(), signIn, signOut: () => (account = null) };
}

describe("a host that keeps the sign-in itself", () => {
  test("has its people enroll without a cookie of ours", async () => {
    const { stack, browser, signIn } = await hosted("robin@example.com");
    expect((await browser.view()).person).toBeNull();
    await signIn();
    const view = await browser.view();
    expect(view).toMatchObject({ person: { name: expect.stringContaining("•") }, can: { add: "yes" } });
    await confirmed(stack, browser, await started(browser));
    expect((await done(browser, "recoveryCode")).recoveryCodes).toHaveLength(1);
    expect(browser.jar.size).toBe(0);
  });

  test("is where a fresh proof is given, and what was typed is kept until then", async () => {
    const { stack, browser, signIn } = await hosted("robin@example.com");
    await signIn();
    await stack.clock.advance(6 * 60_000);
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("proof_needed");
    const body = { way: "redirect", returnTo: "/", draft: { channel: "sms", contact: PHONE } };
    expect(await done(browser, "signIn", body)).toEqual({ outcome: "leave", location: "/login?again=1" });
    await signIn();
    expect(await browser.view()).toMatchObject({ can: { add: "yes" }, draft: { channel: "sms" } });
    expect(await done(browser, "contact")).toEqual({ channel: "sms", contact: PHONE });
  });

  test("finds what was typed when its sign-in ended, once it is the same person who comes back", async () => {
    const { stack, browser, signIn, signOut } = await hosted("robin@example.com");
    await signIn();
    const typedBy = (await browser.view()).person?.id;
    signOut();
    const draft = { channel: "sms", contact: PHONE };
    await done(browser, "signIn", { way: "redirect", returnTo: "/", draft, typedBy });
    await signIn();
    expect(await browser.view()).toMatchObject({ draft: { channel: "sms" } });
    expect(await done(browser, "contact")).toEqual(draft);
    // Once: what is given up does not come back by itself.
    await done(browser, "cancel");
    expect((await browser.view()).draft).toBeNull();

    const other = await hosted("kim@example.com");
    await done(other.browser, "signIn", { way: "redirect", returnTo: "/", draft, typedBy });
    await other.signIn();
    expect((await other.browser.view()).draft).toBeNull();
    expect(stack.simulator.outbox.list()).toEqual([]);
  });

  test("hands over an mfa_token as well, and a code in the page proves the rest", async () => {
    const { stack, browser, signIn } = await hosted("kim@example.com");
    await signIn();
    const view = await browser.view();
    expect(view).toMatchObject({ can: { add: "after_proof" }, proof: { by: "challenge" } });
    const authenticatorId = view.authenticators?.items[0]?.id;
    const challenged = await done(browser, "challenge", { with: "authenticator", authenticatorId });
    const challengeId = challenged.flow.step === "proof" ? challenged.flow.challenge.challengeId : "";
    await done(browser, "verify", { challengeId, code: stack.code() });
    expect((await enrolled(stack, browser)).authenticators?.items).toHaveLength(2);
  });

  test("decides how long somebody is signed in", async () => {
    const { stack, browser, signIn, signOut } = await hosted("robin@example.com");
    await signIn();
    for (let hour = 0; hour < 9; hour += 1) {
      for (let part = 0; part < 5; part += 1) {
        await stack.clock.advance(12 * 60_000);
        await done(browser, "cancel");
      }
    }
    const view = await browser.view();
    expect(view.person?.signedOutAt).toBeGreaterThan(stack.clock.now());
    signOut();
    expect((await browser.view()).person).toBeNull();
    expect(await refused(browser, "start", { channel: "sms", contact: PHONE })).toBe("signed_out");
  });

  test("that fails refuses, and says nothing of itself", async () => {
    const stack = createStack({
      bff: {
        account: async () => {
          throw new Error("database password is hunter2");
        },
      },
    });
    const { status, problem } = await stack.browser().call("session");
    expect({ status, code: problem?.code }).toEqual({ status: 503, code: "service_unavailable" });
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });
});
