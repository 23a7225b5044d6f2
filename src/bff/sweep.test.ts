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
} from "../journeys/errands.ts";
import { type Browser, createStack, type Stack } from "../journeys/stack.ts";
import type { FaultRule } from "../simulator/faults.ts";
import { makeAuthenticators } from "../simulator/authenticator.ts";
import { createFetchUpstream } from "./fetch-upstream.ts";
import { GENEROUS_LIMITS } from "./generous-limits.ts";
import type { Upstream } from "./upstream.ts";

const MINUTE = 60_000;
const DELETE = "DELETE /mfa/authenticators/:id";

/** What is begun and not confirmed at the tenant, by contact. */
function leftAt({ simulator }: Stack, username = "robin@example.com"): string[] {
  const entries = simulator.people.find(username)?.authenticators.filter(({ active }) => !active) ?? [];
  return [...new Set(entries.map(({ contact }) => contact))];
}

/** Calls to the tenant that are under way, by everybody in this file. */
let underWay = 0;

/** The usual way to the tenant, which counts what is under way. */
function counted(fetch: Stack["simulator"]["fetch"]): Upstream {
  const toTenant = createFetchUpstream("https://tenant.test/", fetch);
  return async (request) => {
    underWay += 1;
    try {
      return await toTenant(request);
    } finally {
      underWay -= 1;
    }
  };
}

/** Lets what nobody waits for happen: until nothing has been asked of the tenant for a while. */
async function settled(stack: Stack): Promise<void> {
  for (let calm = 0; calm < 5; calm = underWay === 0 ? calm + 1 : 0) await stack.clock.advance(1);
}

/** A tenant that wants a second method of everybody: the password alone then earns a token that may not remove. */
const STRICT = { upstream: counted, tenant: { policy: "always" as const } };

/** Somebody in the redirect way, whose credential may remove, with nothing enrolled. */
async function visitByRedirect(options: Parameters<typeof createStack>[0] = {}) {
  const stack = createStack({ upstream: counted, ...options });
  const browser = stack.browser();
  await browser.signInByRedirect("robin@example.com");
  return { stack, browser };
}

/** Begins entries of somebody else's making: at the tenant's own page, or by another application. */
function begunElsewhere(
  stack: Stack,
  contact: string,
  kinds: ("sms" | "voice" | "email" | "totp")[] = ["sms", "voice"],
) {
  const made = { kinds, contact, active: false, startedBy: "elsewhere" };
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  stack.simulator.people.find("robin@example.com")?.authenticators.push(...makeAuthenticators(made, random));
}

async function abandoned(stack: Stack, browser: Browser, contact: string) {
  const { enrollmentId } = await started(browser, { channel: "sms", contact });
  await done(browser, "cancel", { enrollmentId });
  await settled(stack);
}

describe("what an enrollment leaves at the tenant", () => {
  test("goes when the person gives it up", async () => {
    const { stack, browser } = await visitByRedirect();
    const { enrollmentId } = await started(browser);
    expect(leftAt(stack)).toEqual([PHONE]);
    await done(browser, "cancel", { enrollmentId });
    await settled(stack);
    expect(leftAt(stack)).toEqual([]);
  });

  test("goes once another number has been typed, and the one that can be confirmed stays", async () => {
    const { stack, browser } = await visitByRedirect();
    await started(browser);
    const pending = await started(browser, { channel: "sms", contact: OTHER_PHONE });
    await settled(stack);
    expect(leftAt(stack)).toEqual([OTHER_PHONE]);
    expect((await confirmed(stack, browser, pending)).flow.step).toBe("recovery_code");
    await settled(stack);
    expect(leftAt(stack)).toEqual([]);
  });

  test("goes with the token that a confirmation brings, where the password way had none that may remove", async () => {
    const { stack, browser } = await visitBy("robin@example.com", STRICT);
    await started(browser, { channel: "email", contact: MAILBOX });
    await started(browser, { channel: "sms", contact: OTHER_PHONE });
    const pending = await started(browser);
    await settled(stack);
    expect(leftAt(stack)).toHaveLength(3);
    expect(ledgerCount(stack, "delete")).toBe(0);
    await confirmed(stack, browser, pending);
    await settled(stack);
    expect(leftAt(stack)).toEqual([]);
    expect((await browser.view()).authenticators?.items).toHaveLength(1);
  });

  test("goes with the token that a proof brings", async () => {
    const { stack, browser } = await visitBy("robin@example.com", STRICT);
    await enrolled(stack, browser);
    await started(browser, { channel: "sms", contact: OTHER_PHONE });
    await done(browser, "signOut");
    await stack.clock.advance(11 * MINUTE);
    await browser.signInByPassword("robin@example.com");
    await settled(stack);
    expect(leftAt(stack)).toEqual([OTHER_PHONE]);
    await proven(stack, browser);
    await settled(stack);
    expect(leftAt(stack)).toEqual([]);
  });

  test("goes with the next look, weeks after the page was closed", async () => {
    const stack = createStack({ upstream: counted });
    const browser = stack.browser();
    // Somebody without recovery codes: nothing else keeps what is known of the account.
    await browser.signInByRedirect("toni@example.com");
    await started(browser);
    expect(leftAt(stack, "toni@example.com")).toEqual([PHONE]);
    await stack.clock.advance(20 * 24 * 60 * MINUTE);
    const later = stack.browser();
    await later.signInByRedirect("toni@example.com");
    await settled(stack);
    expect(leftAt(stack, "toni@example.com")).toEqual([]);
  });

  test("goes when its answer was lost and its ten minutes are over", async () => {
    const { stack, browser } = await visitByRedirect();
    stack.simulator.faults.add({ route: "POST /mfa/associate", phase: "afterCommit", action: { type: "reset" } });
    expect((await started(browser)).status).toBe("send_lost");
    await settled(stack);
    expect(leftAt(stack)).toEqual([PHONE]);
    await stack.clock.advance(11 * MINUTE);
    await browser.signInByRedirect("robin@example.com");
    await settled(stack);
    expect(leftAt(stack)).toEqual([]);
  });

  test("is not waited for by anybody", async () => {
    const { stack, browser } = await visitByRedirect();
    const { enrollmentId } = await started(browser);
    stack.simulator.faults.add({ route: DELETE, phase: "before", action: { type: "delay", milliseconds: 50 } });
    // The time stands still, so an answer that waited for the sweep would never come.
    expect((await done(browser, "cancel", { enrollmentId })).flow.step).toBe("idle");
    await settled(stack);
    expect(leftAt(stack)).toEqual([]);
  });
});

describe("a sweep leaves alone", () => {
  test("what can still be confirmed, from whichever visit", async () => {
    const { stack, browser } = await visitByRedirect();
    const pending = await started(browser);
    const other = stack.browser();
    await other.signInByRedirect("robin@example.com");
    await stack.clock.advance(31_000);
    await other.view();
    await settled(stack);
    expect(leftAt(stack)).toEqual([PHONE]);
    expect((await confirmed(stack, browser, pending)).authenticators?.items).toHaveLength(1);
  });

  test("an earlier message's entry whose code still works, because the later answer was lost", async () => {
    const { stack, browser } = await visitByRedirect({
      tenant: { oldOobCodeSurvives: { associate: true, challenge: true } },
    });
    const pending = await started(browser);
    const code = stack.code();
    stack.simulator.faults.add({
      route: "POST /mfa/associate",
      nth: 1,
      phase: "afterCommit",
      action: { type: "reset" },
    });
    await stack.clock.advance(31_000);
    await browser.view();
    await done(browser, "resend", { enrollmentId: pending.enrollmentId });
    await settled(stack);
    const view = await done(browser, "confirm", { enrollmentId: pending.enrollmentId, code });
    expect(view.authenticators?.items).toHaveLength(1);
    await settled(stack);
    expect(leftAt(stack)).toEqual([]);
  });

  test("what was there before the first message, what is of another kind, and what works", async () => {
    const { stack, browser } = await visitByRedirect();
    begunElsewhere(stack, "+12025550160");
    await stack.clock.advance(31_000);
    await abandoned(stack, browser, PHONE);
    begunElsewhere(stack, "app", ["totp"]);
    await enrolled(stack, browser, { channel: "email", contact: MAILBOX });
    await settled(stack);
    const kinds = stack.simulator.people.find("robin@example.com")?.authenticators.map(({ kind }) => kind);
    expect(kinds?.toSorted()).toEqual(["email", "sms", "totp", "voice"]);
    expect(stack.simulator.people.find("robin@example.com")?.recoveryCode?.active).toBe(true);
  });

  test("the silent half of a number that works, for its other half would go with it", async () => {
    const { stack, browser } = await visitByRedirect();
    await abandoned(stack, browser, PHONE);
    await enrolled(stack, browser, { channel: "sms", contact: OTHER_PHONE });
    const entries = () => stack.simulator.people.find("robin@example.com")?.authenticators ?? [];
    for (const entry of entries()) if (entry.kind === "voice") entry.active = false;
    // A message that may have begun an entry and did not: one that is unconfirmed could be it.
    stack.simulator.faults.add({ route: "POST /mfa/associate", nth: 1, phase: "before", action: { type: "reset" } });
    const { enrollmentId, status } = await started(browser, { channel: "email", contact: MAILBOX });
    expect(status).toBe("send_lost");
    await done(browser, "cancel", { enrollmentId });
    await settled(stack);
    expect(
      entries()
        .map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(["sms", "voice"]);
    expect((await browser.view()).authenticators?.items).toHaveLength(1);
  });

  test("what was begun elsewhere, though a message of ours once began nothing", async () => {
    const { stack, browser } = await visitByRedirect();
    stack.simulator.faults.add({ route: "POST /mfa/associate", nth: 1, phase: "before", action: { type: "reset" } });
    const { enrollmentId } = await started(browser);
    await done(browser, "cancel", { enrollmentId });
    await stack.clock.advance(MINUTE + 1_000);
    await browser.view();
    await settled(stack);
    begunElsewhere(stack, "+12025550160");
    await stack.clock.advance(31_000);
    await browser.view();
    await abandoned(stack, browser, OTHER_PHONE);
    expect(leftAt(stack)).toEqual(["+12025550160"]);
  });

  test("everything, where more has appeared than was begun here: nobody can tell whose is whose", async () => {
    const { stack, browser } = await visitByRedirect();
    const { enrollmentId } = await started(browser);
    begunElsewhere(stack, "+12025550160");
    await done(browser, "cancel", { enrollmentId });
    await settled(stack);
    expect(leftAt(stack)).toHaveLength(2);
    expect(ledgerCount(stack, "delete")).toBe(0);
  });

  test("everything, after the first refusal", async () => {
    const { stack, browser } = await visitBy("robin@example.com", STRICT);
    await started(browser, { channel: "email", contact: MAILBOX });
    await started(browser, { channel: "sms", contact: OTHER_PHONE });
    const pending = await started(browser);
    stack.simulator.faults.add({ route: DELETE, phase: "before", action: { type: "status", status: 403 } });
    await confirmed(stack, browser, pending);
    await settled(stack);
    expect(stack.simulator.faults.struck()).toEqual({ [`${DELETE} before status`]: 1 });
    expect(leftAt(stack)).toHaveLength(2);
  });

  test("more than five entries for the next time", async () => {
    const { stack, browser } = await visitBy("robin@example.com", {
      ...STRICT,
      env: { ...GENEROUS_LIMITS, MFA_SENDS_PER_HOUR: "20" },
      tenant: { ...STRICT.tenant, limits: { ...roomy() } },
    });
    for (let end = 10; end < 17; end += 1) await started(browser, { channel: "sms", contact: `+120255501${end}` });
    await confirmed(stack, browser, await started(browser));
    await settled(stack);
    expect(leftAt(stack)).toHaveLength(2);
    await stack.clock.advance(31_000);
    await browser.view();
    await settled(stack);
    expect(leftAt(stack)).toEqual([]);
  });
});

describe("the tenant's limit of entries", () => {
  async function filled(count: number, policy: "always" | "never", fault: FaultRule | null = null) {
    const env = { ...GENEROUS_LIMITS, MFA_SENDS_PER_HOUR: "99" };
    const tenant = { policy, limits: { ...roomy() } };
    const { stack, browser } = await visitBy("robin@example.com", { upstream: counted, env, tenant });
    if (fault) stack.simulator.faults.add(fault);
    for (let made = 0; made < count; made += 1) {
      await started(browser, { channel: "sms", contact: `+12025550${100 + made}` });
    }
    return { stack, browser };
  }

  test("is never reached by our own doing: the person is told before, and nothing is sent", async () => {
    const { stack, browser } = await filled(44, "always");
    expect(await refused(browser, "start", { channel: "sms", contact: "+12025550199" })).toBe("enrollment_limit");
    expect(ledgerCount(stack, "associate")).toBe(44);
  });

  test("is no hindrance where what is left can be removed just then", async () => {
    const refusing = { route: DELETE, phase: "before", action: { type: "status", status: 403 } } as const;
    const { stack, browser } = await filled(44, "never", refusing);
    await settled(stack);
    expect(await refused(browser, "start", { channel: "sms", contact: "+12025550197" })).toBe("enrollment_limit");
    await settled(stack);
    stack.simulator.faults.clear();
    expect(await started(browser, { channel: "sms", contact: "+12025550198" })).toMatchObject({ status: "code_sent" });
  });

  test("is far where what is left can be removed", async () => {
    const { stack, browser } = await filled(60, "never");
    expect(ledgerCount(stack, "associate")).toBe(60);
    expect((await browser.view()).flow.step).toBe("code");
  });
});

/** Limits of the tenant that are not what these tests are about. */
function roomy() {
  const bucket = { burst: 1_000, refillSeconds: 1 };
  const named = { badCodes: bucket, badRecoveryCodes: bucket, emails: bucket, pushes: bucket, badPasswords: bucket };
  return { ...named, api: bucket, oobExchange: bucket, phoneMessages: bucket, management: bucket };
}
