import { describe, expect, test } from "vitest";
import { challengeIn, confirmed, done, PHONE, refused, started, visitBy } from "../journeys/errands.ts";
import { createSharedStore } from "../journeys/shared-store.ts";
import { type Browser, createStack, type Stack } from "../journeys/stack.ts";
import { createCore } from "./create-core.ts";
import { hashOf, newId } from "./sealing.ts";
import { newSession } from "./session-record.ts";
import { endEarlier } from "./session-turn.ts";
import { changeSession, openVisit, readSession } from "./sessions.ts";

/** Copies what a browser sends now, as somebody who has seen its cookie could. */
function copyOf(browser: Browser, stack: Stack): Browser {
  const copy = stack.browser();
  for (const [name, value] of browser.jar) copy.jar.set(name, value);
  return copy;
}

const idOf = (browser: Browser) => [...browser.jar.values()][0] ?? "";

describe("the session id", () => {
  test("is another one after signing in, after adding a method, after a proof and after removing one", async () => {
    const stack = createStack();
    const browser = stack.browser();
    const ids: string[] = [];
    await browser.signInByRedirect("robin@example.com");
    ids.push(idOf(browser));
    await confirmed(stack, browser, await started(browser));
    ids.push(idOf(browser));
    await done(browser, "recoveryCode");
    await done(browser, "acknowledge");
    await browser.signInByPassword("robin@example.com");
    ids.push(idOf(browser));
    const [method] = (await browser.view()).authenticators?.items ?? [];
    const view = await done(browser, "challenge", {
      with: "authenticator",
      authenticatorId: method?.id,
      channel: "sms",
    });
    await done(browser, "verify", { challengeId: challengeIn(view), code: stack.code() });
    ids.push(idOf(browser));
    const [known] = (await browser.view()).authenticators?.items ?? [];
    await done(browser, "remove", { authenticatorId: known?.id });
    ids.push(idOf(browser));
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id).toMatch(/^[\w-]{43}$/);
  });

  test("stays what it was through readings, refusals and messages", async () => {
    const { browser } = await visitBy("robin@example.com");
    const before = idOf(browser);
    await started(browser);
    await browser.view();
    expect(idOf(browser)).toBe(before);
  });

  test("changes once for two hundred copies of one request", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const body = { enrollmentId, code: stack.code() };
    const key = "the-same-intent-each-time";
    const copies = Array.from({ length: 200 }, () => copyOf(browser, stack));
    const outcomes = await Promise.all(copies.map((copy) => copy.call("confirm", body, { key })));
    expect(outcomes.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(copies.map(idOf)).size).toBe(1);
  });
});

describe("an earlier session id", () => {
  /** Somebody adds a method, and the answer with the new id is lost on its way. */
  async function answerLost() {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const asked = { body: { enrollmentId, code: stack.code() }, key: "the-key-of-this-intent" };
    const there = copyOf(browser, stack);
    await there.call("confirm", asked.body, { key: asked.key });
    return { stack, browser, there, asked };
  }

  test("repeats the request whose answer was lost, and goes on under the new one", async () => {
    const { browser, there, asked } = await answerLost();
    const again = await browser.call("confirm", asked.body, { key: asked.key });
    expect(again.answer?.flow).toMatchObject({ step: "recovery_code", state: "to_save" });
    expect(idOf(browser)).toBe(idOf(there));
    expect((await done(browser, "recoveryCode")).recoveryCodes).toHaveLength(1);
  });

  test("shows a page that was loaded anew where it is, with what it was worth before: the code asks for a proof", async () => {
    const { browser, there } = await answerLost();
    const view = await browser.view();
    expect(view.flow).toMatchObject({ step: "recovery_code", needsProof: true });
    expect(view.can).toEqual({ list: "after_proof", add: "after_proof", remove: "after_proof" });
    expect(idOf(browser)).not.toBe(idOf(there));
    expect(await refused(browser, "recoveryCode")).toBe("proof_needed");
    expect((await done(there, "recoveryCode")).recoveryCodes).toHaveLength(1);
  });

  test("does nothing else with the key of the request that was repeated", async () => {
    const { stack, browser, asked } = await answerLost();
    const thief = copyOf(browser, stack);
    const code = "000000";
    for (const [name, body] of [
      ["start", { channel: "sms", contact: PHONE }],
      ["confirm", { ...asked.body, code }],
      ["endOtherSessions", {}],
    ] as const) {
      expect((await thief.call(name, body, { key: asked.key })).problem?.code).toBe("signed_out");
    }
    expect(idOf(thief)).toBe(idOf(browser));
  });

  test("is handed no new one by the request that is repeated once the new one has been used", async () => {
    const { stack, browser, there, asked } = await answerLost();
    await there.view();
    const thief = copyOf(browser, stack);
    await thief.call("confirm", asked.body, { key: asked.key });
    expect(idOf(thief)).toBe(idOf(browser));
    expect(await refused(thief, "recoveryCode")).toBe("signed_out");
  });

  test("changes and reveals nothing, however soon", async () => {
    const { stack, browser } = await answerLost();
    const send = async (name: "recoveryCode" | "start" | "endOtherSessions", body?: unknown) =>
      refused(copyOf(browser, stack), name, body);
    expect(await send("recoveryCode")).toBe("signed_out");
    expect(await send("start", { channel: "sms", contact: PHONE })).toBe("signed_out");
    expect(await send("endOtherSessions")).toBe("signed_out");
    expect(stack.simulator.ledger.list("send")).toHaveLength(1);
  });

  test("is over as soon as the new one has been used, and its answer takes no cookie away", async () => {
    const { stack, browser, there } = await answerLost();
    await there.view();
    const thief = copyOf(browser, stack);
    expect((await thief.view()).person).toBeNull();
    expect(idOf(thief)).toBe(idOf(browser));
    expect((await there.view()).person).not.toBeNull();
  });

  test("is over after two minutes", async () => {
    const { stack, browser } = await answerLost();
    await stack.clock.advance(120_000);
    expect((await browser.view()).person).toBeNull();
  });

  test("opens nothing once the visit was signed out of", async () => {
    const { stack, browser, there, asked } = await answerLost();
    const thief = copyOf(browser, stack);
    await done(there, "signOut");
    expect((await thief.view()).person).toBeNull();
    expect((await thief.call("confirm", asked.body, { key: asked.key })).problem?.code).toBe("signed_out");
  });

  test("ends the visit by signing out, whatever is still under way for it", async () => {
    const { stack, browser } = await visitBy("robin@example.com");
    const { enrollmentId } = await started(browser);
    const [confirm, leave] = [copyOf(browser, stack), copyOf(browser, stack)];
    await Promise.all([confirm.call("confirm", { enrollmentId, code: stack.code() }), done(leave, "signOut")]);
    expect((await confirm.view()).person).toBeNull();
    expect((await copyOf(browser, stack).view()).person).toBeNull();
  });

  test("can be signed out of, which ends the visit", async () => {
    const { stack, browser, there } = await answerLost();
    const earlier = copyOf(browser, stack);
    await done(earlier, "signOut");
    expect((await there.view()).person).toBeNull();
    expect((await browser.view()).person).toBeNull();
  });
});

describe("a visit that another node has moved to a new id", () => {
  /** A visit whose later record is not there yet, and what has it. */
  async function moved(used: boolean) {
    const { settings, clock } = createStack();
    const upstream = () => Promise.reject(new Error("Nothing is asked of the tenant here."));
    const options = { settings, clock, upstream, notify: null, regenerateRecoveryCode: null };
    const core = createCore({ ...options, store: createSharedStore(clock) });
    const { visit } = await openVisit(core, newSession(clock.now()));
    const turn = { cookie: newId(), request: "a request", at: clock.now(), used };
    await core.sessions.update(visit.id, (session) => ({
      record: { ...(session ?? newSession(clock.now())), moved: turn },
      result: null,
    }));
    return { core, id: visit.id };
  }

  test("goes on there, also where that node has not come to write it down", async () => {
    const { core, id } = await moved(false);
    await changeSession(core, id, (session) => ({ ...session, draft: { channel: "otp" } }));
    expect(await readSession(core, id)).toMatchObject({ draft: { channel: "otp" }, moved: null, from: id });
  });

  test("is not made anew once it was used and has ended", async () => {
    const { core, id } = await moved(true);
    await expect(changeSession(core, id, (session) => session)).rejects.toThrow("signed_out");
    expect(await readSession(core, id)).toBeNull();
  });

  test("is not made anew by what is still under way once it was signed out of there", async () => {
    const { core, id } = await moved(false);
    const { moved: turn } = (await core.sessions.read(id)) ?? {};
    await endEarlier(core, hashOf(turn?.cookie ?? ""));
    await expect(changeSession(core, id, (session) => session)).rejects.toThrow("signed_out");
    expect(await readSession(core, id)).toBeNull();
  });
});
