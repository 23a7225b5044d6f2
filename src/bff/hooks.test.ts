import { expect, test } from "vitest";
import { started } from "../journeys/errands.ts";
import { createStack, type StackOptions, START } from "../journeys/stack.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import { createMemoryLimiter } from "./limiter.ts";
import { createMemoryStore, type Store } from "./store.ts";

const WAYS = [
  [
    "throws",
    () => {
      throw new TypeError("a fault of the host's");
    },
  ],
  ["rejects", () => Promise.reject(new TypeError("a fault of the host's"))],
] as const;

/** What a host hands in, each with a back end in which it fails for as long as it is told to. */
const HOOKS: Record<string, (call: <R>(well: () => R) => R) => StackOptions> = {
  log: (call) => ({ bff: { log: () => void call(() => null) } }),
  observe: (call) => ({ bff: { observe: () => void call(() => null) } }),
  notify: (call) => ({ bff: { notify: () => call(async () => {}) } }),
  upstream: (call) => ({
    upstream: (fetch) => {
      const upstream = createFetchUpstream("https://tenant.test/", fetch);
      return (request) => call(() => upstream(request));
    },
  }),
  limiter: (call) => {
    const limiter = createMemoryLimiter({ now: () => START });
    return { bff: { limiter: { ...limiter, take: (...asked) => call(() => limiter.take(...asked)) } } };
  },
  store: (call) => {
    const memory = createMemoryStore({ now: () => START });
    const store: Store = {
      read: (id) => call(() => memory.read(id)),
      write: (...asked) => call(() => memory.write(...asked)),
      remove: (id) => call(() => memory.remove(id)),
    };
    return { store };
  },
};

const CASES = Object.keys(HOOKS).flatMap((hook) => WAYS.map(([how]) => [hook, how] as const));

test.each(CASES)(
  "where what a host hands in as %s %s, each request is answered, and the next one is served",
  async (hook, how) => {
    let fails = false;
    const failing = Object.fromEntries(WAYS)[how];
    const call = <R>(well: () => R): R => {
      if (!fails) return well();
      const failed = failing?.();
      // A log or an observer is not waited for, so what it promises is its own.
      if (failed instanceof Promise && (hook === "log" || hook === "observe")) failed.catch(() => null);
      return failed as R;
    };
    const stack = createStack(HOOKS[hook]?.(call));
    const robin = stack.browser();
    await robin.signInByPassword("robin@example.com");
    fails = true;
    const sessions = await robin.call("session");
    const start = await robin.call("start", { channel: "sms", contact: "+12025550147" });
    const signIn = await stack
      .browser()
      .call("signIn", { way: "password", username: "kim@example.com", password: "a" });
    // Whatever it is, it is of the contract: the browser of these tests reads nothing else.
    for (const { status } of [sessions, start, signIn]) expect([200, 422, 503, 504]).toContain(status);
    expect(JSON.stringify([sessions, start, signIn])).not.toContain("a fault of the host's");
    fails = false;
    await robin.view();
    await stack.clock.advance(60_000);
    const after = stack.browser();
    await after.signInByPassword("robin@example.com");
    await started(after, { channel: "sms", contact: "+12025550148" });
  },
);
