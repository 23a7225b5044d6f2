import type { Challenge } from "../contract/enrollment.ts";
import type { SessionView } from "../contract/session-view.ts";
import type { WizardEvent } from "./event.ts";
import { OTHERS_OFFERED } from "./other-sessions.ts";
import { sampleEnrollment, samplePhone, sampleProblem, sampleView } from "./sample-views.ts";
import type { Pending, WizardState } from "./state.ts";

const challenge: Challenge = { challengeId: "challenge-1", channel: "otp", attemptsLeft: 3 };
const closedThen = { to: "closed" } as const;
const contactThen = { to: "contact", channel: "sms", contact: "+12025550123", replaces: null, chose: true } as const;
const channels = ["sms", "voice", "email"] as const;
const pending: Pending = {
  enrollment: sampleEnrollment(),
  contact: "+12025550123",
  channels,
  chose: true,
  known: [],
  problem: null,
};
const added = { channel: "sms", contact: "+1 ••• ••• 0123", replaced: false } as const;
const contact: WizardState = {
  step: "enteringContact",
  channel: "sms",
  contact: "+12025550123",
  replaces: null,
  channels,
  chose: true,
  problem: null,
};

/** One state of each step, as the picture of the machine and its grid test walk them. */
export const SAMPLE_STATES: readonly WizardState[] = [
  { step: "waiting", opens: true },
  { step: "closed", others: OTHERS_OFFERED },
  { step: "signingIn", signIn: sampleView().signIn, again: false, then: closedThen, problem: null },
  {
    step: "choosingChannel",
    choices: [
      { channel: "sms", enrolled: [] },
      { channel: "email", enrolled: [] },
    ],
  },
  contact,
  { step: "awaitingSend", ...pending, enrollment: sampleEnrollment({ status: "send_unclear" }) },
  { step: "facingLostSend", ...pending, enrollment: sampleEnrollment({ status: "send_lost" }) },
  { step: "enteringCode", ...pending },
  { step: "awaitingOutcome", ...pending, enrollment: sampleEnrollment({ status: "confirm_unclear" }) },
  { step: "choosingProof", methods: [samplePhone()], recoveryCode: true, then: contactThen, problem: null },
  { step: "enteringProof", challenge, then: contactThen, problem: null },
  { step: "enteringPassword", then: contactThen, problem: null },
  { step: "leavingForProof", signInProblem: null, then: contactThen, problem: null },
  { step: "savingRecoveryCode", codes: ["ABCD1234"], added, steps: 4, then: closedThen, problem: null },
  { step: "done", added, steps: 4, others: OTHERS_OFFERED },
  { step: "doneWithoutRecoveryCode", added, canRenew: true, problem: null },
  { step: "confirmingRemoval", authenticator: samplePhone(), problem: null },
  { step: "stopped", why: sampleProblem("upstream_unavailable", 503, {}), on: contact },
];

const saving = { step: "recovery_code", authenticator: samplePhone(), canRenew: false, needsProof: false } as const;

/** Sessions worth telling apart, by what a person would call them. */
export const SAMPLE_SESSIONS: Readonly<Record<string, SessionView>> = {
  "nobody is signed in": sampleView({ person: null }),
  "nothing is pending": sampleView(),
  "the code was sent": sampleView({ flow: { step: "code", enrollment: sampleEnrollment() } }),
  "sending is unclear": sampleView({
    flow: { step: "code", enrollment: sampleEnrollment({ status: "send_unclear" }) },
  }),
  "sending is lost": sampleView({ flow: { step: "code", enrollment: sampleEnrollment({ status: "send_lost" }) } }),
  "confirming is unclear": sampleView({
    flow: { step: "code", enrollment: sampleEnrollment({ status: "confirm_unclear" }) },
  }),
  "the recovery code is to be saved": sampleView({ flow: { ...saving, state: "to_save" } }),
  "the recovery code is lost": sampleView({ flow: { ...saving, state: "lost" } }),
  "the recovery code is lost, as was told": sampleView({ lostCode: { canRenew: true } }),
  "another enrollment is pending": sampleView({
    flow: { step: "code", enrollment: sampleEnrollment({ enrollmentId: "enrollment-2" }) },
  }),
  "a challenge is open": sampleView({ flow: { step: "proof", challenge } }),
  "a method is to prove it": sampleView({
    can: { list: "yes", add: "after_proof", remove: "after_proof" },
    proof: { by: "challenge", methods: [samplePhone()], recoveryCode: true },
  }),
  "the password is to prove it": sampleView({
    can: { list: "yes", add: "after_proof", remove: "after_proof" },
    proof: { by: "password" },
  }),
  "the sign-in page is to prove it": sampleView({
    can: { list: "yes", add: "after_proof", remove: "after_proof" },
    proof: { by: "redirect" },
  }),
};

const ASKS = [
  "start",
  "resend",
  "confirm",
  "cancel",
  "signIn",
  "challenge",
  "verify",
  "acknowledge",
  "renewRecoveryCode",
  "endOtherSessions",
  "remove",
] as const;

const PERSON: readonly WizardEvent[] = [
  { type: "channelListOpened", view: sampleView() },
  { type: "channelChosen", channel: "sms", replaces: null },
  { type: "replacementChosen", authenticator: samplePhone(), view: sampleView() },
  { type: "contactGiven", channel: "sms", contact: "+12025550123" },
  { type: "contactLeft", contact: "+1202" },
  { type: "contactReopened" },
  { type: "removalChosen", authenticator: samplePhone() },
  { type: "flowTakenUp", view: sampleView({ flow: { step: "code", enrollment: sampleEnrollment() } }) },
  { type: "pageLeft" },
  { type: "personChanged" },
  { type: "retried" },
  { type: "closed" },
];

const REFUSALS = [
  sampleProblem("wrong_code", 422, { attemptsLeft: 2 }),
  sampleProblem("too_many_codes", 429, { retryAt: 0 }),
  sampleProblem("channel_off", 409, { channel: "sms" }),
  sampleProblem("upstream_unavailable", 503, {}),
  sampleProblem("proof_needed", 403, {}),
] as const;

/** What can happen, one of each kind, with the words the picture uses for it. */
export const SAMPLE_EVENTS: readonly { readonly says: string; readonly event: WizardEvent }[] = [
  ...PERSON.map((event) => ({ says: event.type, event })),
  ...["a method is to prove it", "the password is to prove it", "the sign-in page is to prove it"].flatMap(
    (session) => {
      const view = SAMPLE_SESSIONS[session];
      return view === undefined
        ? []
        : [{ says: `proofChosen: ${session}`, event: { type: "proofChosen", view, then: { to: "list" } } as const }];
    },
  ),
  { says: "recoveryCodeArrived", event: { type: "recoveryCodeArrived", codes: ["ABCD1234"] } },
  { says: "contactRecalled", event: { type: "contactRecalled", channel: "sms", contact: "+12025550123" } },
  ...Object.entries(SAMPLE_SESSIONS).flatMap(([session, view]) => [
    { says: `read: ${session}`, event: { type: "viewArrived", view } as const },
    ...ASKS.map((ask) => ({
      says: `${ask}: ${session}`,
      event: { type: "answered", ask, id: null, view } as const,
    })),
  ]),
  ...ASKS.flatMap((ask) =>
    REFUSALS.map((problem) => ({
      says: `${ask} refused: ${problem.code}`,
      event: { type: "refused", ask, id: null, problem } as const,
    })),
  ),
];
