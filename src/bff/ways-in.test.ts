import { describe, expect, test } from "vitest";
import type { SessionView } from "../contract/session-view.ts";
import { challengeIn, confirmed, done, enrolled, PHONE, proven, started } from "../journeys/errands.ts";
import { type Browser, createStack, type Stack } from "../journeys/stack.ts";

const PEOPLE = {
  "nobody enrolled": "robin@example.com",
  "only an address": "sasha@example.com",
  "a phone": "kim@example.com",
} as const;

type Cell = {
  way: "password" | "redirect";
  policy: "never" | "always";
  has: keyof typeof PEOPLE;
  can: SessionView["can"];
  proof: NonNullable<SessionView["proof"]>["by"] | null;
  methods: number;
};

const all = { list: "yes", add: "yes", remove: "yes" } as const;
const addOnly = { list: "yes", add: "yes", remove: "after_proof" } as const;
const afterProof = { list: "yes", add: "after_proof", remove: "after_proof" } as const;

/** The whole matrix: way in, tenant's policy, what the person has; then what they may do, and how they prove more. */
const CELLS: Cell[] = [
  { way: "password", policy: "never", has: "nobody enrolled", can: all, proof: null, methods: 0 },
  { way: "password", policy: "never", has: "only an address", can: all, proof: null, methods: 1 },
  { way: "password", policy: "never", has: "a phone", can: afterProof, proof: "challenge", methods: 1 },
  { way: "password", policy: "always", has: "nobody enrolled", can: addOnly, proof: "password", methods: 0 },
  { way: "password", policy: "always", has: "only an address", can: addOnly, proof: "challenge", methods: 1 },
  { way: "password", policy: "always", has: "a phone", can: afterProof, proof: "challenge", methods: 1 },
  { way: "redirect", policy: "never", has: "nobody enrolled", can: all, proof: null, methods: 0 },
  { way: "redirect", policy: "never", has: "only an address", can: all, proof: null, methods: 1 },
  { way: "redirect", policy: "never", has: "a phone", can: all, proof: null, methods: 1 },
  // The tenant's own page enrolls a phone before anybody comes back.
  { way: "redirect", policy: "always", has: "nobody enrolled", can: all, proof: null, methods: 1 },
  { way: "redirect", policy: "always", has: "only an address", can: all, proof: null, methods: 2 },
  { way: "redirect", policy: "always", has: "a phone", can: all, proof: null, methods: 1 },
];

function signIn(browser: Browser, { way, has }: Pick<Cell, "way" | "has">): Promise<SessionView> {
  const username = PEOPLE[has];
  return way === "password"
    ? browser.signInByPassword(username)
    : browser.signInByRedirect(username, { enroll: "+12025550155" });
}

async function proveWhereDue(stack: Stack, browser: Browser, view: SessionView): Promise<void> {
  if (view.can.add === "after_proof") await proven(stack, browser);
}

describe.each(CELLS)(
  "someone who comes by $way to a tenant that asks for a second factor $policy, with $has",
  (cell) => {
    const { policy, can, proof, methods } = cell;

    test("is told what they may do and how they prove more", async () => {
      const stack = createStack({ tenant: { policy } });
      const view = await signIn(stack.browser(), cell);
      expect(view.person?.name).not.toContain("example.com");
      expect(view.can).toEqual(can);
      expect(view.proof?.by ?? null).toBe(proof);
      expect(view.authenticators?.items).toHaveLength(methods);
      expect(view.flow).toEqual({ step: "idle" });
      expect(view.signIn.problem).toBeNull();
    });

    test("ends up with a new method, and then with a second one", async () => {
      const stack = createStack({ tenant: { policy } });
      const browser = stack.browser();
      await proveWhereDue(stack, browser, await signIn(browser, cell));
      const first = await enrolled(stack, browser);
      expect(first.authenticators?.items).toHaveLength(methods + 1);
      expect(first.can).toEqual(all);
      expect(first.flow).toEqual({ step: "idle" });
      const second = await enrolled(stack, browser, { channel: "email", contact: "second@example.org" });
      expect(second.authenticators?.items).toHaveLength(methods + 2);
      expect(stack.simulator.ledger.list("confirm").length).toBeGreaterThanOrEqual(2);
      // `User is already enrolled.` is how the tenant would have said that a proof was missing.
      expect(stack.log.map(({ code }) => code).filter((code) => code !== null && code !== "left")).toEqual([]);
    });
  },
);

test("someone with a phone who starts without a proof keeps what they typed, proves it, and starts again", async () => {
  const stack = createStack();
  const browser = stack.browser();
  await browser.signInByPassword("kim@example.com");
  const { problem } = await browser.call("start", { channel: "sms", contact: PHONE });
  expect(problem?.code).toBe("proof_needed");
  expect(stack.simulator.ledger.list("associate")).toEqual([]);
  expect((await browser.view()).draft).toMatchObject({ channel: "sms", contact: expect.stringContaining("47") });
  const view = await proven(stack, browser);
  expect(view).toMatchObject({ can: all, proof: null, flow: { step: "idle" }, draft: { channel: "sms" } });
  expect(await done(browser, "contact")).toEqual({ channel: "sms", contact: PHONE });
  const pending = await started(browser);
  expect((await browser.view()).draft).toBeNull();
  expect((await confirmed(stack, browser, pending)).authenticators?.items).toHaveLength(2);
});

test("someone who enrolled on another device meanwhile is asked for a proof, not told that they are enrolled already", async () => {
  // The list is still young enough not to be read again, so only the tenant's refusal can tell.
  const stack = createStack({ tenant: { policy: "always" } });
  const one = stack.browser();
  await one.signInByPassword("robin@example.com");
  const robin = stack.simulator.people.find("robin@example.com");
  const kim = stack.simulator.people.find("kim@example.com");
  robin?.authenticators.push(...(kim?.authenticators ?? []));
  const { problem } = await one.call("start", { channel: "sms", contact: PHONE });
  expect(problem?.code).toBe("proof_needed");
  const view = await one.view();
  expect(view.proof).toMatchObject({ by: "challenge", methods: [{ channels: ["sms", "voice"] }] });
  expect(view.draft).toMatchObject({ channel: "sms" });
  expect(view.can.add).toBe("after_proof");
  expect(stack.simulator.ledger.list("send")).toEqual([]);
});

test("someone with nothing whose tenant insists enrolls at the tenant's own page before they come back", async () => {
  const stack = createStack({ tenant: { policy: "always" } });
  const browser = stack.browser();
  const view = await browser.signInByRedirect("robin@example.com", { enroll: "+12025550155" });
  expect(stack.simulator.ledger.list("confirm")).toHaveLength(1);
  expect(view.authenticators?.items).toMatchObject([{ channels: ["sms", "voice"], contact: "••••\u00a00155" }]);
});

test("someone whose proof is not enough at once is led to the next one", async () => {
  const stack = createStack({ tenant: { chainedMfa: true } });
  const browser = stack.browser();
  await browser.signInByPassword("kim@example.com");
  const once = await proven(stack, browser);
  expect(once).toMatchObject({ flow: { step: "idle" }, can: afterProof, proof: { by: "challenge" } });
  const twice = await proven(stack, browser);
  expect(twice.can).toEqual(all);
});

test("a right code for a new method counts even where the tenant asks for one more proof", async () => {
  const stack = createStack({ tenant: { chainedMfa: true, policy: "always" } });
  const browser = stack.browser();
  await browser.signInByPassword("robin@example.com");
  const view = await confirmed(stack, browser, await started(browser));
  expect(view.flow).toMatchObject({ step: "recovery_code", state: "to_save", needsProof: false });
  expect(view.authenticators?.items).toHaveLength(1);
  expect(view).toMatchObject({ can: afterProof, proof: { by: "challenge" } });
});

test("someone with only an address may add by their password, and removes after a code to that address", async () => {
  const stack = createStack({
    tenant: { policy: "always" },
    people: [{ subject: "auth0|noor", name: "Noor", email: "noor@example.com", otherEmail: "noor@example.net" }],
  });
  const browser = stack.browser();
  const view = await browser.signInByPassword("noor@example.com");
  expect(view).toMatchObject({ can: addOnly, proof: { by: "challenge" } });
  const authenticatorId = view.authenticators?.items[0]?.id;
  expect((await browser.call("remove", { authenticatorId })).problem?.code).toBe("proof_needed");
  await proven(stack, browser);
  const { answer } = await browser.call("remove", { authenticatorId });
  expect(answer?.authenticators?.items).toEqual([]);
});

test("a tenant that imposes a second factor without handing out its token is told as misconfigured", async () => {
  const stack = createStack({ tenant: { mfaTokenMissing: true } });
  const { problem } = await stack
    .browser()
    .call("signIn", { way: "password", username: "kim@example.com", password: "Enroll-Demo-1" });
  expect(problem?.code).toBe("tenant_misconfigured");
});

test("a challenge that nobody opened is over", async () => {
  const stack = createStack();
  const browser = stack.browser();
  await browser.signInByPassword("kim@example.com");
  expect((await browser.call("verify", { challengeId: "never", code: "123456" })).problem?.code).toBe("challenge_over");
  expect(() => challengeIn(undefined)).toThrow("No challenge");
});
