import type { Authenticator } from "../contract/authenticator.ts";
import type { MessageEnrollment } from "../contract/enrollment.ts";
import type { Problem, ProblemOf } from "../contract/problem.ts";
import type { SessionView } from "../contract/session-view.ts";

/** 3 May 2026, 12:00 UTC: any instant will do, as long as all samples agree on it. */
const SAMPLE_NOW = Date.UTC(2026, 4, 3, 12);

/** Returns the session of somebody who is signed in and has nothing enrolled, changed where a sample differs. */
export function sampleView(changes: Partial<SessionView> = {}): SessionView {
  return {
    now: SAMPLE_NOW,
    signIn: { ways: ["redirect", "password"], problem: null },
    person: { id: "person-1", name: "a•••@mail.example", signedOutAt: SAMPLE_NOW + 600_000 },
    channels: ["sms", "voice", "email"],
    phonePolicy: null,
    authenticators: { items: [], knownAt: SAMPLE_NOW },
    can: { list: "yes", add: "yes", remove: "yes" },
    proof: null,
    draft: null,
    noticesDelayed: false,
    flow: { step: "idle" },
    ...changes,
  };
}

/** Returns a number that takes texts and calls. */
export function samplePhone(changes: Partial<Authenticator> = {}): Authenticator {
  return {
    id: "phone-1",
    channels: ["sms", "voice"],
    contact: "••••\u00a00199",
    automatic: false,
    addedAt: SAMPLE_NOW,
    lastUsedAt: null,
    ...changes,
  };
}

/** Returns an enrollment whose code was sent by text. */
export function sampleEnrollment(changes: Partial<MessageEnrollment> = {}): MessageEnrollment {
  return {
    enrollmentId: "enrollment-1",
    replaces: null,
    channel: "sms",
    contact: "+1\u00a0••••\u00a023",
    status: "code_sent",
    newerMessageLost: false,
    sentAt: SAMPLE_NOW,
    codeExpiresAt: SAMPLE_NOW + 300_000,
    resendAt: SAMPLE_NOW + 30_000,
    resendUntil: SAMPLE_NOW + 480_000,
    attemptsLeft: 3,
    triesAgainAt: null,
    sendsLeft: 4,
    sibling: "voice",
    ...changes,
  };
}

/** Returns the refusal of one code with what it carries. */
export function sampleProblem<Code extends Problem["code"]>(
  code: Code,
  status: ProblemOf<Code>["status"],
  extra: Omit<ProblemOf<Code>, "type" | "title" | "status" | "code" | "correlationId">,
) {
  return {
    type: `urn:mfa-enroll:problem:${code}` as const,
    title: code,
    status,
    code,
    correlationId: "c0ffee",
    ...extra,
  };
}
