import { expect, test } from "vitest";
import type { RouteName } from "../contract/routes.ts";
import { challengeIn, MAILBOX, OTHER_PHONE, PHONE, pendingIn, visitBy, wrongCode } from "../journeys/errands.ts";
import type { Outcome } from "../journeys/stack.ts";

type Recorded = { name: RouteName; body: unknown; key: string; jar: ReadonlyMap<string, string> };

/** Somebody signed in whose every change is kept as it was sent, key and cookie included. */
async function recordedVisit(username: string) {
  const visit = await visitBy(username);
  const requests: Recorded[] = [];
  return {
    ...visit,
    requests,
    ask<Name extends RouteName>(name: Name, body: unknown = {}): Promise<Outcome<Name>> {
      const key = crypto.randomUUID();
      requests.push({ name, body, key, jar: new Map(visit.browser.jar) });
      return visit.browser.call(name, body, { key });
    },
  };
}

test("a request of an enrollment that is over has no effect ever again, from the same browser or with a copied cookie", async () => {
  const { stack, browser, ask, requests } = await recordedVisit("robin@example.com");
  const { answer } = await ask("start", { channel: "sms", contact: OTHER_PHONE });
  const { enrollmentId } = pendingIn(answer);
  await ask("confirm", { enrollmentId, code: wrongCode(stack) });
  await stack.clock.advance(31_000);
  await ask("resend", { enrollmentId });
  await ask("cancel", { enrollmentId });
  const second = pendingIn((await ask("start", { channel: "sms", contact: PHONE })).answer);
  await ask("confirm", { enrollmentId: second.enrollmentId, code: stack.code(PHONE) });
  await browser.call("recoveryCode");
  await ask("acknowledge");
  const third = pendingIn((await ask("start", { channel: "email", contact: MAILBOX })).answer);
  const { answer: after } = await ask("confirm", { enrollmentId: third.enrollmentId, code: stack.code(MAILBOX) });
  await ask("remove", {
    authenticatorId: after?.authenticators?.items.find(({ channels }) => channels[0] === "sms")?.id,
  });
  await ask("endOtherSessions");
  expect(requests).toHaveLength(11);
  await expectNoEffect({ stack, browser, requests });
});

test("a request of a proof that was given has no effect ever again", async () => {
  const { stack, browser, view, ask, requests } = await recordedVisit("kim@example.com");
  const authenticatorId = view.authenticators?.items[0]?.id;
  const { answer } = await ask("challenge", { with: "authenticator", authenticatorId });
  await ask("verify", { challengeId: challengeIn(answer), code: stack.code() });
  expect((await browser.view()).can.remove).toBe("yes");
  await expectNoEffect({ stack, browser, requests });
});

async function expectNoEffect({
  stack,
  browser,
  requests,
}: Pick<Awaited<ReturnType<typeof recordedVisit>>, "stack" | "browser" | "requests">) {
  await stack.clock.advance(1);
  const did = stack.simulator.ledger.list();
  const view = await browser.view();
  const thief = stack.browser();
  for (const { name, body, key, jar } of requests) {
    for (const [name, value] of jar) thief.jar.set(name, value);
    for (let time = 0; time < 10; time += 1) {
      await browser.call(name, body, { key });
      await thief.call(name, body, { key });
    }
  }
  await stack.clock.advance(1);
  expect(stack.simulator.ledger.list()).toEqual(did);
  const { authenticators, flow, draft } = await browser.view();
  expect({ authenticators, flow, draft }).toEqual({
    authenticators: view.authenticators,
    flow: view.flow,
    draft: view.draft,
  });
}
