import type { MessageEnrollment } from "../contract/enrollment.ts";
import type { ProblemCode } from "../contract/problem.ts";
import type { RouteAnswer } from "../contract/answers.ts";
import type { RouteName } from "../contract/routes.ts";
import type { Start } from "../contract/requests.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { LedgerType } from "../simulator/ledger.ts";
import { type Browser, createStack, type Outcome, type Stack } from "./stack.ts";

/*
 * What tests of the BFF do again and again, as the page would: ask, read the phone, hand in. Each throws where the test's story
 * has gone wrong, so that the test itself says only what it is about.
 */

/** Numbers and addresses that nobody has (RFC 2606, the ranges reserved for fiction). */
export const PHONE = "+12025550147";
export const OTHER_PHONE = "+12025550148";
export const MAILBOX = "robin.other@example.net";

/** Opens a back end with one browser, signed in by password. */
export async function visitBy(
  username: string,
  options: Parameters<typeof createStack>[0] = {},
): Promise<{ stack: Stack; browser: Browser; view: SessionView }> {
  const stack = createStack(options);
  const browser = stack.browser();
  return { stack, browser, view: await browser.signInByPassword(username) };
}

/** Calls a route and returns its answer. Throws when it is refused. */
export async function done<Name extends RouteName>(
  browser: Browser,
  name: Name,
  body: unknown = {},
): Promise<RouteAnswer<Name>> {
  const outcome: Outcome<Name> = await browser.call(name, body);
  if (outcome.problem) throw new Error(`${name} was refused: ${outcome.problem.code}`);
  return outcome.answer;
}

/** Calls a route and returns the code of its refusal, null when it was done. */
export async function refused(browser: Browser, name: RouteName, body: unknown = {}): Promise<ProblemCode | null> {
  return (await browser.call(name, body)).problem?.code ?? null;
}

/** Returns the pending enrollment that a view shows. Throws when it shows none. */
export function pendingIn(view: SessionView | undefined): MessageEnrollment {
  const enrollment = view?.flow.step === "code" ? view.flow.enrollment : null;
  if (!enrollment || enrollment.channel === "otp" || enrollment.channel === "push") {
    throw new Error(`No enrollment is pending: ${view?.flow.step}.`);
  }
  return enrollment;
}

/** Starts an enrollment and returns it. */
export async function started(
  browser: Browser,
  start: Start = { channel: "sms", contact: PHONE },
): Promise<MessageEnrollment> {
  return pendingIn(await done(browser, "start", start));
}

/** Hands in the code that came, and returns what is true then. */
export async function confirmed(
  stack: Stack,
  browser: Browser,
  { enrollmentId }: MessageEnrollment,
  to?: string,
): Promise<SessionView> {
  return done(browser, "confirm", { enrollmentId, code: stack.code(to) });
}

/** Enrolls from the first message to the saved recovery code, and returns what is true at the end. */
export async function enrolled(
  stack: Stack,
  browser: Browser,
  start: Start = { channel: "sms", contact: PHONE },
): Promise<SessionView> {
  const view = await confirmed(stack, browser, await started(browser, start));
  return view.flow.step === "recovery_code" ? saved(browser) : view;
}

/** Has the recovery code shown, as the page does, says that it is saved, and returns what is true then. */
export async function saved(browser: Browser): Promise<SessionView> {
  await done(browser, "recoveryCode");
  return done(browser, "acknowledge");
}

/** Proves who is there with the first method that is offered, in the page. */
export async function proven(stack: Stack, browser: Browser): Promise<SessionView> {
  const { proof } = await browser.view();
  const method = proof?.by === "challenge" ? proof.methods[0] : undefined;
  if (!method) throw new Error(`No method is offered: ${proof?.by}.`);
  const view = await done(browser, "challenge", { with: "authenticator", authenticatorId: method.id });
  return done(browser, "verify", { challengeId: challengeIn(view), code: stack.code() });
}

/** Returns the id of the challenge that a view shows. Throws when it shows none. */
export function challengeIn(view: SessionView | undefined): string {
  if (view?.flow.step !== "proof") throw new Error(`No challenge is open: ${view?.flow.step}.`);
  return view.flow.challenge.challengeId;
}

/** Counts what the tenant really did. */
export function ledgerCount(stack: Stack, type: LedgerType): number {
  return stack.simulator.ledger.list(type).length;
}

/** Returns a code of six digits that is none of the ones that were sent. */
export function wrongCode(stack: Stack): string {
  const sent = new Set(stack.simulator.outbox.list().map(({ code }) => code));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !sent.has(code)) ?? "666666";
}
