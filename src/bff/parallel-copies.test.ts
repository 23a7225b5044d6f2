import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RouteName } from "../contract/routes.ts";
import { done, ledgerCount, OTHER_PHONE, PHONE, pendingIn, started, wrongCode } from "../journeys/errands.ts";
import { type Browser, createStack, type Outcome, type Stack, START as START_AT, TENANT } from "../journeys/stack.ts";
import { createVirtualTime } from "../journeys/virtual-time.ts";
import { createSharedStore } from "../journeys/shared-store.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";

/*
 * A thousand requests that arrive together: copies of one intent, on one node or two, and wishes that a thousand tabs have at
 * once. The calls are counted where they reach the tenant.
 */

// A thousand requests take seconds where other tests share the machine.
vi.setConfig({ testTimeout: 60_000 });

const MANY = 1000;
/** Enough to be far above every budget; each of these keeps what was typed, which a thousand copies do only once. */
const SOME = 90;
const START = { channel: "sms", contact: PHONE } as const;
const KEY = "one-intent-of-somebody";
const TEXT = "POST /mfa/associate";
const LIST = "GET /mfa/authenticators";
const CODE = "POST /oauth/token";

// A node that waits for another looks again by the clock, which therefore moves on when nothing else is left to happen.
let clock = createVirtualTime(START_AT);
let giveBack = () => {};

beforeEach(() => {
  clock = createVirtualTime(START_AT);
  giveBack = clock.install();
});

afterEach(() => giveBack());

type House = { stack: Stack; nodes: Browser[]; calls: string[] };

/** Opens nodes over one store and one tenant, with one person's browser at each: the same cookie, as behind a load balancer. */
async function house(count: 1 | 2, env: Record<string, string> = {}): Promise<House> {
  const store = createSharedStore(clock);
  const calls: string[] = [];
  let tenant: Stack["simulator"]["fetch"] | null = null;
  const upstream = (own: Stack["simulator"]["fetch"]) => {
    // The second node speaks to the first one's tenant.
    tenant ??= own;
    const shared = tenant;
    return createFetchUpstream(TENANT, (request) => {
      calls.push(`${request.method} ${new URL(request.url).pathname}`);
      return shared(request);
    });
  };
  const stack = createStack({ clock, store, upstream, env });
  const browser = stack.browser();
  await browser.signInByPassword("robin@example.com");
  const nodes = [browser];
  if (count === 2) {
    const other = createStack({ clock, store, upstream, env }).browser();
    for (const [name, value] of browser.jar) other.jar.set(name, value);
    nodes.push(other);
  }
  calls.length = 0;
  return { stack, nodes, calls };
}

/** Sends requests all at once, to the nodes in turn, and lets time go on until each has its answer. */
async function together<Name extends RouteName>(
  { nodes }: House,
  name: Name,
  request: (index: number) => { body: unknown; key: string },
  howMany = MANY,
): Promise<Outcome<Name>[]> {
  const sent = Array.from({ length: howMany }, (_, index) => {
    const { body, key } = request(index);
    const node = nodes[index % nodes.length];
    if (!node) throw new Error("There is no node.");
    return node.call(name, body, { key });
  });
  await clock.advance(5_000);
  return Promise.all(sent);
}

const count = (list: readonly string[], wanted: string) => list.filter((entry) => entry === wanted).length;

/** Counts the outcomes by their meaning: a status, or the code of a refusal. */
function tally(outcomes: readonly Outcome<RouteName>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, problem } of outcomes) {
    const meaning = problem?.code ?? String(status);
    counts[meaning] = (counts[meaning] ?? 0) + 1;
  }
  return counts;
}

/**
 * The distinct answers among the outcomes. An answer's own are the id by which a refusal is found in the log, and the instant at
 * which a view was true: the node that waits for the other one answers a moment later.
 */
function distinct(outcomes: readonly Outcome<RouteName>[]): unknown[] {
  const texts = outcomes.map(({ status, answer, problem }) =>
    JSON.stringify({ status, answer: { ...answer, now: 0 }, problem: problem && { ...problem, correlationId: "" } }),
  );
  return [...new Set(texts)].map((text): unknown => JSON.parse(text));
}

describe.each([
  ["one node", 1],
  ["two nodes that share a store", 2],
] as const)("a thousand copies of one request, at %s,", (_, nodeCount) => {
  test("are one text where they start an enrollment, and all get the same answer", async () => {
    const at = await house(nodeCount);
    const outcomes = await together(at, "start", () => ({ body: START, key: KEY }));
    expect(distinct(outcomes)).toMatchObject([{ status: 200, answer: { flow: { step: "code" } } }]);
    expect(count(at.calls, TEXT)).toBe(1);
    expect(ledgerCount(at.stack, "associate")).toBe(1);
    expect(ledgerCount(at.stack, "send")).toBe(1);
  });

  test("are one call to the tenant where they hand in the code, and all get the same answer", async () => {
    const at = await house(nodeCount);
    const { enrollmentId } = await begun(at);
    const body = { enrollmentId, code: at.stack.code() };
    const outcomes = await together(at, "confirm", () => ({ body, key: KEY }));
    expect(distinct(outcomes)).toMatchObject([
      { status: 200, answer: { flow: { step: "recovery_code", state: "to_save" } } },
    ]);
    expect(count(at.calls, CODE)).toBe(1);
    expect(ledgerCount(at.stack, "confirm")).toBe(1);
  });

  test("cost one try where the code is wrong, and all get the same refusal", async () => {
    const at = await house(nodeCount);
    const { enrollmentId } = await begun(at);
    const body = { enrollmentId, code: wrongCode(at.stack) };
    const outcomes = await together(at, "confirm", () => ({ body, key: KEY }));
    expect(distinct(outcomes)).toMatchObject([{ status: 422, problem: { code: "wrong_code", attemptsLeft: 4 } }]);
    expect(count(at.calls, CODE)).toBe(1);
    expect(ledgerCount(at.stack, "codeRefused")).toBe(1);
    expect(pendingIn(await at.nodes[0]?.view()).attemptsLeft).toBe(4);
  });
});

describe("copies that come later", () => {
  test("get the same answer from a node that was started since, and the tenant hears nothing", async () => {
    const at = await house(1);
    const { enrollmentId } = await begun(at);
    const body = { enrollmentId, code: at.stack.code() };
    const before = await together(at, "confirm", () => ({ body, key: KEY }));
    at.stack.restart();
    at.calls.length = 0;
    const after = await together(at, "confirm", () => ({ body, key: KEY }));
    expect(tally(after)).toEqual({ 200: MANY });
    expect(distinct(after)).toMatchObject([{ answer: { flow: before[0]?.answer?.flow } }]);
    expect(at.calls.filter((call) => call.startsWith("POST"))).toEqual([]);
  });

  test("with another body are refused as that, however many there are", async () => {
    const at = await house(2);
    const first = await together(at, "start", (index) => ({
      body: index % 2 === 0 ? START : { ...START, contact: OTHER_PHONE },
      key: KEY,
    }));
    // Whichever number was first is the one that the key stands for.
    expect(tally(first)).toEqual({ 200: MANY / 2, idempotency_key_reused: MANY / 2 });
    expect(first.filter(({ problem }) => problem && problem.status !== 422)).toEqual([]);
    expect(ledgerCount(at.stack, "send")).toBe(1);
  });
});

describe("tabs that want the same at once, at two nodes, a thousand of them,", () => {
  const key = (index: number) => `the-key-of-tab-number-${index}`;

  test("enter the right code, and the tenant hears one of them: all learn that it worked, from this answer or the next reading", async () => {
    const at = await house(2);
    const { enrollmentId } = await begun(at);
    const body = { enrollmentId, code: at.stack.code() };
    const outcomes = await together(at, "confirm", (index) => ({ body, key: key(index) }));
    const told = { 200: 0, signed_out: 0, ...tally(outcomes) };
    // The id changes with what was earned: what is still on its way under the earlier one is told to read anew.
    expect(told[200] + told.signed_out).toBe(MANY);
    expect(told[200]).toBeGreaterThan(0);
    const flows = await Promise.all(at.nodes.map(async (node) => (await node.view()).flow));
    expect(flows).toContainEqual(expect.objectContaining({ step: "recovery_code", state: "to_save" }));
    expect(count(at.calls, CODE)).toBe(1);
    expect(ledgerCount(at.stack, "confirm")).toBe(1);
  });

  test("enter a wrong code, and the five tries of a message are spent one by one and never overspent", async () => {
    const at = await house(2);
    const { enrollmentId } = await begun(at);
    const body = { enrollmentId, code: wrongCode(at.stack) };
    const outcomes = await together(at, "confirm", (index) => ({ body, key: key(index) }));
    expect(tally(outcomes)).toEqual({ wrong_code: 5, too_many_codes: MANY - 5 });
    const left = outcomes.flatMap(({ problem }) => (problem?.code === "wrong_code" ? [problem.attemptsLeft] : []));
    expect(new Set(left)).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(count(at.calls, CODE)).toBe(5);
    expect(ledgerCount(at.stack, "codeRefused")).toBe(5);
  });

  test("start with the same number, which is one intent and one text", async () => {
    const at = await house(2);
    const outcomes = await together(at, "start", (index) => ({ body: START, key: key(index) }));
    expect(tally(outcomes)).toEqual({ 200: MANY });
    expect(count(at.calls, TEXT)).toBe(1);
    expect(ledgerCount(at.stack, "send")).toBe(1);
  });

  test("or ninety, start with a number each, and an account's five messages of an hour are never overspent", async () => {
    const at = await house(2);
    // The reserved numbers, without those that the tenant refuses.
    const body = (index: number) => ({ ...START, contact: `+12025550${100 + index}` });
    const outcomes = await together(at, "start", (index) => ({ body: body(index), key: key(index) }), SOME);
    expect(tally(outcomes)).toEqual({ 200: 5, too_many_messages: SOME - 5 });
    expect(count(at.calls, TEXT)).toBe(5);
    expect(ledgerCount(at.stack, "send")).toBe(5);
  });

  test.each([
    ["their password", "signInByPassword"],
    ["the tenant's page", "signInByRedirect"],
  ] as const)(
    "ninety of somebody who came by %s, start with a number each, and those that are refused cost the tenant nothing",
    async (_, signIn) => {
      const at = await house(1);
      await at.nodes[0]?.[signIn]("robin@example.com");
      at.calls.length = 0;
      const body = (index: number) => ({ ...START, contact: `+12025550${100 + index}` });
      const outcomes = await together(at, "start", (index) => ({ body: body(index), key: key(index) }), SOME);
      expect(tally(outcomes)).toEqual({ 200: 5, too_many_messages: SOME - 5 });
      expect(count(at.calls, TEXT)).toBe(5);
      // One before each text, so that a lost answer could be settled, and one before each sweep of what is left of them.
      expect(count(at.calls, LIST)).toBeLessThanOrEqual(10);
    },
  );

  test("start with another number while the last message is on its way, and it is sent where that one is not", async () => {
    const at = await house(2, { MFA_SENDS_PER_HOUR: "1" });
    const { faults } = at.stack.simulator;
    faults.add({ route: TEXT, nth: 1, phase: "before", action: { type: "delay", milliseconds: 3_000 } });
    faults.add({ route: TEXT, nth: 1, phase: "before", action: { type: "status", status: 429, body: "{}" } });
    const first = at.nodes[0]?.call("start", START, { key: key(1) });
    await clock.advance(100);
    const second = at.nodes[1]?.call("start", { ...START, contact: OTHER_PHONE }, { key: key(2) });
    await clock.advance(5_000);
    expect((await first)?.problem?.code).toBe("rate_limited");
    expect((await second)?.status).toBe(200);
  });

  test("ask for another text, and one is sent: the others are told when the next may be", async () => {
    const at = await house(2);
    const { enrollmentId } = await begun(at);
    await clock.advance(30_000);
    const outcomes = await together(at, "resend", (index) => ({ body: { enrollmentId }, key: key(index) }));
    expect(tally(outcomes)).toEqual({ 200: 1, resend_too_soon: MANY - 1 });
    expect(count(at.calls, TEXT)).toBe(1);
    expect(ledgerCount(at.stack, "send")).toBe(2);
  });
});

/** Starts an enrollment and forgets the calls that took. */
async function begun({ nodes, calls }: House) {
  const [browser] = nodes;
  if (!browser) throw new Error("There is no node.");
  const pending = await started(browser);
  calls.length = 0;
  return pending;
}

test("a thousand copies of a cancel leave nothing to cancel, and none is refused", async () => {
  const at = await house(2);
  const { enrollmentId } = await begun(at);
  const outcomes = await together(at, "cancel", () => ({ body: { enrollmentId }, key: KEY }));
  expect(tally(outcomes)).toEqual({ 200: MANY });
  const [browser] = at.nodes;
  expect(browser && (await done(browser, "session")).flow).toEqual({ step: "idle" });
});
