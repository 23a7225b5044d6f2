import { expect, test } from "vitest";
import type { BffOptions } from "../bff/bff-options.ts";
import { EVENTS, type EventName, type SecurityEvent } from "../bff/events.ts";
import { createFetchUpstream } from "../bff/fetch-upstream.ts";
import { createLog } from "../bff/log.ts";
import { createMetrics } from "../bff/metrics.ts";
import { createMemoryStore, type Store } from "../bff/store.ts";
import { type UpstreamAnswer, UpstreamFailure } from "../bff/upstream.ts";
import { CLIENT_HEADER } from "../contract/routes.ts";
import type { FaultRule } from "../simulator/faults.ts";
import {
  challengeIn,
  confirmed,
  done,
  enrolled,
  OTHER_PHONE,
  PHONE,
  proven,
  refused,
  started,
  wrongCode,
} from "./errands.ts";
import { createManualClock } from "./manual-clock.ts";
import { createStack, PAGE, type Stack, type StackOptions, START, TENANT } from "./stack.ts";

/*
 * One small story for each security event, told through the whole back end: what an operator is promised to hear of, they hear of,
 * with who, where and which request, and with nobody's name.
 */

/** What the BFF told in a story, and how to open its back end. */
type Told = { open: (options?: StackOptions) => Stack };
type Story = (told: Told) => Promise<void>;

const NETWORK = "203.0.113.0/24";
const PEER = "203.0.113.77";
const SIGN_IN = { way: "password", username: "robin@example.com", password: "Enroll-Demo-1" };
const MANAGEMENT = {
  AUTH0_MANAGEMENT_CLIENT_ID: "mfa-enroll-management",
  AUTH0_MANAGEMENT_CLIENT_SECRET: "mfa-enroll-management-secret",
};

const robinIn = async (stack: Stack) => {
  const browser = stack.browser();
  await browser.signInByPassword("robin@example.com");
  return browser;
};

/** Somebody asks for a message while the tenant answers like this. */
const asking =
  (action: FaultRule["action"], phase: FaultRule["phase"] = "before"): Story =>
  async ({ open }) => {
    const stack = open();
    const robin = await robinIn(stack);
    stack.simulator.faults.add({ route: "POST /mfa/associate", phase, action });
    await robin.call("start", { channel: "sms", contact: PHONE });
  };

/** A way to the tenant on which one path is answered by something else. */
const answeredAt =
  (path: string, answer: () => UpstreamAnswer): NonNullable<StackOptions["upstream"]> =>
  (fetch) => {
    const upstream = createFetchUpstream(TENANT, fetch);
    return async (request) => (request.path === path ? answer() : upstream(request));
  };

const lostCode = async ({ open }: Told) => {
  const stack = open({ env: MANAGEMENT });
  const robin = await robinIn(stack);
  stack.simulator.faults.add({ route: "POST /mfa/associate", nth: 1, phase: "afterCommit", action: { type: "reset" } });
  const { enrollmentId, resendAt } = await started(robin);
  await stack.clock.advance(resendAt - stack.clock.now());
  await done(robin, "resend", { enrollmentId });
  await done(robin, "confirm", { enrollmentId, code: stack.code() });
  return robin;
};

/** A store that fails for as long as it is told to. */
function breakable(): { store: Store; fail: (fails: boolean) => void } {
  const store = createMemoryStore({ now: () => START });
  let fails = false;
  const read: Store["read"] = async (id) => {
    if (fails) throw new Error("Connection is closed.");
    return store.read(id);
  };
  return { store: { ...store, read }, fail: (next) => void (fails = next) };
}

const storeStory: Story = async ({ open }) => {
  const { store, fail } = breakable();
  const robin = await robinIn(open({ store }));
  fail(true);
  expect(await refused(robin, "start", { channel: "sms", contact: PHONE })).toBe("service_unavailable");
  expect(await refused(robin, "session")).toBe("service_unavailable");
  fail(false);
  await robin.view();
};

const stepUp: Story = async ({ open }) => {
  const stack = open();
  const kim = stack.browser();
  await kim.signInByPassword("kim@example.com");
  await proven(stack, kim);
};

const enrollment: Story = async ({ open }) => {
  const stack = open();
  await enrolled(stack, await robinIn(stack));
};

const STORIES: { [Event in EventName]?: Story } = {
  async sign_in_begun({ open }) {
    await done(open().browser(), "signIn", { way: "redirect", returnTo: "/" });
  },
  async sign_in_succeeded({ open }) {
    await robinIn(open());
  },
  async sign_in_refused({ open }) {
    await refused(open().browser(), "signIn", { ...SIGN_IN, password: "wrong" });
  },
  async sign_in_blocked({ open }) {
    const browser = open({ env: { MFA_SIGN_INS_PER_NAME_HOUR: "1" } }).browser();
    for (let time = 0; time < 2; time += 1) await refused(browser, "signIn", { ...SIGN_IN, password: "wrong" });
  },
  async sign_in_callback_refused({ open }) {
    const browser = open().browser();
    await done(browser, "signIn", { way: "redirect", returnTo: "/" });
    await browser.fetch(new Request(`${PAGE}/api/mfa/callback?code=a&state=somebody-elses`));
  },
  async signed_out({ open }) {
    await done(await robinIn(open()), "signOut");
  },
  async other_sessions_ended({ open }) {
    const stack = open();
    const kim = stack.browser();
    await kim.signInByPassword("kim@example.com");
    await proven(stack, kim);
    await done(kim, "endOtherSessions");
  },
  step_up_begun: stepUp,
  step_up_succeeded: stepUp,
  async step_up_refused({ open }) {
    const stack = open();
    const kim = stack.browser();
    const { proof } = await kim.signInByPassword("kim@example.com");
    const authenticatorId = proof?.by === "challenge" ? proof.methods[0]?.id : undefined;
    const view = await done(kim, "challenge", { with: "authenticator", authenticatorId });
    await refused(kim, "verify", { challengeId: challengeIn(view), code: wrongCode(stack) });
  },
  async proof_needed({ open }) {
    const kim = open().browser();
    const view = await kim.signInByPassword("kim@example.com");
    await refused(kim, "remove", { authenticatorId: view.authenticators?.items[0]?.id });
  },
  async enrollment_started({ open }) {
    await started(await robinIn(open()));
  },
  async message_resent({ open }) {
    const stack = open();
    const robin = await robinIn(stack);
    const { enrollmentId, resendAt } = await started(robin);
    await stack.clock.advance(resendAt - stack.clock.now());
    await done(robin, "resend", { enrollmentId });
  },
  async message_refused_by_limit({ open }) {
    const robin = await robinIn(open());
    const { enrollmentId } = await started(robin);
    await refused(robin, "resend", { enrollmentId });
  },
  async message_refused_by_policy({ open }) {
    const robin = await robinIn(open({ env: { MFA_SMS_COUNTRIES: "DE" } }));
    await refused(robin, "start", { channel: "sms", contact: PHONE });
  },
  message_refused_by_tenant: asking({
    type: "status",
    status: 400,
    body: JSON.stringify({ error: "invalid_request", error_description: "The phone number is invalid" }),
  }),
  async code_refused({ open }) {
    const stack = open();
    const robin = await robinIn(stack);
    const { enrollmentId } = await started(robin);
    await refused(robin, "confirm", { enrollmentId, code: wrongCode(stack) });
  },
  async codes_locked({ open }) {
    const stack = open({ env: { MFA_TRIES_PER_HOUR: "1" } });
    const robin = await robinIn(stack);
    const { enrollmentId } = await started(robin);
    for (let time = 0; time < 2; time += 1) await refused(robin, "confirm", { enrollmentId, code: wrongCode(stack) });
  },
  async enrollment_confirmed({ open }) {
    const stack = open();
    const robin = await robinIn(stack);
    await confirmed(stack, robin, await started(robin));
  },
  async enrollment_cancelled({ open }) {
    const robin = await robinIn(open());
    const { enrollmentId } = await started(robin);
    await done(robin, "cancel", { enrollmentId });
  },
  async authenticator_removed({ open }) {
    const stack = open();
    const robin = await robinIn(stack);
    const view = await enrolled(stack, robin);
    await done(robin, "remove", { authenticatorId: view.authenticators?.items[0]?.id });
  },
  recovery_code_revealed: enrollment,
  recovery_code_acknowledged: enrollment,
  async recovery_code_lost(told) {
    await lostCode(told);
  },
  async recovery_code_renewed(told) {
    await done(await lostCode(told), "renewRecoveryCode");
  },
  async request_forged({ open }) {
    const headers = { [CLIENT_HEADER]: "1", origin: "https://evil.test", "sec-fetch-site": "cross-site" };
    await open().bff(new Request(`${PAGE}/api/mfa/session`, { headers }));
  },
  async request_malformed({ open }) {
    await refused(await robinIn(open()), "start", { channel: "sms", contact: PHONE, verified: true });
  },
  async route_unknown({ open }) {
    await open().bff(new Request(`${PAGE}/api/mfa/healthz`));
  },
  async idempotency_key_reused({ open }) {
    const robin = await robinIn(open());
    const key = crypto.randomUUID();
    for (const contact of [PHONE, OTHER_PHONE]) await robin.call("start", { channel: "sms", contact }, { key });
  },
  async limit_reached({ open }) {
    const robin = await robinIn(open({ env: { MFA_SENDS_PER_VISIT_HOUR: "1" } }));
    const { enrollmentId } = await started(robin);
    await done(robin, "cancel", { enrollmentId });
    await refused(robin, "start", { channel: "sms", contact: OTHER_PHONE });
  },
  async breaker_opened({ open }) {
    await started(await robinIn(open({ env: { MFA_UNENTERED_PER_PREFIX_HOUR: "1" } })));
  },
  async limiter_down({ open }) {
    const broken = async () => {
      throw new Error("Connection is closed.");
    };
    const bff: Partial<BffOptions> = { limiter: { take: broken, giveBack: broken } };
    await refused(open({ bff }).browser(), "signIn", SIGN_IN);
  },
  async request_shed({ open }) {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const stack = open({
      env: { MFA_MOST_REQUESTS: "1" },
      upstream: (fetch) => {
        const upstream = createFetchUpstream(TENANT, fetch);
        return async (request) => {
          await held;
          return upstream(request);
        };
      },
    });
    const first = stack.browser().call("signIn", SIGN_IN);
    await refused(stack.browser(), "signIn", SIGN_IN);
    release();
    await first;
  },
  async tenant_unreachable({ open }) {
    const upstream = () => () => Promise.reject(new UpstreamFailure("not_sent"));
    await refused(open({ upstream }).browser(), "signIn", SIGN_IN);
  },
  async tenant_answer_lost({ open }) {
    const stack = open();
    const kim = stack.browser();
    const view = await kim.signInByPassword("kim@example.com");
    await proven(stack, kim);
    const { faults } = stack.simulator;
    faults.add({ route: "DELETE /mfa/authenticators/:id", phase: "before", action: { type: "garbage" } });
    faults.add({ route: "GET /mfa/authenticators", phase: "before", action: { type: "status", status: 503 } });
    await refused(kim, "remove", { authenticatorId: view.authenticators?.items[0]?.id });
  },
  async tenant_answer_unexpected({ open }) {
    const upstream = answeredAt("/oauth/token", () => ({ status: 418, headers: {}, text: "a teapot" }));
    await refused(open({ upstream }).browser(), "signIn", SIGN_IN);
  },
  async tenant_misconfigured({ open }) {
    const text = JSON.stringify({ error: "unauthorized_client", error_description: "Grant type not allowed." });
    const upstream = answeredAt("/oauth/token", () => ({ status: 403, headers: {}, text }));
    await refused(open({ upstream }).browser(), "signIn", SIGN_IN);
  },
  async tenant_rate_limited({ open }) {
    const upstream = answeredAt("/oauth/token", () => ({ status: 429, headers: {}, text: "{}" }));
    await refused(open({ upstream }).browser(), "signIn", SIGN_IN);
  },
  store_down: storeStory,
  store_back: storeStory,
  async key_not_known({ open }) {
    const clock = createManualClock(START);
    // Not the memory itself: what stands in front of it is handed what leaves the process, sealed.
    const store = { ...createMemoryStore(clock) };
    const ids = Buffer.alloc(32, 7).toString("base64");
    const robin = await robinIn(open({ clock, store }));
    const other = open({
      clock,
      store,
      env: { MFA_SECRET_KEY: Buffer.alloc(32, 8).toString("base64"), MFA_ID_KEY: ids },
    }).browser();
    for (const [name, value] of robin.jar) other.jar.set(name, value);
    await other.view();
  },
  async notice_failed({ open }) {
    const stack = open({ bff: { notify: () => Promise.reject(new Error("The mail server is away.")) } });
    await enrolled(stack, await robinIn(stack));
    await stack.clock.advance(0);
  },
  async clock_differs({ open }) {
    const clock = createManualClock(START);
    const own = { now: () => clock.now() + 120_000, wait: clock.wait };
    await open({ clock, store: createMemoryStore(own), bff: { clock: own } })
      .browser()
      .signInByRedirect("kim@example.com");
  },
  async cookie_unknown({ open }) {
    const browser = open().browser();
    browser.jar.set("__Host-mfa", "A".repeat(43));
    await browser.view();
  },
  async cookie_repeated({ open }) {
    const browser = await robinIn(open());
    browser.jar.set("other=1; __Host-mfa", "A".repeat(43));
    await browser.view();
  },
  async answer_off_contract({ open }) {
    // A host in plain JavaScript can hand over what no type allows.
    const stepUpAddress = { secret: "never-to-be-seen" } as unknown as string;
    const browser = open({ bff: { account: async () => null, stepUpAddress } }).browser();
    await refused(browser, "signIn", { way: "redirect", returnTo: "/" });
  },
  async fault({ open }) {
    const account = () => Promise.reject(new TypeError("robin@example.com is not a function"));
    await refused(open({ bff: { account } }).browser(), "session");
  },
};
/** What the server around the BFF tells, and what its own tests show. */
const TOLD_BY_THE_SERVER: EventName[] = ["node_started", "node_stopping", "fault_unheard"];

/** What no request is part of, and so has no place and no number. */
const OF_NOBODY: ReadonlySet<string> = new Set<EventName>([
  "limit_reached",
  "breaker_opened",
  "limiter_down",
  "store_down",
  "store_back",
  "key_not_known",
  "notice_failed",
  "clock_differs",
  "recovery_code_lost",
]);

/** What happens before it is known who is there, or to nobody in particular. */
const OF_STRANGERS: ReadonlySet<string> = new Set<EventName>([
  "sign_in_begun",
  "sign_in_refused",
  "sign_in_blocked",
  "sign_in_callback_refused",
  "cookie_unknown",
  "cookie_repeated",
  "request_forged",
  "route_unknown",
  "request_shed",
  "tenant_unreachable",
  "tenant_answer_unexpected",
  "tenant_misconfigured",
  "tenant_rate_limited",
  "answer_off_contract",
  "fault",
]);

test.each(Object.keys(STORIES) as EventName[])(
  "an operator hears of %s, and of nobody's name with it",
  async (event) => {
    const events: SecurityEvent[] = [];
    let text = "";
    const log = createLog({ write: (line) => void (text += line) });
    const metrics = createMetrics({ inWork: () => 0 });
    const open: Told["open"] = (options = {}) =>
      createStack({
        peer: PEER,
        ...options,
        bff: {
          log,
          observe(told) {
            metrics.observe(told);
            if ("event" in told) events.push(told);
          },
          ...(typeof options.bff === "function" ? options.bff() : options.bff),
        },
      });
    await STORIES[event]?.({ open });

    const told = events.find((one) => one.event === event);
    expect(events.map((one) => one.event)).toContain(event);
    if (!OF_NOBODY.has(event))
      expect(told).toMatchObject({ place: NETWORK, correlationId: expect.stringMatching(/^[\w-]{16}$/) });
    if (!OF_NOBODY.has(event) && !OF_STRANGERS.has(event)) expect(told?.account).toMatch(/^[\w-]{12}$/);
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines.find((line) => line["event"] === event)).toMatchObject({
      level: EVENTS[event].severity,
      outcome: EVENTS[event].outcome,
      time: expect.stringMatching(/Z$/),
    });
    expect(text).not.toMatch(/unfit|robin|kim|example\.com|2025550|203\.0\.113\.77|Enroll-Demo|never-to-be-seen/);
    expect(await metrics.text()).toMatch(new RegExp(`mfa_events_total\\{event="${event}",severity="\\w+"\\} [1-9]`));
  },
);

test("there is a story for every event but those that the server around the BFF tells", () => {
  const told = [...Object.keys(STORIES), ...TOLD_BY_THE_SERVER];
  expect(told.toSorted()).toEqual(Object.keys(EVENTS).toSorted());
});
