import { describe, expect, test } from "vitest";
import {
  confirmed,
  done,
  enrolled,
  ledgerCount,
  MAILBOX,
  OTHER_PHONE,
  PHONE,
  proven,
  refused,
  started,
  visitBy,
  wrongCode,
} from "../journeys/errands.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { type Browser, createStack, PAGE, type Stack, type StackOptions, START, TENANT } from "../journeys/stack.ts";
import { createSharedStore } from "../journeys/shared-store.ts";
import type { FaultRule } from "../simulator/faults.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import type { Notice, Notify } from "./notices.ts";
import { createMemoryStore } from "./store.ts";

const MINUTE = 60_000;
const DELETE = "DELETE /mfa/authenticators/:id";
const EXCHANGE = "POST /oauth/token mfa-oob";

/** A carrier that can be broken. `given` is every attempt, `taken` what it accepted. */
function createCarrier() {
  const given: Notice[] = [];
  const taken: Notice[] = [];
  const carrier = { given, taken, isDown: false };
  const notify: Notify = async (notice) => {
    given.push(notice);
    if (carrier.isDown) throw new Error("The mail server is down.");
    taken.push(notice);
  };
  return { ...carrier, notify, fail: (isDown: boolean) => void (carrier.isDown = isDown) };
}

/** What the tenant was asked and has not answered yet, which may be nobody's request: leftovers are cleared away behind it. */
const asked = new Set<Promise<unknown>>();

/** Opens a back end with one browser, signed in, whose calls to the tenant can be waited for. */
function visit(username: string, options: StackOptions) {
  const upstream: StackOptions["upstream"] = (fetch) => {
    const send = createFetchUpstream(TENANT, fetch);
    return async (request) => {
      const answer = send(request);
      asked.add(answer);
      return answer.finally(() => asked.delete(answer));
    };
  };
  return visitBy(username, { upstream, ...options });
}

async function visitWithNotices(username = "robin@example.com", options: StackOptions = {}) {
  const carrier = createCarrier();
  const made = await visit(username, { ...options, bff: { notify: carrier.notify } });
  return { ...made, carrier };
}

/** Lets what nobody waits for happen. The tenant's answers come when they come: it checks signatures beside the event loop. */
async function settled({ clock }: Stack): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await clock.advance(1);
    if (asked.size > 0) turn = 0;
    await Promise.allSettled(asked);
  }
}

async function removedFirst(browser: Browser): Promise<void> {
  const { authenticators } = await browser.view();
  await done(browser, "remove", { authenticatorId: authenticators?.items[0]?.id });
}

describe("the owner of an account is told", () => {
  test("of a method that was added: once, masked, at the address that was known before, and where to object", async () => {
    const { stack, browser, carrier } = await visitWithNotices();
    await confirmed(stack, browser, await started(browser));
    await settled(stack);
    expect(carrier.given).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{43}-added$/),
        type: "added",
        channels: ["sms"],
        contact: "+1\u00a0••••\u00a047",
        at: START,
        to: ["robin@example.com"],
        notYouUrl: PAGE,
      },
    ]);
    await browser.view();
    await stack.clock.advance(24 * 60 * MINUTE);
    expect(carrier.given).toHaveLength(1);
  });

  test("of a method that was removed: one notice for the number, text and call together", async () => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    await proven(stack, browser);
    await removedFirst(browser);
    await settled(stack);
    expect(carrier.taken).toMatchObject([
      { type: "removed", channels: ["sms", "voice"], contact: "••••\u00a00123", to: ["kim@example.com"] },
    ]);
  });

  test("of both where one method replaces another", async () => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    const { authenticators } = await proven(stack, browser);
    const replaces = authenticators?.items[0]?.id ?? "";
    await confirmed(stack, browser, await started(browser, { channel: "sms", contact: PHONE, replaces }), PHONE);
    await settled(stack);
    expect(ledgerCount(stack, "delete")).toBe(1);
    expect(carrier.taken.map(({ type, contact }) => [type, contact])).toEqual([
      ["added", "+1\u00a0••••\u00a047"],
      ["removed", "••••\u00a00123"],
    ]);
  });

  test("once of a removal that somebody in between claimed to have done, and that was asked for again", async () => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    const { authenticators } = await proven(stack, browser);
    const authenticatorId = authenticators?.items[0]?.id;
    stack.simulator.faults.add({ route: DELETE, nth: 1, phase: "before", action: { type: "garbage" } });
    expect(await refused(browser, "remove", { authenticatorId })).toBe("outcome_unclear");
    await settled(stack);
    expect(carrier.taken).toEqual([]);
    expect((await done(browser, "remove", { authenticatorId })).authenticators?.items).toEqual([]);
    await settled(stack);
    expect(carrier.taken.map(({ type }) => type)).toEqual(["removed"]);
  });

  test("once of a method that two others were to replace, the first of which could not", async () => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    const { authenticators } = await proven(stack, browser);
    const replaces = authenticators?.items[0]?.id ?? "";
    const action = { type: "status", status: 429, body: "{}" } as const;
    stack.simulator.faults.add({ route: DELETE, nth: 1, phase: "before", action });
    const both = await confirmed(
      stack,
      browser,
      await started(browser, { channel: "sms", contact: PHONE, replaces }),
      PHONE,
    );
    // The old one is still there, and a page can see that.
    expect(both.authenticators?.items.map(({ id }) => id)).toContain(replaces);
    await confirmed(
      stack,
      browser,
      await started(browser, { channel: "sms", contact: OTHER_PHONE, replaces }),
      OTHER_PHONE,
    );
    await settled(stack);
    expect(carrier.taken.map(({ type }) => type).toSorted()).toEqual(["added", "added", "removed"]);
  });

  test("at the account's own address and not at the new one, by either way in", async () => {
    const { stack, browser, carrier } = await visitWithNotices();
    await browser.signInByRedirect("robin@example.com");
    await confirmed(stack, browser, await started(browser, { channel: "email", contact: MAILBOX }));
    await settled(stack);
    expect(carrier.taken).toMatchObject([{ channels: ["email"], to: ["robin@example.com"] }]);
    expect(JSON.stringify(carrier.given)).not.toContain(MAILBOX);
  });

  test("nothing of what did not happen: a wrong code, a message alone, a method that was gone already", async () => {
    const { stack, browser, carrier } = await visitWithNotices();
    const { enrollmentId } = await started(browser);
    await refused(browser, "confirm", { enrollmentId, code: wrongCode(stack) });
    await enrolled(stack, browser, { channel: "sms", contact: OTHER_PHONE });
    await settled(stack);
    const { authenticators } = await browser.view();
    const robin = stack.simulator.people.find("robin@example.com");
    if (robin) robin.authenticators = [];
    await done(browser, "remove", { authenticatorId: authenticators?.items[0]?.id });
    await settled(stack);
    expect(carrier.given.map(({ type }) => type)).toEqual(["added"]);
  });

  test("nowhere, where no address is known: the change is done all the same", async () => {
    // Neither may a name that would be two addresses in a mail.
    const people = [{ subject: "auth0|noa", name: "Noa", email: "noa@example.com,eve@example.net" }];
    const { stack, browser, carrier } = await visitWithNotices("noa@example.com,eve@example.net", {
      people,
      tenant: { policy: "always" },
    });
    expect((await confirmed(stack, browser, await started(browser))).authenticators?.items).toHaveLength(1);
    await settled(stack);
    expect(carrier.given).toEqual([]);
  });

  test("where the settings say, if they name another address to object at", async () => {
    const notYouUrl = "https://help.example.com/account";
    const { stack, browser, carrier } = await visitWithNotices("robin@example.com", {
      env: { MFA_NOT_YOU_URL: notYouUrl },
    });
    await confirmed(stack, browser, await started(browser));
    await settled(stack);
    expect(carrier.taken).toMatchObject([{ notYouUrl }]);
  });
});

describe("where an answer of the tenant's is lost", () => {
  const lost: Omit<FaultRule, "route"> = { nth: 1, phase: "afterCommit", action: { type: "reset" } };

  test("the owner is told of the method that was added all the same, once", async () => {
    const { stack, browser, carrier } = await visitWithNotices();
    const { enrollmentId } = await started(browser);
    stack.simulator.faults.add({ route: EXCHANGE, ...lost });
    await browser.call("confirm", { enrollmentId, code: stack.code() });
    await browser.view();
    await settled(stack);
    expect(ledgerCount(stack, "confirm")).toBe(1);
    expect(carrier.taken.map(({ type }) => type)).toEqual(["added"]);
  });

  test("and the list cannot be read, the owner is told of the removal once it can", async () => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    const { authenticators } = await proven(stack, browser);
    const authenticatorId = authenticators?.items[0]?.id;
    stack.simulator.faults.add({ route: DELETE, ...lost });
    stack.simulator.faults.add({
      route: "GET /mfa/authenticators",
      phase: "before",
      action: { type: "status", status: 503 },
    });
    expect(await refused(browser, "remove", { authenticatorId })).toBe("outcome_unclear");
    await settled(stack);
    expect(carrier.given).toEqual([]);
    stack.simulator.faults.clear();
    expect((await browser.view()).authenticators?.items).toEqual([]);
    await settled(stack);
    expect(carrier.taken.map(({ type }) => type)).toEqual(["removed"]);
  });

  test("only afterwards, when the list is read, the owner is told at once: the tenant's word is enough", async () => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    const { authenticators } = await proven(stack, browser);
    const action = { type: "status", status: 503 } as const;
    stack.simulator.faults.add({ route: "GET /mfa/authenticators", phase: "before", action });
    await done(browser, "remove", { authenticatorId: authenticators?.items[0]?.id });
    await settled(stack);
    expect(carrier.taken.map(({ type }) => type)).toEqual(["removed"]);
  });

  test("before anything was done, the owner is told nothing, and later of the removal that was", async () => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    const { authenticators } = await proven(stack, browser);
    const authenticatorId = authenticators?.items[0]?.id;
    stack.simulator.faults.add({ route: DELETE, ...lost, phase: "before" });
    await browser.call("remove", { authenticatorId });
    await settled(stack);
    expect(carrier.given).toEqual([]);
    await done(browser, "remove", { authenticatorId });
    await settled(stack);
    expect(carrier.taken.map(({ type }) => type)).toEqual(["removed"]);
  });

  test("the replaced method goes all the same while the credential lives, and the owner is told of both", async () => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    const { authenticators } = await proven(stack, browser);
    const replaces = authenticators?.items[0]?.id ?? "";
    const { enrollmentId } = await started(browser, { channel: "sms", contact: PHONE, replaces });
    stack.simulator.faults.add({ route: EXCHANGE, ...lost });
    const view = await done(browser, "confirm", { enrollmentId, code: stack.code(PHONE) });
    expect(view.authenticators?.items).toMatchObject([{ contact: "••••\u00a00147" }]);
    await settled(stack);
    expect(carrier.taken.map(({ type }) => type).toSorted()).toEqual(["added", "removed"]);
  });
});

test.each([
  ["by the call itself", [2]],
  ["at the next look", [1, 3]],
])(
  "a method that was replaced %s is not listed any more, though the list cannot be read after it",
  async (_, unread) => {
    const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
    const { authenticators } = await proven(stack, browser);
    const replaces = authenticators?.items[0]?.id ?? "";
    const { enrollmentId } = await started(browser, { channel: "sms", contact: PHONE, replaces });
    const action = { type: "status", status: 503 } as const;
    stack.simulator.faults.add({ route: EXCHANGE, nth: 1, phase: "afterCommit", action: { type: "reset" } });
    for (const nth of unread)
      stack.simulator.faults.add({ route: "GET /mfa/authenticators", nth, phase: "before", action });
    const told = await done(browser, "confirm", { enrollmentId, code: stack.code(PHONE) });
    // What the first reading has shown is known, whatever becomes of the second.
    expect(told.flow.step).toBe(unread.length === 1 ? "idle" : "code");
    const view = told.flow.step === "code" ? await browser.view() : told;
    expect(view.authenticators?.items).toMatchObject([{ contact: "••••\u00a00147" }]);
    await settled(stack);
    expect(carrier.taken.map(({ type }) => type).toSorted()).toEqual(["added", "removed"]);
  },
);

test("giving up a replacement whose code was taken after all finishes it, and the owner is told of both", async () => {
  const { stack, browser, carrier } = await visitWithNotices("kim@example.com");
  const { authenticators } = await proven(stack, browser);
  const replaces = authenticators?.items[0]?.id ?? "";
  const { enrollmentId } = await started(browser, { channel: "sms", contact: PHONE, replaces });
  const unreadable = {
    route: "GET /mfa/authenticators",
    phase: "before",
    action: { type: "status", status: 503 },
  } as const;
  stack.simulator.faults.add({ route: EXCHANGE, nth: 1, phase: "afterCommit", action: { type: "reset" } });
  stack.simulator.faults.add(unreadable);
  await browser.call("confirm", { enrollmentId, code: stack.code(PHONE) });
  stack.simulator.faults.clear();
  expect((await done(browser, "cancel", { enrollmentId })).authenticators?.items).toMatchObject([
    { contact: "••••\u00a00147" },
  ]);
  await settled(stack);
  expect(carrier.taken.map(({ type }) => type).toSorted()).toEqual(["added", "removed"]);
});

describe("a notice that cannot be delivered", () => {
  test("is tried again and again, ever more slowly, under one id, until it is taken", async () => {
    const { stack, browser, carrier } = await visitWithNotices();
    carrier.fail(true);
    await confirmed(stack, browser, await started(browser));
    await settled(stack);
    expect(carrier.given).toHaveLength(1);
    await stack.clock.advance(15_000);
    expect(carrier.given).toHaveLength(2);
    await stack.clock.advance(30_000);
    expect(carrier.given).toHaveLength(3);
    await stack.clock.advance(24 * 60 * MINUTE);
    expect(carrier.given.length).toBeGreaterThan(24);
    expect(carrier.given.length).toBeLessThan(40);
    carrier.fail(false);
    await stack.clock.advance(60 * MINUTE);
    await stack.clock.advance(24 * 60 * MINUTE);
    expect(carrier.taken).toHaveLength(1);
    expect(new Set(carrier.given.map(({ id }) => id)).size).toBe(1);
  });

  test("is told in the account for as long as it has failed and is not delivered, and not before it has failed", async () => {
    let answer = (_isTaken: boolean) => {};
    const notify: Notify = () =>
      new Promise((resolve, reject) => {
        answer = (isTaken) => (isTaken ? resolve() : reject(new Error("The mail server is down.")));
      });
    const { stack, browser } = await visit("robin@example.com", { bff: { notify } });
    expect((await confirmed(stack, browser, await started(browser))).noticesDelayed).toBe(false);
    await settled(stack);
    expect((await browser.view()).noticesDelayed).toBe(false);
    answer(false);
    await settled(stack);
    expect((await browser.view()).noticesDelayed).toBe(true);
    expect((await stack.browser().view()).noticesDelayed).toBe(false);
    await stack.clock.advance(15_000);
    answer(true);
    await settled(stack);
    expect((await browser.view()).noticesDelayed).toBe(false);
  });

  test("is tried again where nobody answers at all", async () => {
    const attempts: string[] = [];
    const notify: Notify = ({ id }) => {
      attempts.push(id);
      return new Promise(() => {});
    };
    const { stack, browser } = await visit("robin@example.com", { bff: { notify } });
    await confirmed(stack, browser, await started(browser));
    await stack.clock.advance(2 * MINUTE);
    expect(attempts).toHaveLength(2);
  });

  test("does not keep the person waiting", async () => {
    const notify: Notify = () => new Promise(() => {});
    const { stack, browser } = await visit("robin@example.com", { bff: { notify } });
    // The time stands still: an answer that waited for the notice would never come.
    expect((await confirmed(stack, browser, await started(browser))).flow.step).toBe("recovery_code");
  });

  test("outlives the node: another one finds it and delivers it, though nobody comes back", async () => {
    const clock = createManualClock(START);
    const store = createSharedStore(clock);
    const { stack, browser } = await visit("robin@example.com", {
      clock,
      store,
      // A node that ends before the mail server has answered.
      bff: { notify: () => new Promise(() => {}), clock: { now: clock.now, wait: () => new Promise(() => {}) } },
    });
    await confirmed(stack, browser, await started(browser));
    await settled(stack);
    const carrier = createCarrier();
    createStack({ clock, store, bff: { notify: carrier.notify } });
    await settled(stack);
    // What another node may just be trying is left to it for two minutes.
    expect(carrier.given).toEqual([]);
    await clock.advance(3 * MINUTE);
    expect(carrier.taken.map(({ type }) => type)).toEqual(["added"]);
    createStack({ clock, store, bff: { notify: carrier.notify } });
    await clock.advance(60 * MINUTE);
    expect(carrier.given).toHaveLength(1);
  });

  test("is delivered once, though two nodes serve the account", async () => {
    const clock = createManualClock(START);
    const store = createSharedStore(clock);
    const carrier = createCarrier();
    const { stack, browser } = await visit("robin@example.com", { clock, store, bff: { notify: carrier.notify } });
    const there = createStack({ clock, store, bff: { notify: carrier.notify } });
    carrier.fail(true);
    await confirmed(stack, browser, await started(browser));
    const elsewhere = there.browser();
    for (const [name, value] of browser.jar) elsewhere.jar.set(name, value);
    carrier.fail(false);
    for (let look = 0; look < 20; look += 1) {
      await clock.advance(5_000);
      await Promise.all([browser.view(), elsewhere.view()]);
    }
    expect(carrier.taken).toHaveLength(1);
  });
});

test("where nobody is to be told, nothing is kept for it", async () => {
  const store = createMemoryStore(createManualClock(START));
  const ids: string[] = [];
  const write: typeof store.write = (id, ...rest) => {
    ids.push(id);
    return store.write(id, ...rest);
  };
  const { stack, browser } = await visit("robin@example.com", { store: { ...store, write } });
  await confirmed(stack, browser, await started(browser));
  await settled(stack);
  expect(ids.some((id) => id.startsWith("account:"))).toBe(true);
  expect(ids.filter((id) => id.startsWith("notices:"))).toEqual([]);
});
