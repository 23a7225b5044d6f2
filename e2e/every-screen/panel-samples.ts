import { sampleEnrollment, samplePhone, sampleView } from "../../src/wizard/sample-views.ts";
import type { WizardState } from "../../src/wizard/state.ts";
import { REFUSALS } from "./refusals.ts";
import { type Act, methods, NOW, type Samples } from "./sample.ts";

const closed = { step: "closed" } as const;
const known = { authenticators: { items: methods, knownAt: NOW } };
const recovery = { step: "recovery_code", authenticator: null, canRenew: false, needsProof: false } as const;
const added = { channel: "sms", contact: "+1\u00a0••••\u00a023", replaced: false } as const;
const signIn = { ways: ["redirect", "password"], problem: null } as const;
const signingIn = { step: "signingIn", again: false, then: { to: "closed" }, problem: null } as const;
const byRedirect = (problem: "cancelled" | "expired" | "refused" | "unavailable" | null) =>
  ({ ...signingIn, signIn: { ways: ["redirect"], problem } }) satisfies WizardState;
const offered = { ended: false, problem: null } as const;

/** The first reading, and what became of it. */
export const waiting: Samples<"waiting"> = {
  "the first reading": { state: { step: "waiting", opens: false }, view: null },
  "a service that cannot be reached": { state: { step: "waiting", opens: false }, view: null, unread: "unreachable" },
  "a page that is too old": { state: { step: "waiting", opens: false }, view: null, unread: "outdated" },
  "an answer that cannot be read": { state: { step: "waiting", opens: false }, view: null, unread: "garbled" },
  "a service that is not available": {
    state: { step: "waiting", opens: false },
    view: null,
    unread: REFUSALS.service_unavailable,
  },
};

/** The settings panel. */
export const panel: Samples<"closed"> = {
  "the empty panel": { state: closed },
  "the panel with methods": { state: closed, view: sampleView(known) },
  "the panel before a proof": {
    state: closed,
    view: sampleView({ ...known, can: { list: "after_proof", add: "after_proof", remove: "after_proof" } }),
  },
  "the panel of which nothing is known": {
    state: closed,
    view: sampleView({ authenticators: null, can: { list: "after_proof", add: "no", remove: "no" } }),
  },
  "an enrollment left open": {
    state: closed,
    view: sampleView({ ...known, flow: { step: "code", enrollment: sampleEnrollment() } }),
  },
  "a recovery code to save": {
    state: closed,
    view: sampleView({ ...known, flow: { ...recovery, state: "to_save" } }),
  },
  "a lost recovery code": {
    state: closed,
    view: sampleView({ ...known, flow: { ...recovery, state: "lost", canRenew: true } }),
  },
  "a lost recovery code that stays lost": {
    state: closed,
    view: sampleView({ ...known, flow: { ...recovery, state: "lost" } }),
  },
  "a mail that could not be sent so far": { state: closed, view: sampleView({ ...known, noticesDelayed: true }) },
  "the offer after a removal": { state: { ...closed, others: offered } },
  "a press that got no answer": { state: closed, failure: "unreachable" },
  "a press on a page that is too old": { state: closed, failure: "outdated" },
  "a program that fails": { state: closed, fails: true },
  "the wizard alone, at rest": { state: closed, alone: true },
};

/** The question before a method goes. */
export const removal: Samples<"confirmingRemoval"> = {
  "the removal of one of several": {
    state: { step: "confirmingRemoval", authenticator: methods[1] ?? samplePhone(), problem: null },
    view: sampleView(known),
  },
  "the removal of the last one, refused": {
    state: { step: "confirmingRemoval", authenticator: samplePhone(), problem: REFUSALS.outcome_unclear },
    view: sampleView({ authenticators: { items: [samplePhone()], knownAt: NOW } }),
  },
};

/** Signing in, for the first time and again. */
export const signIns: Samples<"signingIn"> = {
  "both ways in": { state: { ...signingIn, signIn: { ...signIn, ways: ["redirect", "password"] } } },
  "both ways in, left empty": {
    state: { ...signingIn, signIn: { ...signIn, ways: ["redirect", "password"] } },
    acts: [{ press: "Sign in" }],
  },
  "no password": {
    state: { ...signingIn, signIn: { ...signIn, ways: ["password"] } },
    acts: [{ write: "robin@example.com", into: "Email or username" }, { press: "Sign in" }],
  },
  "a password on its way": { state: { ...signingIn, signIn: { ...signIn, ways: ["password"] } }, busy: true },
  "a password that was refused": {
    state: { ...signingIn, signIn: { ...signIn, ways: ["password"] }, again: true, problem: REFUSALS.sign_in_refused },
  },
  "the sign-in page": { state: byRedirect(null) },
  "the sign-in page, cancelled": { state: byRedirect("cancelled") },
  "the sign-in page, too late": { state: byRedirect("expired") },
  "the sign-in page, refused": { state: byRedirect("refused") },
  "the sign-in page, unavailable and blocked": {
    state: { ...byRedirect("unavailable"), problem: REFUSALS.sign_in_blocked },
  },
};

const SAVED: readonly Act[] = [{ press: "I have saved it" }, { press: "Done" }];
const typedBack = (end: string): readonly Act[] => [
  { write: end, into: "Last four characters of the recovery code" },
  { press: "Done" },
];

/** The recovery code. */
export const saving: Samples<"savingRecoveryCode"> = (() => {
  const state = {
    step: "savingRecoveryCode",
    codes: ["ABCD1234EFGH5678JKLM9012"],
    added,
    steps: 4,
    then: { to: "closed" },
    problem: null,
  } as const;
  return {
    "the recovery code": { state },
    "the recovery code, copied": { state, acts: [{ press: "Copy" }] },
    "the recovery code, saved to a file": { state, acts: [{ press: "Download" }] },
    "the recovery code, where copying is denied": { state, denies: true, acts: [{ press: "Copy" }] },
    "the recovery code, where saving is denied": { state, denies: true, acts: [{ press: "Download" }] },
    "the recovery code, where printing is denied": { state, denies: true, acts: [{ press: "Print" }] },
    "the recovery code, where sharing is denied": { state, denies: true, acts: [{ press: "Share" }] },
    "the recovery code, after a look elsewhere": { state, acts: ["look away"] },
    "the end of the recovery code": { state, asksBack: true, acts: SAVED },
    "the end of the recovery code, left empty": { state, asksBack: true, acts: [...SAVED, { press: "Done" }] },
    "the end of the recovery code, mistyped": { state, asksBack: true, acts: [...SAVED, ...typedBack("9013")] },
    "the code of a text in its place": { state, asksBack: true, acts: [...SAVED, ...typedBack("123456")] },
    "the recovery code, not saved yet": { state, acts: [{ press: "Done" }] },
    "the recovery code on its way": { state: { ...state, codes: null }, busy: true },
    "the recovery code, refused": { state: { ...state, codes: null, problem: REFUSALS.rate_limited } },
  };
})();

/** The ends. */
export const ends: Samples<"done"> = {
  "a number that gets texts": { state: { step: "done", added, steps: 4, others: offered } },
  "a number that gets calls, and the other sessions ended": {
    state: { step: "done", added: { ...added, channel: "voice" }, steps: 3, others: { ended: true, problem: null } },
  },
  "an address in place of another one, and a refusal to end the other sessions": {
    state: {
      step: "done",
      added: { channel: "email", contact: "r••••@example.net", replaced: true },
      steps: null,
      others: { ended: false, problem: REFUSALS.upstream_unavailable },
    },
  },
};

/** The end without a recovery code. */
export const endsWithoutCode: Samples<"doneWithoutRecoveryCode"> = {
  "a new one can be had": { state: { step: "doneWithoutRecoveryCode", added, canRenew: true, problem: null } },
  "no new one can be had": { state: { step: "doneWithoutRecoveryCode", added, canRenew: false, problem: null } },
  "a new one was refused": {
    state: { step: "doneWithoutRecoveryCode", added, canRenew: true, problem: REFUSALS.outcome_unclear },
  },
};
