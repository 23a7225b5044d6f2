import { expect, test } from "vitest";
import { confirmed, done, ledgerCount, OTHER_PHONE, refused, started } from "../journeys/errands.ts";
import { createStack, TENANT } from "../journeys/stack.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";

const SIGN_IN = { way: "password", username: "kim@example.com", password: "Enroll-Demo-1" };

/** A back end that takes two requests at once, with a tenant whose answers can be held back. */
function narrowStack() {
  let open = () => {};
  let gate: Promise<void> | null = null;
  const stack = createStack({
    env: { MFA_MOST_REQUESTS: "2" },
    upstream: (fetch) => {
      const upstream = createFetchUpstream(TENANT, fetch);
      return async (request) => {
        await gate;
        return upstream(request);
      };
    },
  });
  return {
    stack,
    /** Holds back what is asked of the tenant from now on. */
    hold() {
      const before = open;
      gate = new Promise((resolve) => {
        open = () => {
          before();
          resolve();
        };
      });
    },
    /** Lets through what is asked from now on; what is held stays held. */
    letPass: () => void (gate = null),
    release: () => {
      gate = null;
      open();
    },
  };
}

test("a node with all it can do in work refuses what begins something at once, and lets people finish and see their recovery code", async () => {
  const { stack, hold, letPass, release } = narrowStack();
  const robin = stack.browser();
  await robin.signInByPassword("robin@example.com");
  const pending = await started(robin);
  hold();
  const held = [stack.browser().call("signIn", SIGN_IN), stack.browser().call("signIn", SIGN_IN)];
  letPass();

  const third = await stack.browser().call("signIn", SIGN_IN);
  expect(third).toMatchObject({ status: 503, problem: { code: "service_unavailable" } });
  expect(stack.log.at(-1)).toMatchObject({ route: "signIn", status: 503, code: "busy" });
  expect(await refused(robin, "start", { channel: "sms", contact: OTHER_PHONE })).toBe("service_unavailable");
  expect(ledgerCount(stack, "send")).toBe(1);

  expect((await robin.view()).flow).toMatchObject({ step: "code", enrollment: { attemptsLeft: 5, sendsLeft: 3 } });
  expect((await confirmed(stack, robin, pending)).flow.step).toBe("recovery_code");
  expect((await done(robin, "recoveryCode")).recoveryCodes).toHaveLength(1);
  expect((await done(robin, "acknowledge")).flow.step).toBe("idle");

  release();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await stack.browser().signInByPassword("kim@example.com")).person).not.toBeNull();
});

test("a node with twice that in work refuses everything at once, says when to ask again, and goes on when it can", async () => {
  const { stack, hold, release } = narrowStack();
  const robin = stack.browser();
  await robin.signInByPassword("robin@example.com");
  // The list is old enough to be read again with each look.
  await stack.clock.advance(31_000);
  hold();
  const held = [robin.call("session"), robin.call("session"), robin.call("session"), robin.call("session")];
  const headers = { "x-mfa-enroll": "1", "sec-fetch-site": "same-origin" };
  const fifth = await robin.fetch(new Request("https://account.test/api/mfa/session", { headers }));
  expect([fifth.status, fifth.headers.get("retry-after"), fifth.headers.get("set-cookie")]).toEqual([503, "5", null]);
  release();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await robin.view()).person).not.toBeNull();
});

test("bodies that never come take up no room of those that do", async () => {
  const { stack } = narrowStack();
  const headers: Record<string, string> = {
    host: "account.test",
    origin: "https://account.test",
    "sec-fetch-site": "same-origin",
    "x-mfa-enroll": "1",
    "content-type": "application/json",
  };
  for (let count = 0; count < 20; count += 1) {
    void stack.exchange({
      method: "POST",
      path: "/api/mfa/sign-out",
      search: "",
      values: (name) => (headers[name] === undefined ? [] : [headers[name]]),
      peer: null,
      body: () => new Promise(() => {}),
      request: () => new Request("https://account.test"),
    });
  }
  expect((await stack.browser().call("signIn", SIGN_IN)).answer).toMatchObject({ outcome: "signed_in" });
});
