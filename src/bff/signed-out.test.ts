import { expect, test } from "vitest";
import { type RouteName, routes } from "../contract/routes.ts";
import { visitBy } from "../journeys/errands.ts";
import { createStack, PAGE } from "../journeys/stack.ts";

/** What somebody who is not signed in may ask: who they are, to sign in, and to be signed out. */
const OPEN: readonly RouteName[] = ["session", "signIn", "signOut"];
const CLOSED = (Object.keys(routes) as RouteName[]).filter((name) => !OPEN.includes(name));

const BODIES: Partial<Record<RouteName, unknown>> = {
  start: { channel: "sms", contact: "+12025550147" },
  resend: { enrollmentId: "a" },
  confirm: { enrollmentId: "a", code: "123456" },
  remove: { authenticatorId: "a" },
  challenge: { with: "recovery_code" },
  verify: { challengeId: "a", code: "123456" },
};

test.each(CLOSED)("%s answers 401 to a script, and never leads to a sign-in page", async (name) => {
  const stack = createStack();
  const { method, path } = routes[name];
  const headers = {
    "x-mfa-enroll": "1",
    origin: PAGE,
    "content-type": "application/json",
    "idempotency-key": "k".repeat(20),
  };
  const body = method === "POST" ? { body: JSON.stringify(BODIES[name] ?? {}) } : {};
  const answer = await stack.bff(new Request(`${PAGE}/api/mfa${path}`, { method, headers, ...body }));
  expect(answer.status).toBe(401);
  expect(answer.headers.get("location")).toBeNull();
  expect(await answer.json()).toMatchObject({ code: "signed_out" });
  expect(stack.simulator.ledger.list()).toEqual([]);
});

test("the session's answer to nobody names nobody, and to somebody names them by a mask and no token", async () => {
  const nobody = await createStack().browser().view();
  expect(nobody).toMatchObject({
    person: null,
    authenticators: null,
    draft: null,
    proof: null,
    flow: { step: "idle" },
  });
  const { stack, browser } = await visitBy("kim@example.com");
  const text = JSON.stringify(await browser.view());
  const known = stack.simulator.people.find("kim@example.com");
  const secrets = [known?.subject, known?.email, known?.authenticators[0]?.contact, known?.recoveryCode?.code];
  for (const secret of [...secrets, ...stack.simulator.minted().map(({ value }) => value)]) {
    expect(secret?.length).toBeGreaterThan(5);
    expect(text).not.toContain(secret);
  }
});
