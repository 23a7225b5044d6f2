import { afterEach, beforeEach, expect, test } from "vitest";
import {
  challengeIn,
  done,
  ledgerCount,
  OTHER_PHONE,
  pendingIn,
  PHONE,
  refused,
  wrongCode,
} from "../journeys/errands.ts";
import { type Browser, createStack, type Stack, START as START_AT, TENANT } from "../journeys/stack.ts";
import { createVirtualTime } from "../journeys/virtual-time.ts";
import { createSharedStore } from "../journeys/shared-store.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import type { Store } from "./store.ts";

/*
 * A node that stands still once the tenant has answered it, for longer than its change holds the account, and then goes on as if
 * nothing had been: a machine that was paused, or cut off from the store. Meanwhile the person goes on at another node.
 */

const SECOND = 1_000;
const START = { channel: "sms", contact: PHONE } as const;

let clock = createVirtualTime(START_AT);
let giveBack = () => {};

beforeEach(() => {
  clock = createVirtualTime(START_AT);
  giveBack = clock.install();
});
afterEach(() => giveBack());

/** Where the first node stands still: once the tenant has answered a path, or the store has taken its next write of one kind. */
type Place = { answerOf: string } | { written: "secret" | "account" };

/** Opens two nodes over one store and one tenant, with one person's browser at each; the first can be made to stand still. */
async function house(username: string, { env = {} }: { env?: Readonly<Record<string, string>> } = {}) {
  const shared = createSharedStore(clock);
  let place: Place | null = null;
  let still: Promise<void> | null = null;
  let thaw = () => {};
  const standStill = () => {
    place = null;
    still = new Promise((resolve) => {
      thaw = () => {
        still = null;
        resolve();
      };
    });
  };
  const store: Store = {
    async read(id) {
      await still;
      return shared.read(id);
    },
    async write(id, text, how) {
      await still;
      const isWritten = await shared.write(id, text, how);
      if (place && "written" in place && id.startsWith(`${place.written}:`)) standStill();
      await still;
      return isWritten;
    },
    async remove(id) {
      await still;
      return shared.remove(id);
    },
  };
  let tenant: Stack["simulator"]["fetch"] | null = null;
  const node = (over: Store, heard: (path: string) => void) =>
    createStack({
      clock,
      env,
      store: over,
      upstream: (own) => {
        tenant ??= own;
        const ask = createFetchUpstream(TENANT, tenant);
        return async (request) => {
          const answer = await ask(request);
          heard(request.path);
          return answer;
        };
      },
    });
  const stack = node(store, (path) => {
    if (place && "answerOf" in place && place.answerOf === path) standStill();
  });
  const slow = stack.browser();
  await slow.signInByPassword(username);
  const other = node(shared, () => {}).browser();
  for (const [name, value] of slow.jar) other.jar.set(name, value);
  return {
    stack,
    other,
    /** Sends something to the first node, which stands still from that place on, for half a minute and until it is told to go on. */
    async standingStill(at: Place, name: Parameters<Browser["call"]>[0], body: unknown) {
      place = at;
      const answer = slow.call(name, body);
      await clock.advance(31 * SECOND);
      return async () => {
        thaw();
        await clock.advance(SECOND);
        return answer;
      };
    },
  };
}

const SENT = { answerOf: "/mfa/associate" };

test("a message that another node has sent since is not forgotten for the late one, nor are its wrong codes", async () => {
  const { stack, other, standingStill } = await house("robin@example.com");
  const goOn = await standingStill(SENT, "start", START);
  const { enrollmentId, status } = pendingIn(await other.view());
  expect(status).toBe("send_lost");
  await done(other, "resend", { enrollmentId });
  const code = stack.code();
  expect(await refused(other, "confirm", { enrollmentId, code: wrongCode(stack) })).toBe("wrong_code");
  expect((await goOn()).status).toBe(200);
  expect(pendingIn(await other.view())).toMatchObject({ enrollmentId, status: "code_sent", attemptsLeft: 4 });
  expect((await done(other, "confirm", { enrollmentId, code })).flow.step).toBe("recovery_code");
  expect(ledgerCount(stack, "send")).toBe(2);
});

test.each(["before", "after"])(
  "the recovery code that only the late answer held is kept, where it comes %s another message's code is confirmed",
  async (when) => {
    const { stack, other, standingStill } = await house("robin@example.com");
    const goOn = await standingStill(SENT, "start", START);
    const { enrollmentId } = pendingIn(await other.view());
    await done(other, "resend", { enrollmentId });
    const code = stack.code();
    if (when === "before") await goOn();
    const { flow } = await done(other, "confirm", { enrollmentId, code });
    if (when === "after") {
      expect(flow).toMatchObject({ step: "recovery_code", state: "lost" });
      await goOn();
    }
    expect((await other.view()).flow).toMatchObject({ step: "recovery_code", state: "to_save" });
    const live = stack.simulator.people.find("robin@example.com")?.recoveryCode?.code;
    expect(await done(other, "recoveryCode")).toEqual({ recoveryCodes: [live] });
  },
);

test("the recovery code that only the late answer held is kept where another number has been confirmed since", async () => {
  const { stack, other, standingStill } = await house("robin@example.com");
  const goOn = await standingStill(SENT, "start", START);
  const { enrollmentId } = pendingIn(await done(other, "start", { channel: "sms", contact: OTHER_PHONE }));
  await done(other, "confirm", { enrollmentId, code: stack.code(OTHER_PHONE) });
  await goOn();
  expect((await other.view()).flow).toMatchObject({ step: "recovery_code", state: "to_save" });
});

test("the recovery code that only the late answer held is kept where nobody could read that there is one", async () => {
  const { stack, other, standingStill } = await house("robin@example.com");
  const goOn = await standingStill(SENT, "start", START);
  const route = "GET /mfa/authenticators";
  stack.simulator.faults.add({ route, phase: "before", action: { type: "status", status: 503 } });
  const { enrollmentId } = pendingIn(await other.view());
  await done(other, "resend", { enrollmentId });
  await done(other, "confirm", { enrollmentId, code: stack.code() });
  await goOn();
  expect((await other.view()).flow).toMatchObject({ step: "recovery_code", state: "to_save" });
});

test.each(["before", "after"])(
  "the recovery code of the late answer is not shown once there is a new one, where it comes %s that is saved",
  async (when) => {
    const env = {
      AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
      AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
    };
    const { stack, other, standingStill } = await house("robin@example.com", { env });
    const goOn = await standingStill(SENT, "start", START);
    const { enrollmentId } = pendingIn(await other.view());
    await done(other, "resend", { enrollmentId });
    await done(other, "confirm", { enrollmentId, code: stack.code() });
    await done(other, "renewRecoveryCode");
    if (when === "before") await goOn();
    const live = stack.simulator.people.find("robin@example.com")?.recoveryCode?.code;
    expect(await done(other, "recoveryCode")).toEqual({ recoveryCodes: [live] });
    await done(other, "acknowledge");
    if (when === "after") await goOn();
    expect((await other.view()).flow).toEqual({ step: "idle" });
  },
);

test("a node that stood still before it asked the tenant asks no more", async () => {
  const { stack, other, standingStill } = await house("robin@example.com");
  const goOn = await standingStill({ written: "account" }, "start", START);
  const { enrollmentId } = pendingIn(await other.view());
  await done(other, "resend", { enrollmentId });
  await goOn();
  expect(ledgerCount(stack, "associate")).toBe(1);
  expect((await done(other, "confirm", { enrollmentId, code: stack.code() })).flow.step).toBe("recovery_code");
});

test("what the page was told nothing of is not begun any more, however long the node stood still", async () => {
  const { stack, other, standingStill } = await house("robin@example.com");
  // What was typed is kept before anything is counted.
  const goOn = await standingStill({ written: "secret" }, "start", START);
  expect((await other.view()).flow.step).toBe("idle");
  await goOn();
  expect((await other.view()).flow.step).toBe("idle");
  expect(ledgerCount(stack, "associate")).toBe(0);
});

test("a proof that another node has opened since is not put back to the late one", async () => {
  const { stack, other, standingStill } = await house("kim@example.com");
  const { proof } = await other.view();
  const method = proof?.by === "challenge" ? proof.methods[0] : undefined;
  const asked = { with: "authenticator", authenticatorId: method?.id };
  const goOn = await standingStill({ answerOf: "/mfa/challenge" }, "challenge", asked);
  const challengeId = challengeIn(await done(other, "challenge", asked));
  const code = stack.code();
  await goOn();
  expect((await done(other, "verify", { challengeId, code })).can.add).toBe("yes");
});
