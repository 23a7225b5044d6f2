import { expect, test } from "vitest";
import {
  confirmed,
  done,
  ledgerCount,
  OTHER_PHONE,
  PHONE,
  pendingIn,
  refused,
  started,
  wrongCode,
} from "../journeys/errands.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { type Browser, createStack, type Stack, START, TENANT } from "../journeys/stack.ts";
import { createSharedStore } from "../journeys/shared-store.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";

const EARLIER = Buffer.alloc(32, 7).toString("base64");
const NEW = Buffer.alloc(32, 8).toString("base64");

/** What is set on a node before, and in the three steps that the README has. */
const BEFORE = { MFA_SECRET_KEY: EARLIER };
const READABLE = { MFA_SECRET_KEY: EARLIER, MFA_SECRET_KEY_OTHER: NEW, MFA_ID_KEY: EARLIER };
const SWAPPED = { MFA_SECRET_KEY: NEW, MFA_SECRET_KEY_OTHER: EARLIER, MFA_ID_KEY: EARLIER };
const AFTER = { MFA_SECRET_KEY: NEW, MFA_ID_KEY: EARLIER };

/** Opens nodes with settings of their own over one store and one tenant. */
function house() {
  const clock = createManualClock(START);
  const store = createSharedStore(clock);
  let tenant: Stack["simulator"]["fetch"] | null = null;
  const node = (env: Record<string, string>) =>
    createStack({
      clock,
      store,
      env,
      upstream: (own) => {
        tenant ??= own;
        return createFetchUpstream(TENANT, tenant);
      },
    });
  return { first: node(BEFORE), node };
}

/** The same browser, as a load balancer sends it to another node. */
function movedTo(stack: Stack, browser: Browser): Browser {
  return stack.browser(browser.jar);
}

const CHANGES = [
  ["before and the first step", BEFORE, READABLE],
  ["the first step and the second", READABLE, SWAPPED],
  ["the second step and the third", SWAPPED, AFTER],
] as const;

test.each(CHANGES)(
  "while nodes stand at %s, somebody whose requests go to both enrolls, with one budget and one recovery code",
  async (_, from, to) => {
    const { first, node } = house();
    const here = node(to);
    const a = node(from).browser();
    await a.signInByPassword("robin@example.com");
    const b = movedTo(here, a);
    const { enrollmentId } = await started(a);
    expect(pendingIn(await b.view())).toMatchObject({ enrollmentId, sendsLeft: 3, attemptsLeft: 5 });
    // The same number from the other node is the same wish: its message is on its way.
    await started(b);
    expect(ledgerCount(first, "send")).toBe(1);
    expect(await refused(b, "confirm", { enrollmentId, code: wrongCode(first) })).toBe("wrong_code");
    expect(pendingIn(await a.view()).attemptsLeft).toBe(4);
    await first.clock.advance(30_000);
    const again = pendingIn(await done(a, "resend", { enrollmentId }));
    expect(again.sendsLeft).toBe(2);
    const { recoveryCode } = first.simulator.people.find("robin@example.com") ?? {};
    expect((await confirmed(first, b, again)).flow).toMatchObject({ step: "recovery_code", state: "to_save" });
    for (const browser of [a, b])
      expect(await done(browser, "recoveryCode")).toEqual({ recoveryCodes: [recoveryCode?.code] });
    expect((await done(a, "acknowledge")).flow).toEqual({ step: "idle" });
    // A method that one node has listed is known by its handle to the other.
    const handle = (await a.view()).authenticators?.items[0]?.id;
    expect((await b.view()).authenticators?.items[0]?.id).toBe(handle);
  },
);

test("somebody who is in the middle while keys are exchanged goes on, and what they have spent stays spent", async () => {
  const { first, node } = house();
  const browser = first.browser();
  await browser.signInByPassword("robin@example.com");
  const { enrollmentId } = await started(browser);
  const swapped = node(SWAPPED);
  for (const [spent, stack] of [node(READABLE), swapped, swapped].entries()) {
    const next = movedTo(stack, browser);
    expect(pendingIn(await next.view())).toMatchObject({ enrollmentId, attemptsLeft: 5 - spent, sendsLeft: 3 });
    expect(await done(next, "contact")).toEqual({ channel: "sms", contact: PHONE });
    expect(await refused(next, "confirm", { enrollmentId, code: wrongCode(first) })).toBe("wrong_code");
  }
  // In another browser the account is the same one, and it has had a text already.
  const other = swapped.browser();
  await other.signInByPassword("robin@example.com");
  expect((await started(other, { channel: "sms", contact: OTHER_PHONE })).sendsLeft).toBe(3);
  expect((await started(other, { channel: "voice", contact: PHONE })).sendsLeft).toBe(2);
});

test("a recovery code that nobody had saved before keys were exchanged is there afterwards", async () => {
  const { first, node } = house();
  const browser = first.browser();
  await browser.signInByPassword("robin@example.com");
  await confirmed(first, browser, await started(browser));
  const { recoveryCode } = first.simulator.people.find("robin@example.com") ?? {};
  const next = movedTo(node(SWAPPED), browser);
  expect(await done(next, "recoveryCode")).toEqual({ recoveryCodes: [recoveryCode?.code] });
});

test("a node that seals with a key which another cannot open yet is what the first step is there for", async () => {
  const { first, node } = house();
  const browser = first.browser();
  await browser.signInByPassword("robin@example.com");
  const swapped = movedTo(node(SWAPPED), browser);
  await started(swapped);
  expect((await browser.view()).flow).toEqual({ step: "idle" });
});
