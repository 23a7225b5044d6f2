import { describe, expect, test } from "vitest";
import { type RouteName, routes } from "../contract/routes.ts";
import { done, MAILBOX, OTHER_PHONE, PHONE, proven, refused, saved, started, wrongCode } from "../journeys/errands.ts";
import { createManualClock } from "../journeys/manual-clock.ts";
import { type Browser, createStack, type Stack, START } from "../journeys/stack.ts";
import { createVirtualUpstream } from "../journeys/virtual-upstream.ts";
import { createMemoryStore } from "./store.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Somebody in a state, with the ids that a page of theirs would send. */
type Stage = {
  stack: Stack;
  browser: Browser;
  enrollmentId: string;
  authenticatorId: string;
  /** True while a change of the account is under way, for whose end others wait. */
  isBusy?: boolean;
  /** Which of the store's entries are there now, by the beginning of their ids. */
  kept(): Promise<string[]>;
};

async function visitOf(username: string): Promise<Stage> {
  const clock = createManualClock(START);
  const store = createMemoryStore(clock);
  const ids = new Set<string>();
  const stack = createStack({
    clock,
    upstream: createVirtualUpstream,
    store: {
      ...store,
      write(id, text, options) {
        ids.add(id);
        return store.write(id, text, options);
      },
    },
  });
  const browser = stack.browser();
  const view = await browser.signInByPassword(username);
  const kept = async () => {
    const found = await Promise.all(
      [...ids].map(async (id) => ((await store.read(id)) ? [id.split(":")[0] ?? ""] : [])),
    );
    return [...new Set(found.flat())].toSorted();
  };
  const authenticatorId = view.authenticators?.items[0]?.id ?? "none";
  return { stack, browser, enrollmentId: "none", authenticatorId, kept };
}

/** Somebody whose enrollment has sent its code. */
async function codeSent(): Promise<Stage> {
  const stage = await visitOf("robin@example.com");
  const { enrollmentId } = await started(stage.browser);
  return { ...stage, enrollmentId };
}

async function verified(): Promise<Stage> {
  const stage = await codeSent();
  const { enrollmentId } = stage;
  const view = await done(stage.browser, "confirm", { enrollmentId, code: stage.stack.code() });
  return { ...stage, authenticatorId: view.authenticators?.items[0]?.id ?? "none" };
}

/** The tenant does its work, and the answer never comes. */
function loseAnswer({ simulator }: Stack, route: string): void {
  simulator.faults.add({ route, nth: 1, phase: "afterCommit", action: { type: "reset" } });
}

/** Asks something whose answer the tenant keeps back for nearly as long as it is listened for, until a page is told that it is unclear. */
async function askedInVain({ stack, browser }: Stage, route: string, ...asked: [RouteName, unknown]): Promise<void> {
  const action = { type: "delay", milliseconds: 29_000 } as const;
  const struck = new Promise<void>((resolve) => {
    stack.simulator.faults.add({ route, nth: 1, phase: "afterCommit", action }, resolve);
  });
  const answer = browser.call(...asked);
  await struck;
  await answered({ stack, isBusy: true }, answer);
}

/** Lets time pass until an answer is there, where it waits for something that takes its time. */
async function answered<Answer>(
  { stack: { clock }, isBusy = false }: Pick<Stage, "stack" | "isBusy">,
  answer: Promise<Answer>,
): Promise<Answer> {
  if (!isBusy) return answer;
  const wait = { isOver: false };
  const there = answer.finally(() => (wait.isOver = true));
  while (!wait.isOver) await clock.advance(100);
  return there;
}

const STATES: Record<string, () => Promise<Stage>> = {
  nobody: async () => {
    const stage = await visitOf("robin@example.com");
    return { ...stage, browser: stage.stack.browser() };
  },
  idle: () => visitOf("kim@example.com"),
  "stepped up": async () => {
    const stage = await visitOf("kim@example.com");
    await proven(stage.stack, stage.browser);
    return stage;
  },
  associating: async () => {
    const stage = await visitOf("robin@example.com");
    await askedInVain(stage, "POST /mfa/associate", "start", { channel: "sms", contact: PHONE });
    const { flow } = await stage.browser.view();
    return { ...stage, enrollmentId: flow.step === "code" ? flow.enrollment.enrollmentId : "none", isBusy: true };
  },
  "associating, answer lost": async () => {
    const stage = await visitOf("robin@example.com");
    loseAnswer(stage.stack, "POST /mfa/associate");
    const { enrollmentId } = await started(stage.browser);
    return { ...stage, enrollmentId };
  },
  "code sent": codeSent,
  verifying: async () => {
    const stage = await codeSent();
    const { enrollmentId, stack } = stage;
    await askedInVain(stage, "POST /oauth/token mfa-oob", "confirm", { enrollmentId, code: stack.code() });
    return { ...stage, isBusy: true };
  },
  "verifying, answer lost": async () => {
    const stage = await codeSent();
    const { enrollmentId, stack, browser } = stage;
    loseAnswer(stack, "POST /oauth/token mfa-oob");
    const action = { type: "status", status: 503 } as const;
    stack.simulator.faults.add({ route: "GET /mfa/authenticators", phase: "before", action });
    await browser.call("confirm", { enrollmentId, code: stack.code() });
    return stage;
  },
  "verified, code unsaved": verified,
  done: async () => {
    const stage = await verified();
    await saved(stage.browser);
    return stage;
  },
  expired: async () => {
    const stage = await codeSent();
    await stage.stack.clock.advance(5 * MINUTE);
    return stage;
  },
  superseded: async () => {
    const stage = await codeSent();
    const other = stage.stack.browser();
    await other.signInByPassword("robin@example.com");
    await started(other, { channel: "sms", contact: OTHER_PHONE });
    return stage;
  },
  locked: async () => {
    const stage = await codeSent();
    const { enrollmentId, stack, browser } = stage;
    for (let tries = 0; tries < 5; tries += 1) {
      await refused(browser, "confirm", { enrollmentId, code: wrongCode(stack) });
    }
    return stage;
  },
  cancelled: async () => {
    const stage = await codeSent();
    await done(stage.browser, "cancel", { enrollmentId: stage.enrollmentId });
    return stage;
  },
};

const NAMES = Object.keys(routes) as RouteName[];

/** What somebody in that state would send, as right as it can be there. */
function bodyOf(name: RouteName, { stack, enrollmentId, authenticatorId }: Stage): unknown {
  const code = stack.simulator.outbox.list().at(-1)?.code ?? "123456";
  const bodies: Partial<Record<RouteName, unknown>> = {
    signIn: { way: "redirect", returnTo: "/" },
    start: { channel: "email", contact: MAILBOX },
    resend: { enrollmentId },
    confirm: { enrollmentId, code },
    remove: { authenticatorId },
    challenge: { with: "authenticator", authenticatorId },
    verify: { challengeId: "none", code },
  };
  return bodies[name] ?? {};
}

/** What a call made the tenant do for the person; what it tidies up of an enrollment that is over is no part of that. */
function deedsOf({ simulator }: Stack): Record<string, number> {
  const count = (type: "send" | "confirm" | "verify") => simulator.ledger.list(type).length;
  const active = simulator.people.list().flatMap(({ authenticators }) => authenticators.filter((one) => one.active));
  return { send: count("send"), confirm: count("confirm"), verify: count("verify"), active: active.length };
}

/** Says what a route comes to: done or the refusal, and what the tenant did. */
async function cell(make: () => Promise<Stage>, name: RouteName): Promise<string> {
  const stage = await make();
  const before = deedsOf(stage.stack);
  const { problem } = await answered(stage, stage.browser.call(name, bodyOf(name, stage)));
  const after = deedsOf(stage.stack);
  const did = Object.keys(after).filter((deed) => after[deed] !== before[deed]);
  return [problem?.code ?? "done", ...did].join(", ");
}

/** What each route comes to for somebody signed in, where a state does not say otherwise. */
const USUAL: Record<RouteName, string> = {
  session: "done",
  signIn: "done",
  signOut: "done",
  start: "proof_needed",
  contact: "enrollment_over",
  resend: "enrollment_over",
  confirm: "enrollment_over",
  cancel: "done",
  recoveryCode: "no_recovery_code",
  acknowledge: "done",
  renewRecoveryCode: "not_found",
  endOtherSessions: "done",
  remove: "proof_needed",
  challenge: "proof_needed",
  verify: "challenge_over",
};

/** What differs from that in each state: done or the refusal, and what the tenant did. */
const DIFFERENT: Record<string, Partial<Record<RouteName, string>>> = {
  nobody: {
    start: "signed_out",
    contact: "signed_out",
    resend: "signed_out",
    confirm: "signed_out",
    cancel: "signed_out",
    recoveryCode: "signed_out",
    acknowledge: "signed_out",
    renewRecoveryCode: "signed_out",
    endOtherSessions: "signed_out",
    remove: "signed_out",
    challenge: "signed_out",
    verify: "signed_out",
  },
  idle: { challenge: "done, send" },
  "stepped up": { start: "done, send", remove: "done, active" },
  associating: {
    start: "done",
    contact: "done",
    resend: "done",
    confirm: "done",
    renewRecoveryCode: "outcome_unclear",
    remove: "outcome_unclear",
    challenge: "outcome_unclear",
    verify: "outcome_unclear",
  },
  "associating, answer lost": {
    start: "done, send",
    contact: "done",
    resend: "resend_too_soon",
    confirm: "code_expired",
    remove: "done",
  },
  "code sent": {
    start: "done, send",
    contact: "done",
    resend: "resend_too_soon",
    confirm: "done, confirm, active",
    remove: "done",
  },
  verifying: {
    start: "done",
    contact: "done",
    resend: "done",
    confirm: "done",
    renewRecoveryCode: "outcome_unclear",
    remove: "outcome_unclear",
    challenge: "outcome_unclear",
    verify: "outcome_unclear",
  },
  "verifying, answer lost": {
    start: "upstream_unavailable",
    contact: "done",
    resend: "upstream_unavailable",
    confirm: "upstream_unavailable",
    remove: "done",
  },
  "verified, code unsaved": {
    start: "done, send",
    resend: "done",
    confirm: "done",
    recoveryCode: "done",
    acknowledge: "request_refused",
    remove: "done, active",
  },
  done: { start: "done, send", resend: "done", confirm: "done", remove: "done, active" },
  expired: { contact: "done", resend: "done, send", confirm: "code_expired" },
  superseded: { start: "done, send", remove: "done" },
  locked: {
    start: "done, send",
    contact: "done",
    resend: "resend_too_soon",
    confirm: "too_many_codes",
    remove: "done",
  },
  cancelled: { start: "done, send", remove: "done" },
};

describe("each route, in each state of an enrollment,", () => {
  test.each(Object.entries(STATES))("does what that state allows and nothing else: %s", async (state, make) => {
    const cells: Record<string, string> = {};
    for (const name of NAMES) cells[name] = await cell(make, name);
    expect(cells).toEqual({ ...USUAL, ...DIFFERENT[state] });
  });

  test.each(Object.entries(STATES))(
    "hands the recovery code to whoever earned it, once it is due, and to no other visit: %s",
    async (state, make) => {
      const reveal = (stage: Stage, browser: Browser) => answered(stage, browser.call("recoveryCode"));
      const stage = await make();
      const own = await reveal(stage, stage.browser);
      expect(own.status === 200).toBe(state === "verified, code unsaved");
      for (const username of ["robin@example.com", "sasha@example.com"]) {
        const other = stage.stack.browser();
        await other.signInByPassword(username);
        expect((await reveal(stage, other)).problem?.code).toMatch(/^(no_recovery_code|proof_needed)$/);
      }
    },
  );
});

describe("an enrollment that is abandoned", () => {
  test.each(Object.entries(STATES))("leaves nothing in the store in the end: %s", async (_, make) => {
    const { stack, kept } = await make();
    expect(await kept()).toContain("session");
    // Eight hours from the last answer that came, which may be a late one.
    await stack.clock.advance(9 * HOUR);
    expect((await kept()).filter((room) => room === "session" || room === "secret")).toEqual([]);
    await stack.clock.advance(30 * 24 * HOUR);
    expect(await kept()).toEqual([]);
  });
});
