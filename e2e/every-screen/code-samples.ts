import type { Challenge } from "../../src/contract/enrollment.ts";
import { DEFAULT_PHONE_POLICY, type PhoneChannel, type PhonePolicy } from "../../src/contract/phone-policy.ts";
import { sampleEnrollment, samplePhone, sampleView } from "../../src/wizard/sample-views.ts";
import { REFUSALS } from "./refusals.ts";
import { LONG, methods, NOW, pending, type Samples } from "./sample.ts";

const retryAt = NOW + 600_000;
const then = { to: "contact", channel: "email", contact: "", replaces: null, chose: true } as const;
const text = sampleEnrollment();
const number = {
  step: "enteringContact",
  channel: "sms",
  contact: "",
  replaces: null,
  channels: ["sms", "voice", "email"],
  chose: true,
  problem: null,
} as const;
const address = { ...number, channel: "email" } as const;
/** What a host that serves some countries tells the page. */
function serving({ sms, voice }: Readonly<Record<PhoneChannel, readonly string[]>>): PhonePolicy {
  return {
    sms: { ...DEFAULT_PHONE_POLICY.sms, countries: sms },
    voice: { ...DEFAULT_PHONE_POLICY.voice, countries: voice },
  };
}

const challenge: Challenge = {
  challengeId: "challenge-1",
  channel: "sms",
  contact: "••••\u00a00199",
  sentAt: NOW,
  codeExpiresAt: NOW + 300_000,
  resendAt: NOW + 30_000,
  attemptsLeft: 3,
  sendsLeft: 2,
};
const push: Challenge = {
  challengeId: "challenge-1",
  channel: "push",
  contact: "Kim’s phone",
  expiresAt: NOW + 300_000,
  pollAfterSeconds: 5,
};

/** The choice of a channel. */
export const choices: Samples<"choosingChannel"> = {
  "nothing is enrolled": {
    state: {
      step: "choosingChannel",
      choices: [
        { channel: "sms", enrolled: [] },
        { channel: "voice", enrolled: [] },
        { channel: "email", enrolled: [] },
      ],
    },
  },
  "some are enrolled": {
    state: {
      step: "choosingChannel",
      choices: [
        { channel: "sms", enrolled: [samplePhone(), samplePhone({ id: "phone-2", contact: "••••\u00a00142" })] },
        { channel: "email", enrolled: [samplePhone({ id: "email-1", channels: ["email"], contact: LONG })] },
      ],
    },
  },
};

/** The number and the address. */
export const contacts: Samples<"enteringContact"> = {
  "a number for texts": { state: number },
  "a number for calls": { state: { ...number, channel: "voice" } },
  "a number, while a code for another one is waited for": {
    state: number,
    view: sampleView({ flow: { step: "code", enrollment: sampleEnrollment() } }),
  },
  "a number that is missing": { state: number, acts: [{ press: "Text me a code" }] },
  "a number that is too short": {
    state: number,
    acts: [{ write: "+4420", into: "Phone number" }, { press: "Text me a code" }],
  },
  "a landline": {
    // In Berlin, from the range kept for dramas (BNetzA).
    state: { ...number, contact: "+493023125000" },
    acts: [{ press: "Text me a code" }],
  },
  "a number that is called and not texted": {
    state: { ...number, contact: "+18762101234" },
    view: sampleView({ phonePolicy: serving({ sms: ["US", "CA"], voice: ["US", "JM"] }) }),
    acts: [{ press: "Text me a code" }],
  },
  "a number that is texted and not called": {
    state: { ...number, channel: "voice", contact: "+18762101234" },
    view: sampleView({ phonePolicy: serving({ sms: ["US", "JM"], voice: ["US"] }) }),
    acts: [{ press: "Call me with a code" }],
  },
  "a number of a satellite phone": {
    state: { ...number, contact: "+870773111632" },
    acts: [{ press: "Text me a code" }],
  },
  "the list of three countries": {
    state: number,
    view: sampleView({ phonePolicy: serving({ sms: ["US", "CA", "DE"], voice: [] }) }),
    acts: [{ press: "Country or region" }],
  },
  "a number that was refused, with a text on its way": {
    state: { ...number, contact: "+12025550123", problem: REFUSALS.contact_refused },
    busy: true,
  },
  "too many texts": { state: { ...number, contact: "+12025550123", problem: REFUSALS.too_many_messages } },
  "a number that did not get through": { state: { ...number, contact: "+12025550123" }, failure: "garbled" },
  "a number without a connection": { state: { ...number, contact: "+12025550123" }, acts: ["go offline"] },
  "the list of countries": { state: number, acts: [{ press: "Country or region" }] },
  "a country that is not there": { state: number, acts: [{ write: "zzz", into: "Country or region" }] },
  "a number after a reload": { state: { ...number, contact: null } },
  "the only address": { state: { ...address, chose: false, channels: ["email"] } },
  "an address without @": {
    state: address,
    acts: [{ write: "robin.example.com", into: "Email address" }, { press: "Email me a code" }],
  },
  "an address that may be another one": {
    state: address,
    acts: [{ write: "robin@gmial.com", into: "Email address" }, "leave"],
  },
};

/** The code. */
export const codes: Samples<"enteringCode"> = {
  "a text": { state: { step: "enteringCode", ...pending } },
  "a call, of which no more can be made": {
    state: {
      step: "enteringCode",
      ...pending,
      enrollment: { ...text, channel: "voice", sibling: "sms", sendsLeft: 0 },
    },
  },
  "a call a while ago": {
    state: { step: "enteringCode", ...pending, enrollment: { ...text, channel: "voice", sibling: "sms" } },
    later: 40,
    acts: [{ press: "Didn’t get it?" }],
  },
  "a mail, and a wait until the next one": {
    state: {
      step: "enteringCode",
      ...pending,
      enrollment: { ...text, channel: "email", contact: LONG, sibling: null, resendAt: retryAt },
    },
    later: 40,
    acts: [{ press: "Didn’t get it?" }],
  },
  "a mail a while ago": {
    state: {
      step: "enteringCode",
      ...pending,
      enrollment: { ...text, channel: "email", contact: "a••••@m••••.example", sibling: null },
    },
    later: 40,
  },
  "a code that was wrong": { state: { step: "enteringCode", ...pending, problem: REFUSALS.wrong_code } },
  "a code that is not complete": {
    state: { step: "enteringCode", ...pending },
    acts: [{ write: "12", into: "Six-digit code" }, { press: "Confirm" }],
  },
  "a code on its way": { state: { step: "enteringCode", ...pending }, busy: true },
  "a code that counts for a minute": { state: { step: "enteringCode", ...pending }, later: 241 },
  "a code that counts for a few seconds": { state: { step: "enteringCode", ...pending }, later: 281 },
  "a code after which too little time is left for another": {
    state: { step: "enteringCode", ...pending },
    later: 500,
  },
  "a code that has ended": {
    state: { step: "enteringCode", ...pending },
    later: 301,
    acts: [{ press: "Didn’t get it?" }],
  },
  "a newer text that got lost": {
    state: { step: "enteringCode", ...pending, enrollment: { ...text, newerMessageLost: true } },
  },
};

/** What is found out by itself. */
export const sends: Samples<"awaitingSend"> = {
  "a text that may be on its way": { state: { step: "awaitingSend", ...pending } },
};

/** The choice after a lost answer. */
export const lostSends: Samples<"facingLostSend"> = {
  "a text that can be sent again": { state: { step: "facingLostSend", ...pending }, later: 40 },
  "a text that cannot be sent yet": {
    state: { step: "facingLostSend", ...pending, problem: REFUSALS.resend_too_soon },
  },
};

/** A code that may have counted. */
export const outcomes: Samples<"awaitingOutcome"> = {
  "a code that is being checked": { state: { step: "awaitingOutcome", ...pending } },
};

/** The ways to prove who is there. */
export const proofs: Samples<"choosingProof"> = {
  "every kind of method": { state: { step: "choosingProof", methods, recoveryCode: true, then, problem: null } },
  "a method that was refused": {
    state: {
      step: "choosingProof",
      methods: [samplePhone()],
      recoveryCode: false,
      then,
      problem: REFUSALS.challenge_over,
    },
  },
};

/** The proof itself. */
export const proving: Samples<"enteringProof"> = {
  "the code of a text": { state: { step: "enteringProof", challenge, then, problem: null } },
  "the code of a text, wrong": { state: { step: "enteringProof", challenge, then, problem: REFUSALS.wrong_code } },
  "the code of an app": {
    state: {
      step: "enteringProof",
      challenge: { challengeId: "challenge-1", channel: "otp", attemptsLeft: 1 },
      then,
      problem: null,
    },
  },
  "an approval": { state: { step: "enteringProof", challenge: push, then, problem: null } },
  "an approval that was turned down": {
    state: { step: "enteringProof", challenge: push, then, problem: REFUSALS.push_rejected },
  },
  "an approval that came too late": {
    state: { step: "enteringProof", challenge: push, then, problem: null },
    later: 301,
  },
  "the recovery code, badly written": {
    state: {
      step: "enteringProof",
      challenge: { challengeId: "challenge-1", channel: "recovery_code", attemptsLeft: 2 },
      then,
      problem: null,
    },
    acts: [{ write: "ABC", into: "Recovery code" }, { press: "Continue" }],
  },
};

/** The password once more. */
export const passwords: Samples<"enteringPassword"> = {
  "the password once more": { state: { step: "enteringPassword", then, problem: null } },
  "the password once more, blocked": {
    state: { step: "enteringPassword", then, problem: { ...REFUSALS.sign_in_blocked, retryAt: null } },
  },
};

/** The sign-in page once more. */
export const departures: Samples<"leavingForProof"> = {
  "the sign-in page once more": { state: { step: "leavingForProof", signInProblem: null, then, problem: null } },
  "the sign-in page once more, cancelled and refused": {
    state: { step: "leavingForProof", signInProblem: "cancelled", then, problem: REFUSALS.service_unavailable },
  },
};
