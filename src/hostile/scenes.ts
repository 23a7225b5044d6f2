import type { RouteName } from "../contract/routes.ts";
import { amongOthers, type Beside, cookieIn } from "./lives.ts";
import { challengeIn, confirmed, done, enrolled, MAILBOX, OTHER_PHONE, PHONE, started } from "../journeys/errands.ts";
import type { Browser, Stack } from "../journeys/stack.ts";

/*
 * The places at which hostile requests arrive. Each is reached by real calls of somebody signed in, and ends at a request that
 * is accepted there.
 */

/** Describes one place: the route, who is there, and how they come to where the request with the returned body is accepted. */
export type Scene = {
  readonly route: RouteName;
  readonly person: string;
  readonly come: (stack: Stack, browser: Browser, beside: Beside) => Promise<unknown>;
};

const ROBIN = "robin@example.com";
const KIM = "kim@example.com";
/** The number that the tenant knows as Kim's. */
export const KIMS_PHONE = "+12025550123";
/** The number that another person is adding at the same time. */
export const ANOTHERS_PHONE = "+12025550151";

const scene = (route: RouteName, come: Scene["come"], person = ROBIN): Scene => ({ route, person, come });

/** Lists the places. */
export const scenes = {
  read: scene("session", async () => null),
  start: scene("start", async () => ({ channel: "sms", contact: PHONE })),
  startMail: scene("start", async () => ({ channel: "email", contact: MAILBOX })),
  startSecond: scene("start", async (stack, browser) => {
    await enrolled(stack, browser);
    return { channel: "sms", contact: OTHER_PHONE };
  }),
  startSecondMail: scene("start", async (stack, browser) => {
    await enrolled(stack, browser, { channel: "email", contact: MAILBOX });
    return { channel: "sms", contact: PHONE };
  }),
  contact: scene("contact", async (_stack, browser) => {
    await started(browser);
    return null;
  }),
  resend: scene("resend", async (stack, browser) => {
    const { enrollmentId, resendAt } = await started(browser);
    await stack.clock.advance(resendAt - stack.clock.now());
    return { enrollmentId };
  }),
  confirm: scene("confirm", async (stack, browser) => {
    const { enrollmentId } = await started(browser);
    return { enrollmentId, code: stack.code() };
  }),
  confirmSecond: scene("confirm", async (stack, browser) => {
    const { enrollmentId, resendAt } = await started(browser);
    await stack.clock.advance(resendAt - stack.clock.now());
    await done(browser, "resend", { enrollmentId });
    return { enrollmentId, code: stack.code() };
  }),
  confirmBesideAnother: scene("confirm", async (stack, browser) => {
    const { enrollmentId } = await started(browser);
    const another = stack.browser();
    await another.signInByPassword("toni@example.com");
    await started(another, { channel: "sms", contact: ANOTHERS_PHONE });
    return { enrollmentId, code: stack.code(PHONE) };
  }),
  confirmAmongOthers: scene("confirm", amongOthers),
  confirmAgain: scene("confirm", async (stack, browser, { kept }) => {
    const { enrollmentId } = await started(browser);
    kept.set("a handle of what is gone", enrollmentId);
    await done(browser, "cancel", { enrollmentId });
    const again = await started(browser, { channel: "sms", contact: OTHER_PHONE });
    return { enrollmentId: again.enrollmentId, code: stack.code() };
  }),
  cancel: scene("cancel", async (_stack, browser) => ({ enrollmentId: (await started(browser)).enrollmentId })),
  reveal: scene("recoveryCode", async (stack, browser) => {
    await confirmed(stack, browser, await started(browser));
    return {};
  }),
  revealBesideAnother: scene("recoveryCode", async (stack, browser, { kept }) => {
    await confirmed(stack, browser, await started(browser));
    kept.set("of an unproven visit", await unproven(stack));
    return {};
  }),
  afterSaved: scene("session", async (stack, browser) => {
    await enrolled(stack, browser);
    return null;
  }),
  renew: scene("renewRecoveryCode", async (stack, browser, { kept }) => {
    await withLostCode(stack, browser);
    kept.set("of an unproven visit", await unproven(stack));
    return {};
  }),
  acknowledge: scene("acknowledge", async (stack, browser) => {
    await confirmed(stack, browser, await started(browser));
    await done(browser, "recoveryCode");
    return {};
  }),
  remove: scene("remove", async (stack, browser) => {
    const { authenticators } = await enrolled(stack, browser);
    return { authenticatorId: authenticators?.items[0]?.id };
  }),
  challenge: scene("challenge", async (_stack, browser) => challengeOf(browser), KIM),
  verify: scene(
    "verify",
    async (stack, browser) => {
      const view = await done(browser, "challenge", await challengeOf(browser));
      return { challengeId: challengeIn(view), code: stack.code() };
    },
    KIM,
  ),
  signIn: scene("signIn", async () => ({ way: "password", username: ROBIN, password: "Enroll-Demo-1" })),
  signOut: scene("signOut", async () => ({})),
  endOthers: scene("endOtherSessions", async () => ({})),
} as const satisfies Record<string, Scene>;

/** Lists the places at which something is written. */
export const WRITES = Object.values<Scene>(scenes).filter(({ route }) => route !== "session" && route !== "contact");

async function challengeOf(browser: Browser): Promise<unknown> {
  const { proof } = await browser.view();
  const method = proof?.by === "challenge" ? proof.methods[0] : undefined;
  if (!method) throw new Error(`No method is offered: ${proof?.by}.`);
  return { with: "authenticator", authenticatorId: method.id };
}

/** Another visit of the person, who has proven nothing there yet. */
async function unproven(stack: Stack): Promise<string> {
  const other = stack.browser();
  await other.signInByPassword(ROBIN);
  return cookieIn(other);
}

/** The first message's answer is lost, and the recovery code with it; a second message is confirmed. */
async function withLostCode(stack: Stack, browser: Browser): Promise<void> {
  const { faults } = stack.simulator;
  faults.add({ route: "POST /mfa/associate", nth: 1, phase: "afterCommit", action: { type: "reset" } });
  const { enrollmentId, resendAt } = await started(browser);
  faults.clear();
  await stack.clock.advance(resendAt - stack.clock.now());
  await done(browser, "resend", { enrollmentId });
  await done(browser, "confirm", { enrollmentId, code: stack.code() });
}
