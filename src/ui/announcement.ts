import type { Step, WizardState } from "../wizard/state.ts";
import type { Change } from "./enrollment.ts";
import { enLater } from "./messages/en-later.ts";
import type { MessageKey, Messages } from "./messages/messages.ts";
import { problemSentence } from "./messages/problem-sentence.ts";
import { stopHeading } from "./messages/stop-sentence.ts";

/** Where a proof that was given can lead. */
const PROVEN: ReadonlySet<Step> = new Set([
  "closed",
  "choosingChannel",
  "enteringContact",
  "confirmingRemoval",
  "savingRecoveryCode",
]);

/** The screens that a reading or a refusal can lead to, with what is said of them where their heading cannot take the focus. */
const ARRIVED: { readonly [Name in Step]?: MessageKey & `${string}.heading` } = {
  done: "done.heading",
  doneWithoutRecoveryCode: "no_code.heading",
  choosingProof: "proof.heading",
  enteringPassword: "proof.heading",
  leavingForProof: "proof.heading",
  savingRecoveryCode: "recovery.heading",
};

/** Tells whether a screen has a field for a code, which speaks of what was refused itself: as its description where it takes the focus. */
function hasCodeField(state: WizardState): boolean {
  if (state.step === "enteringCode") return state.enrollment.attemptsLeft > 0;
  return state.step === "enteringProof" && state.challenge.channel !== "push" && state.challenge.attemptsLeft > 0;
}

/**
 * Returns what a change is spoken as, null where the new screen's heading already says it by taking the focus. Each change
 * has one sentence, so that nothing is heard twice.
 */
export function announcementOf(change: Change, voice: Messages, headingIsHeard: boolean): string | null {
  const { event, before, after } = change;
  const messages = voice.with(enLater);
  const { t } = messages;
  const problem = problemOf(after);
  if (problem !== null && problem !== problemOf(before)) {
    // What leads to the proof has that screen's heading for its sentence; the one that locks the code has the lock's.
    if (hasCodeField(after) || problem.code === "proof_needed") return null;
    if (after.step !== "enteringCode" || problem.code !== "wrong_code") return problemSentence(messages, problem);
    return headingIsHeard ? null : t("stopped.locked.heading");
  }
  // The field takes the focus and its description says where the code went. Of another message by the same channel that says
  // the same as before, so that is spoken besides.
  if (before.step === "enteringCode" && after.step === "enteringCode" && isNewer(after.enrollment, before.enrollment)) {
    if (headingIsHeard && after.enrollment.channel !== before.enrollment.channel) return null;
    return t(after.enrollment.channel === "voice" ? "said.calling" : "said.sent");
  }
  if (before.step === "enteringProof" && after.step === "enteringProof" && isNewer(after.challenge, before.challenge)) {
    return t(after.challenge.channel === "voice" ? "said.calling" : "said.sent");
  }
  if (before.step === "confirmingRemoval" && event.type === "answered" && event.ask === "remove") {
    return t("said.removed", { method: before.authenticator.contact ?? t("channel.otp") });
  }
  if (before.step === "enteringProof" && PROVEN.has(after.step) && isProof(change)) return t("said.proven");
  if (headingIsHeard || after.step === before.step) return null;
  if (after.step === "stopped") return t(stopHeading(after.why));
  const arrived = ARRIVED[after.step];
  return arrived === undefined ? null : t(arrived);
}

/** A push is approved elsewhere and read here; all else is handed in. */
function isProof({ event }: Change): boolean {
  return event.type === "viewArrived" || (event.type === "answered" && event.ask === "verify");
}

function problemOf(state: WizardState) {
  if ("others" in state) return state.others?.problem ?? null;
  return "problem" in state ? state.problem : null;
}

function isNewer(message: object, than: object): boolean {
  return "sentAt" in message && "sentAt" in than && message.sentAt !== than.sentAt;
}
