import { describe, expect, test } from "vitest";
import { CLIENT_HEADER, IDEMPOTENCY_HEADER } from "../contract/routes.ts";
import {
  confirmed,
  done,
  enrolled,
  ledgerCount,
  PHONE,
  proven,
  refused,
  started,
  visitBy,
} from "../journeys/errands.ts";
import { type Browser, createStack, PAGE } from "../journeys/stack.ts";
import type { Limiter } from "./limiter.ts";

/** Starts an enrollment with headers of one's own, and returns the code of its refusal. */
async function startWith(browser: Browser, contact: string, headers: Record<string, string>): Promise<unknown> {
  const own = {
    origin: PAGE,
    "sec-fetch-site": "same-origin",
    [CLIENT_HEADER]: "1",
    "content-type": "application/json",
  };
  const init = { method: "POST", body: JSON.stringify({ channel: "sms", contact }) };
  const all = { ...own, [IDEMPOTENCY_HEADER]: crypto.randomUUID(), ...headers };
  const response = await browser.fetch(new Request(`${PAGE}/api/mfa/enrollment`, { ...init, headers: all }));
  const answer: unknown = await response.json();
  return typeof answer === "object" && answer !== null && "code" in answer ? answer.code : response.status;
}

const ALL_WAYS = [
  "x-forwarded-for",
  "forwarded",
  "x-real-ip",
  "x-client-ip",
  "client-ip",
  "true-client-ip",
  "x_forwarded_for",
].concat(
  [
    "cf-connecting-ip",
    "x-cluster-client-ip",
    "x-forwarded",
    "forwarded-for",
    "x-original-forwarded-for",
    "via",
    "x-remote-ip",
  ],
  [
    "fastly-client-ip",
    "x-azure-clientip",
    "x-envoy-external-address",
    "auth0-forwarded-for",
    "x-forwarded-host",
    "x-remote-addr",
  ],
  ["x-originating-ip", "x-host", "x-proxyuser-ip", "wl-proxy-client-ip"],
);

describe("somebody who claims to come from elsewhere", () => {
  test(`is counted by the address they have, in each of ${ALL_WAYS.length} spellings`, async () => {
    expect(ALL_WAYS).toHaveLength(24);
    const stack = createStack({ peer: "203.0.113.9", env: { MFA_SENDS_PER_IP_HOUR: "1" } });
    const first = stack.browser();
    await first.signInByPassword("robin@example.com");
    expect(await startWith(first, PHONE, {})).toBe(200);
    const other = stack.browser();
    await other.signInByPassword("robin@example.com");
    for (const [index, name] of ALL_WAYS.entries()) {
      const value = name === "forwarded" ? "for=198.51.100.7" : `198.51.100.${index}`;
      expect(await startWith(other, "+12125550147", { [name]: value }), name).toBe("too_many_messages");
    }
  });

  test("is believed where a proxy that the operator has named says so", async () => {
    const env = { MFA_SENDS_PER_IP_HOUR: "1", MFA_TRUSTED_PROXIES: "203.0.113.0/24" };
    const stack = createStack({ peer: "203.0.113.9", env });
    const browser = stack.browser();
    await browser.signInByPassword("robin@example.com");
    expect(await startWith(browser, PHONE, { "x-forwarded-for": "192.0.2.1, 198.51.100.1" })).toBe(200);
    expect(await startWith(browser, "+12125550147", { "x-forwarded-for": "192.0.2.2, 198.51.100.1" })).toBe(
      "too_many_messages",
    );
    expect(await startWith(browser, "+12125550147", { "x-forwarded-for": "198.51.100.2" })).toBe(200);
  });
});

describe("while the limiter does not answer", () => {
  /** Answers until it is switched off. */
  function switched(inner: Limiter) {
    const at = { isOff: false };
    const limiter: Limiter = {
      take: (asked) => (at.isOff ? Promise.reject(new Error("It is away.")) : inner.take(asked)),
      giveBack: (key, limit, given) =>
        at.isOff ? Promise.reject(new Error("It is away.")) : inner.giveBack(key, limit, given),
    };
    return { at, limiter };
  }
  const endless: Limiter = {
    take: async (asked) => ({ counts: asked.map(() => 1), refused: null }),
    giveBack: async () => {},
  };

  test("nothing is sent, a code that came before can be entered, and what is there can be read", async () => {
    const { at, limiter } = switched(endless);
    const { stack, browser } = await visitBy("robin@example.com", { bff: { limiter } });
    const pending = await started(browser);
    await stack.clock.advance(30_000);
    at.isOff = true;
    const { enrollmentId } = pending;
    expect(await refused(browser, "resend", { enrollmentId })).toBe("service_unavailable");
    expect(await refused(browser, "start", { channel: "email", contact: "a@example.net" })).toBe("service_unavailable");
    expect(ledgerCount(stack, "send")).toBe(1);
    expect((await browser.view()).flow.step).toBe("code");
    expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
  });

  test("neither a password nor a proof by message is asked for, and each works under the same key once it is back", async () => {
    const { at, limiter } = switched(endless);
    const { stack, browser, view } = await visitBy("kim@example.com", { bff: { limiter } });
    const method = view.proof?.by === "challenge" ? view.proof.methods[0]?.id : undefined;
    const body = { with: "authenticator", authenticatorId: method, channel: "sms" };
    const key = "one-intent-of-somebody";
    at.isOff = true;
    expect((await browser.call("challenge", body, { key })).problem?.code).toBe("service_unavailable");
    const wrong = { way: "password", username: "kim@example.com", password: "x" };
    expect((await stack.browser().call("signIn", wrong)).problem?.code).toBe("service_unavailable");
    expect(ledgerCount(stack, "send")).toBe(0);
    expect(ledgerCount(stack, "signInRefused")).toBe(0);
    at.isOff = false;
    expect((await browser.call("challenge", body, { key })).answer?.flow.step).toBe("proof");
  });
});

test("a refusal over all accounts keeps what was typed, costs the account nothing and says when and by which channel", async () => {
  const { stack, browser } = await visitBy("robin@example.com", { env: { MFA_SENDS_PER_DAY: "1" } });
  await enrolled(stack, browser);
  await browser.signInByPassword("robin@example.com");
  const { problem } = await browser.call("challenge", {
    with: "authenticator",
    authenticatorId: (await browser.view()).authenticators?.items[0]?.id,
  });
  expect(problem).toMatchObject({ code: "too_many_messages", channel: "sms", retryAt: stack.clock.now() + 86_400_000 });
  await stack.clock.advance(86_400_000);
  const back = stack.browser();
  await back.signInByPassword("robin@example.com");
  await proven(stack, back);
  await done(back, "signOut");
  expect(ledgerCount(stack, "send")).toBe(2);
});
